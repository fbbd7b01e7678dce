"""What are the things called that questions are cut by, and the groups that come out?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor
from loopwell.insights.asking import NOTHING, Grain, Key, Row
from loopwell.insights.questions import can_be_asked
from loopwell.people.enums import DecisionRole
from loopwell.people.models import Account
from loopwell.people.queries import properties
from loopwell.responses.enums import Source
from loopwell.responses.queries.naming import reads_every_name
from loopwell.sampling.enums import Channel
from loopwell.sampling.models import Programme
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.questions import questions_of
from loopwell.surveys.rules import texts_for
from loopwell.themes.models import Theme

CUTS: dict[str, tuple[Promise, Promise]] = {
    "area": (gettext_lazy("Area of themes"), gettext_lazy("by area of themes")),
    "voice": (gettext_lazy("Found in"), gettext_lazy("by where it was found")),
    "unit": (gettext_lazy("Unit"), gettext_lazy("by unit")),
    "touchpoint": (gettext_lazy("Touchpoint"), gettext_lazy("by touchpoint")),
    "channel": (gettext_lazy("Channel"), gettext_lazy("by channel")),
    "source": (gettext_lazy("Way in"), gettext_lazy("by way in")),
    "product": (gettext_lazy("Product"), gettext_lazy("by product")),
    "kind": (gettext_lazy("Kind of survey"), gettext_lazy("by kind of survey")),
    "survey": (gettext_lazy("Survey"), gettext_lazy("by survey")),
    "programme": (gettext_lazy("Programme"), gettext_lazy("by programme")),
    "employee": (gettext_lazy("Employee"), gettext_lazy("by employee")),
    "owner": (gettext_lazy("Owner of the case"), gettext_lazy("by owner of the case")),
    "account": (gettext_lazy("Account"), gettext_lazy("by account")),
    "decision_role": (
        gettext_lazy("Role in the decision"),
        gettext_lazy("by role in the decision"),
    ),
    "theme": (gettext_lazy("Theme"), gettext_lazy("by theme")),
    "aspect": (gettext_lazy("Aspect"), gettext_lazy("by aspect")),
    "category": (gettext_lazy("Category"), gettext_lazy("by category")),
    "score": (gettext_lazy("Score"), gettext_lazy("by score")),
    "language": (gettext_lazy("Language"), gettext_lazy("by language")),
    "weekday": (gettext_lazy("Weekday"), gettext_lazy("by weekday")),
    "hour": (gettext_lazy("Hour"), gettext_lazy("by hour")),
}
"""Label of each dimension, and how it ends a title; in the order people choose from."""
GRAIN_NAMES: dict[Grain, tuple[Promise, Promise]] = {
    "day": (gettext_lazy("Day"), gettext_lazy("by day")),
    "week": (gettext_lazy("Week"), gettext_lazy("by week")),
    "month": (gettext_lazy("Month"), gettext_lazy("by month")),
    "quarter": (gettext_lazy("Quarter"), gettext_lazy("by quarter")),
    "year": (gettext_lazy("Year"), gettext_lazy("by year")),
}
CATEGORIES = {
    "promoter": gettext_lazy("Promoters"),
    "passive": gettext_lazy("Passives"),
    "detractor": gettext_lazy("Detractors"),
}


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool = False


def names_of_cuts() -> dict[str, str]:
    """Label by dimension, declared properties last."""
    found = {name: str(label) for name, (label, _by) in CUTS.items()}
    return found | {f"property:{each.name}": each.label for each in properties()}


def cut_choices(metric: str, chosen: str) -> list[Choice]:
    """What this metric can be cut by."""
    return [
        Choice(name, label, name == chosen)
        for name, label in names_of_cuts().items()
        if can_be_asked(metric, name)
    ]


def labels(
    by: Sequence[str], grain: Grain, rows: Iterable[Row], actor: Actor
) -> dict[tuple[Key, ...], tuple[str, ...]]:
    """What each row's key is called, part by part; one look-up for each dimension."""
    keys = [row.key for row in rows]
    columns: list[dict[Key, str]] = []
    for place, dimension in enumerate(by):
        columns.append(_named(dimension, {key[place] for key in keys}, actor))
    if grain:
        columns.append({key[-1]: moment(key[-1], grain) for key in keys})
    return {
        key: tuple(column[part] for column, part in zip(columns, key, strict=True)) for key in keys
    }


def names_for(dimension: str, keys: set[Any], actor: Actor) -> dict[Key, str]:
    """What each of these keys of a dimension is called."""
    return _named(dimension, keys, actor)


def said_value(dimension: str, value: str) -> str:
    """What the value of a filter is called, where it is a word of ours."""
    return _named(dimension, {value}, None)[value]


def moment(key: Key, grain: str) -> str:
    """A bucket of time as people say it."""
    if not isinstance(key, date):
        return _unknown()
    if grain == "year":
        return str(key.year)
    if grain == "quarter":
        words = {"quarter": (key.month + 2) // 3, "year": key.year}
        return _("Q%(quarter)s %(year)s") % words
    if grain == "month":
        return date_format(key, "YEAR_MONTH_FORMAT")
    return date_format(key, "DATE_FORMAT")


def language_name(code: str) -> str:
    try:
        name = str(get_language_info(code.split("-")[0])["name_translated"])
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


def _named(dimension: str, keys: set[Any], actor: Actor | None) -> dict[Key, str]:
    if dimension in _LOOKED_UP and actor is not None:
        known = _LOOKED_UP[dimension]({key for key in keys if key is not None}, actor)
        return {key: known.get(key) or _unknown() for key in keys}
    said = _SAID.get(dimension, str)
    return {key: _unknown() if key in (None, "", NOTHING) else said(key) for key in keys}


def _unknown() -> str:
    return _("not known")


def _units(keys: set[Any], actor: Actor) -> dict[Key, str]:
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))


def _people(keys: set[Any], actor: Actor) -> dict[Key, str]:
    """Colleagues' names are kept from who reads own feedback only."""
    rows: dict[Any, str] = dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))
    if reads_every_name(actor):
        return rows
    return {pk: name if pk == actor.user_id else _("a colleague") for pk, name in rows.items()}


def _accounts(keys: set[Any], actor: Actor) -> dict[Key, str]:
    return dict(Account.objects.filter(pk__in=keys).values_list("pk", "name"))


def _surveys(keys: set[Any], actor: Actor | None) -> dict[Key, str]:
    return dict(Survey.objects.filter(ref__in=keys).values_list("ref", "name"))


def _programmes(keys: set[Any], actor: Actor | None) -> dict[Key, str]:
    return dict(Programme.objects.filter(ref__in=keys).values_list("ref", "name"))


def _themes(keys: set[Any], actor: Actor | None) -> dict[Key, str]:
    return {theme.slug: str(theme) for theme in Theme.objects.filter(slug__in=keys)}


def _aspects(keys: set[Any], actor: Actor | None) -> dict[Key, str]:
    """In the words of the newest survey that asks for them."""
    language = (get_language() or "en")[:2]
    found: dict[Key, str] = {}
    for version in Version.objects.order_by("-pk"):
        texts = None
        for question in questions_of(version):
            wanted = keys.intersection([question.key, *question.options]) - found.keys()
            if not question.rated or not wanted:
                continue
            texts = texts or texts_for(version, language)
            for key in wanted:
                part = key if key in question.options else "label"
                found[key] = texts.get(f"{question.key}.{part}") or str(key)
        if len(found) == len(keys):
            break
    return found


_LOOKED_UP: dict[str, Callable[[set[Any], Actor], dict[Key, str]]] = {
    "unit": _units, "employee": _people, "owner": _people, "account": _accounts, "survey": _surveys,
    "programme": _programmes, "theme": _themes, "area": _themes, "aspect": _aspects,
}  # fmt: skip


def _choice(labels: dict[str, Promise | str]) -> Callable[[Key], str]:
    return lambda key: str(labels.get(str(key), key))


_SAID: dict[str, Callable[[Key], str]] = {
    "kind": _choice({each.value: each.label for each in SurveyKind}),
    "category": _choice(dict(CATEGORIES)),
    "voice": _choice({"call": gettext_lazy("calls"), "comment": gettext_lazy("comments")}),
    "source": _choice({each.value: each.label for each in Source}),
    "channel": _choice({each.value: each.label for each in (*Channel, *Source)}),
    "decision_role": _choice({each.value: each.label for each in DecisionRole}),
    "weekday": lambda key: str(WEEKDAYS[int(str(key))]),
    "hour": lambda key: f"{int(str(key)):02d}:00",
    "language": lambda key: language_name(str(key)),
}
