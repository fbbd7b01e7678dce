"""Where are the answers behind a row, as words of the address of their list?"""

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor
from loopwell.insights.asking import NOTHING, Key, Row
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing.asked import TEXTS, Asked, time_words
from loopwell.insights.stretches import bucket_after
from loopwell.people.models import Account
from loopwell.responses.queries.naming import reads_name
from loopwell.surveys.enums import ANONYMOUS
from loopwell.surveys.models import Survey

_PERIODS = frozenset({"30d", "90d", "12m", "all"})
"""Those that the list of answers knows by name."""
_OUTSIDE = frozenset({"programme", "aspect"})
"""What the list of answers cannot be narrowed by."""


def answers_address(row: Row, asked: Asked, actor: Actor, now: datetime) -> str:
    """The words behind "?" of the list of answers; "" where no list shows them."""
    return answers_addresses([row], asked, actor, now)[0]


def answers_addresses(rows: Sequence[Row], asked: Asked, actor: Actor, now: datetime) -> list[str]:
    """For many rows, with one look-up for each dimension.

    Empty for answers of anonymous surveys, and for rows that are not about answers.
    """
    if not _is_of_answers(asked):
        return [""] * len(rows)
    refs = references(asked.by, rows, actor)
    return [_address(row, asked, refs, now) for row in rows]


def values_of(dimension: str, rows: Sequence[Row], actor: Actor) -> list[str]:
    """For rows of one cut: the value that narrows an address to each, empty for who may not be
    named; it stands behind `word_of` the cut."""
    refs = references((dimension,), rows, actor)[dimension]
    return [_value(dimension, row.key[0], refs) for row in rows]


def word_of(dimension: str) -> str:
    """The address' word that narrows by this cut."""
    if dimension.startswith("property:"):
        return f"p_{dimension.removeprefix('property:')}"
    return TEXTS.get(dimension, dimension)


def references(by: Sequence[str], rows: Sequence[Row], actor: Actor) -> dict[str, dict[Key, str]]:
    """Of units, accounts and people: by dimension and key, those that may be named."""
    return {
        dimension: _refs(dimension, {row.key[place] for row in rows}, actor)
        for place, dimension in enumerate(by)
    }


def _is_of_answers(asked: Asked) -> bool:
    narrowed = asked.narrowed
    if METRICS[asked.metric].table.name != "answers" or narrowed.kind in ANONYMOUS:
        return False
    if any(getattr(narrowed, name) for name in _OUTSIDE) or _OUTSIDE & set(asked.by):
        return False
    of_employees = Survey.objects.filter(ref=narrowed.survey, kind__in=ANONYMOUS)
    return not (narrowed.survey and of_employees.exists())


def _address(row: Row, asked: Asked, refs: dict[str, dict[Key, str]], now: datetime) -> str:
    words = {**_time(asked, row, now), **asked.narrowed.words()}
    for dimension, key in zip(asked.by, row.key, strict=False):
        value = _value(dimension, key, refs[dimension])
        if not value:
            return ""
        words[word_of(dimension)] = value
    return urlencode(words)


def _time(asked: Asked, row: Row, now: datetime) -> dict[str, str]:
    start, end = asked.days(now)
    if asked.grain:
        first = row.key[-1]
        if isinstance(first, date):
            last = bucket_after(first, asked.grain)
            return time_words("", max(first, start or first), min(last, end or last))
    return time_words(asked.period if asked.period in _PERIODS else "", start, end)


def _value(dimension: str, key: Key, refs: dict[Key, str]) -> str:
    if dimension in ("unit", "employee", "account"):
        return refs.get(key, "")
    return NOTHING if key is None or key == "" else str(key)


def _refs(dimension: str, keys: set[Key], actor: Actor) -> dict[Key, str]:
    """The references of those that may be named."""
    known = [key for key in keys if isinstance(key, int)]
    if dimension == "unit":
        return dict(Unit.objects.filter(pk__in=known).values_list("pk", "ref"))
    if dimension == "account":
        return dict(Account.objects.filter(pk__in=known).values_list("pk", "ref"))
    if dimension in ("employee", "owner"):
        rows = User.objects.filter(pk__in=known).values_list("pk", "ref")
        return {pk: ref for pk, ref in rows if reads_name(actor, pk)}
    return {}
