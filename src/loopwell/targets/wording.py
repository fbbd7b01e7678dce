"""Which month, and which number, does a word of a file mean in any of our languages?"""

import re
from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.utils import dates, translation

from loopwell.insights.metrics import METRICS

_MONTH = re.compile(r"([^\W\d]+)\.?,?\s+(\d{4})(?:\s*г\.?|\s*р\.?)?")


def month_in_words(text: str) -> tuple[int, int] | None:
    """Year and month of “сентябрь 2026”, “wrzesień 2026”, “Sept. 2026”."""
    found = _MONTH.fullmatch(text.strip())
    month = _months().get(found[1].casefold()) if found else None
    return (int(found[2]), month) if found and month else None


def metric_in_words(text: str) -> str:
    """Its slug, where a number is called so; else the text as it was, in lower case."""
    key = " ".join(text.split()).casefold()
    return _metrics().get(key) or key


@cache
def _months() -> Mapping[str, int]:
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for names in (dates.MONTHS, dates.MONTHS_3, dates.MONTHS_AP, dates.MONTHS_ALT):
                for number, name in names.items():
                    found[str(name).rstrip(".").casefold()] = number
    return found


@cache
def _metrics() -> Mapping[str, str]:
    """By today's name in each language; the slug itself counts first."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(each.name).casefold(): each.slug for each in METRICS.values()}
    return found | {slug: slug for slug in METRICS}
