"""What can be chosen at the top of a page: periods, units, surveys, properties?"""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.console.answers.selection import NOTHING, Selection
from loopwell.insights.phrasing import TEXTS, filter_words
from loopwell.insights.queries import properties
from loopwell.responses.queries import languages, touchpoints
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.queries import visible_to as visible_surveys


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool = False


def periods(selection: Selection) -> list[Choice]:
    names = [
        ("30d", _("Last 30 days")),
        ("90d", _("Last 90 days")),
        ("12m", _("Last 12 months")),
        ("all", _("All time")),
    ]
    found = [Choice(value, name, value == selection.period) for value, name in names]
    if not selection.period:
        found.append(Choice("", selection.words(), True))
    return found


def units(actor: Actor, selection: Selection) -> list[Choice]:
    """The units the actor sees, indented by level; the first stands for all of them."""
    rows = list(visible_units(actor).order_by("path").values_list("ref", "name", "path"))
    top = min((path.count("/") for _ref, _name, path in rows), default=0)
    chosen = selection.unit.ref if selection.unit else ""
    found = [Choice("", _("All units"), not chosen)]
    for ref, name, path in _as_a_tree(rows):
        indent = "\u2003" * (path.count("/") - top)
        found.append(Choice(ref, f"{indent}{name}", ref == chosen))
    return found


def _as_a_tree(rows: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Parents before their children, siblings by name."""
    names = {path: name for _ref, name, path in rows}

    def place(row: tuple[str, str, str]) -> list[str]:
        parts = row[2].strip("/").split("/")
        paths = ["/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))]
        return [names.get(path, "") for path in paths]

    return sorted(rows, key=place)


def kinds(selection: Selection) -> list[Choice]:
    found = [Choice("", _("Customers’ surveys"), not selection.kind)]
    return found + [Choice(k.value, str(k.label), k == selection.kind) for k in SurveyKind]


def surveys(actor: Actor, selection: Selection) -> list[Choice]:
    rows = visible_surveys(actor).order_by("name").values_list("ref", "name")
    found = [Choice("", _("Any survey"), not selection.survey)]
    return found + [Choice(ref, name, ref == selection.survey) for ref, name in rows]


def categories(selection: Selection) -> list[Choice]:
    names = [
        ("", _("Any score")),
        ("promoter", _("Promoters")),
        ("passive", _("Passives")),
        ("detractor", _("Detractors")),
    ]
    return [Choice(value, name, value == selection.category) for value, name in names]


def touchpoints_of(actor: Actor, selection: Selection) -> list[Choice]:
    found = [Choice("", _("Any touchpoint"), not selection.touchpoint)]
    rows = [(name, name) for name in touchpoints(actor)]
    return found + _with_nothing(rows, selection.touchpoint)


def languages_of(actor: Actor, selection: Selection) -> list[Choice]:
    found = [Choice("", _("Any language"), not selection.language)]
    rows = [(code, language_name(code)) for code in languages(actor)]
    return found + _with_nothing(rows, selection.language)


def _with_nothing(rows: list[tuple[str, str]], chosen: str) -> list[Choice]:
    found = [Choice(value, label, value == chosen) for value, label in rows]
    if chosen == NOTHING:
        found.append(Choice(NOTHING, _("not known"), True))
    return found


def language_name(code: str) -> str:
    try:
        name = str(get_language_info(code.split("-")[0])["name_translated"])
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


def property_labels() -> dict[str, str]:
    return properties()


def unknown() -> str:
    return _("not known")


def applied(actor: Actor, selection: Selection) -> list[tuple[str, str, str]]:
    """Filters without a control of their own: label, value, the address without them."""
    labels = property_labels() if selection.properties else {}
    found = []
    for pair in selection.properties:
        rest = tuple(other for other in selection.properties if other != pair)
        shown = unknown() if pair[1] == NOTHING else pair[1]
        found.append((labels.get(pair[0], pair[0]), shown, selection.query(properties=rest)))
    if selection.score is not None:
        found.append((_("Score"), str(selection.score), selection.query(score=None)))
    if selection.weekday is not None:
        day = str(WEEKDAYS[selection.weekday])
        found.append((_("Weekday"), day, selection.query(weekday=None)))
    return found + _further(actor, selection)


def _further(actor: Actor, selection: Selection) -> list[tuple[str, str, str]]:
    names = {word: name for name, word in TEXTS.items()} | {"score": "scores"}
    found = []
    for word, label, value in filter_words(selection.further, actor):
        name = names.get(word, word)
        nothing: dict[str, Any] = {name: "" if name in TEXTS else None}
        rest = replace(selection.further, **nothing)
        found.append((label, value, selection.query(further=rest)))
    return found


def hidden(selection: Selection) -> list[tuple[str, str, str]]:
    """Filters that the list of answers has controls for, but other pages have not."""
    found = []
    for name in ("touchpoint", "language", "survey"):
        if value := getattr(selection, name):
            shown = unknown() if value == NOTHING else value
            shown = language_name(value) if name == "language" else shown
            found.append((label_of(name), shown, selection.query(**{name: ""})))
    return found


def label_of(name: str) -> str:
    names = {"touchpoint": _("Touchpoint"), "language": _("Language"), "survey": _("Survey")}
    return names[name]
