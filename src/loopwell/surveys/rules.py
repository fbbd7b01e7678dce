"""Which texts does a survey need, and which of them does a customer read?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.surveys.models import Version
from loopwell.surveys.wording import ready_made


@dataclass(frozen=True)
class Text:
    """One text of a survey: `label` names it to whoever writes it."""

    key: str
    label: str | Promise
    lines: int = 1
    limit: int = 300


PAGE_TEXTS = (
    Text("question", gettext_lazy("The question"), lines=2),
    Text("low", gettext_lazy("What 0 means"), limit=60),
    Text("high", gettext_lazy("What 10 means"), limit=60),
    Text("why", gettext_lazy("Why that score?"), lines=2),
    Text("consent", gettext_lazy("May we contact you?"), lines=2),
    Text("thanks", gettext_lazy("Thanks"), lines=2),
)
MAIL_TEXTS = (
    Text("subject", gettext_lazy("Subject"), limit=120),
    Text("preheader", gettext_lazy("Line shown after the subject"), limit=120),
    Text("greeting", gettext_lazy("Greeting and a few words"), lines=5, limit=2000),
    Text("reminder_subject", gettext_lazy("Subject of the reminder"), limit=120),
    Text("reminder_greeting", gettext_lazy("Words of the reminder"), lines=5, limit=2000),
    Text("footer", gettext_lazy("Why you receive this"), lines=2),
    Text("unsubscribe", gettext_lazy("Link to be left alone"), limit=60),
)
TEXTS = (*PAGE_TEXTS, *MAIL_TEXTS)
PLACEHOLDERS = ("company", "name")
_BRACES = re.compile(r"\{([^{}]*)\}")


def languages_of(version: Version) -> list[str]:
    """The version's languages, its default first."""
    others = sorted(code for code in version.texts if code != version.default_language)
    return [version.default_language, *others]


def language_for(version: Version, language: str) -> str:
    """What a customer of this language reads: theirs ("ru-RU" is "ru"), else the default."""
    wanted = language.strip().lower().replace("_", "-").split("-")[0]
    return wanted if wanted in version.texts else version.default_language


def texts_for(version: Version, language: str) -> dict[str, str]:
    """Every text in the customer's language; a missing one is our ready-made one."""
    shown = language_for(version, language)
    written = {k: v for k, v in version.texts.get(shown, {}).items() if v.strip()}
    return {**ready_made(version.survey.kind, shown), **written}


def filled(texts: Mapping[str, str], *, company: str, name: str = "") -> dict[str, str]:
    """The texts with {company} and {name} put in; an unknown name goes with its comma.

    Names never carry line breaks into a text, so none reaches a mail header.
    """
    return {
        key: _fill(text, " ".join(company.split()), " ".join(name.split()))
        for key, text in texts.items()
    }


def _fill(text: str, company: str, name: str) -> str:
    if not name:
        begins = text.startswith("{name}")
        text = re.sub(r"[ ,]*\{name\}", "", text)
        if begins:
            text = text.lstrip(" ,.!:—-")
            text = text[:1].upper() + text[1:]
    return text.replace("{company}", company).replace("{name}", name)


def faults(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """What must be mended in one language before it can be published, by text."""
    found: dict[str, list[str]] = {}
    for text in TEXTS:
        value = texts.get(text.key, "")
        unknown = sorted(set(_BRACES.findall(value)) - set(PLACEHOLDERS))
        if not value.strip():
            found[text.key] = [_("Write this text.")]
        elif len(value) > text.limit:
            found[text.key] = [_("At most %(limit)d characters.") % {"limit": text.limit}]
        elif unknown:
            message = _("{%(name)s} is not known; only {company} and {name} are filled in.")
            found[text.key] = [message % {"name": unknown[0]}]
    return found
