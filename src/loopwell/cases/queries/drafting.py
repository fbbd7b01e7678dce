"""Which rule would somebody's wishes make, and what is wrong with them?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from loopwell.access.models import Unit, User
from loopwell.cases.enums import Priority, Route, Trigger
from loopwell.cases.models import Rule, Training
from loopwell.kit.errors import Invalid
from loopwell.people.enums import DecisionRole
from loopwell.people.models import Property
from loopwell.surveys.models import Survey
from loopwell.themes.models import Theme

LONGEST_PROMISE = 500  # working hours: about a quarter of a year
LONGEST_SILENCE = 365
MOST_WORDS, LONGEST_WORD = 100, 60
CHOSEN_ROUTES = (
    Route.NEAREST,
    Route.EMPLOYEE_MANAGER,
    Route.UNIT_MANAGER,
    Route.ACCOUNT_OWNER,
    Route.CALL_BACK,
    Route.UNIT_TEAM,
    Route.PERSON,
)
REFERRED: Mapping[str, type[Model]] = {
    "survey": Survey,
    "unit": Unit,
    "route_person": User,
    "route_unit": Unit,
    "training": Training,
}
OF_ANSWERS: Mapping[str, Any] = {
    "lowest_score": 0,
    "highest_score": 10,
    "requires_consent": False,
    "contact_requested": False,
    "dropped": False,
    "words": [],
    "themes": [],
}
"""What a silence has not, and how it stands in a rule about silence."""


@dataclass(frozen=True)
class RuleChange:
    """A rule as somebody wants it to be; survey, unit, person and training by reference, themes
    by slug, "" for none."""

    name: str
    lowest_score: int = 0
    highest_score: int = 6
    requires_consent: bool = False
    due_working_hours: int = 24
    is_active: bool = True
    trigger: str = Trigger.ANSWER
    contact_requested: bool = False
    dropped: bool = False
    survey: str = ""
    touchpoint: str = ""
    unit: str = ""
    decision_roles: Sequence[str] = ()
    least_revenue: Decimal | None = None
    property_name: str = ""
    property_values: Sequence[str] = ()
    value_property: str = ""
    least_value: Decimal | None = None
    words: Sequence[str] = ()
    themes: Sequence[str] = ()
    share: int = 100
    silent_days: int = 0
    priority: int = Priority.NORMAL
    resolve_working_hours: int | None = None
    route: str = Route.NEAREST
    route_person: str = ""
    route_unit: str = ""
    skill: str = ""
    same_language: bool = True
    training: str = ""


def wishes_of(rule: Rule) -> RuleChange:
    """The rule as it is, to be changed in part."""
    found = {each.name: getattr(rule, each.name) for each in fields(RuleChange)}
    for name in REFERRED:
        found[name] = found[name].ref if found[name] else ""
    return RuleChange(**found)


def drafted(wanted: RuleChange, *, rule: Rule | None = None) -> Rule:
    """The rule, not saved: a new one or `rule` changed. Raises Invalid and names every field."""
    wrong: dict[str, list[str]] = {}
    found = {each.name: getattr(wanted, each.name) for each in fields(RuleChange)}
    for name, model in REFERRED.items():
        found[name] = _referred(model, found[name], name, wrong)
    for name in ("words", "themes", "property_values", "decision_roles"):
        found[name] = _texts(found[name])
    for name in ("name", "touchpoint", "property_name", "value_property", "skill"):
        found[name] = found[name].strip()
    if wanted.trigger == Trigger.SILENCE:
        found |= OF_ANSWERS
    _check_times(wanted, wrong)
    _check_answer(found, wrong)
    _check_whom(found, wrong)
    _check_routing(found, wrong)
    if wrong:
        raise Invalid(" ".join(text for texts in wrong.values() for text in texts), fields=wrong)
    made = rule or Rule()
    for name, value in found.items():
        setattr(made, name, value)
    return made


def _referred(model: type[Model], ref: str, name: str, wrong: dict[str, list[str]]) -> Model | None:
    if not ref:
        return None
    found = model._default_manager.filter(ref=ref).first()
    if found is None:
        wrong[name] = [_("There is nothing with the reference “%(ref)s”.") % {"ref": ref}]
    return found


def _texts(values: Sequence[str]) -> list[str]:
    """Without empty ones and repetitions, in the order given."""
    return list(dict.fromkeys(text.strip() for text in values if text.strip()))


def _check_times(wanted: RuleChange, wrong: dict[str, list[str]]) -> None:
    if not 1 <= wanted.due_working_hours <= LONGEST_PROMISE:
        wrong["due_working_hours"] = [_("Promise a call within 1 to 500 working hours.")]
    solve = wanted.resolve_working_hours
    if solve is not None and not wanted.due_working_hours <= solve <= 4 * LONGEST_PROMISE:
        wrong["resolve_working_hours"] = [
            _("Solving takes at least as long as calling, and at most 2,000 working hours.")
        ]
    if not 0 <= wanted.silent_days <= LONGEST_SILENCE:
        wrong["silent_days"] = [_("Wait between 0 and 365 days.")]
    if wanted.priority not in Priority.values:
        wrong["priority"] = [_("Choose high, normal or low.")]


def _check_answer(found: Mapping[str, Any], wrong: dict[str, list[str]]) -> None:
    if not found["name"] or len(found["name"]) > 100:
        wrong["name"] = [_("Give the rule a name of at most 100 letters.")]
    if found["trigger"] not in Trigger.values:
        wrong["trigger"] = [_("A rule is about an answer or about silence.")]
    if not 0 <= found["lowest_score"] <= found["highest_score"] <= 10:
        wrong["highest_score"] = [_("Scores go from 0 to 10, the lowest first.")]
    words = found["words"]
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        wrong["words"] = [_("At most 100 words or expressions of at most 60 letters each.")]
    known = set(Theme.objects.filter(slug__in=found["themes"]).values_list("slug", flat=True))
    if unknown := [slug for slug in found["themes"] if slug not in known]:
        wrong["themes"] = [_("There is no theme “%(name)s”.") % {"name": unknown[0]}]
    if not 1 <= found["share"] <= 100:
        wrong["share"] = [_("A share goes from 1 to 100 percent.")]


def _check_whom(found: Mapping[str, Any], wrong: dict[str, list[str]]) -> None:
    for role in found["decision_roles"]:
        if role not in DecisionRole.values:
            wrong["decision_roles"] = [_("There is no role “%(name)s”.") % {"name": role}]
    if found["least_revenue"] is not None and found["least_revenue"] < 0:
        wrong["least_revenue"] = [_("Revenue cannot be negative.")]
    named = {found["property_name"], found["value_property"]} - {""}
    known = set(Property.objects.filter(name__in=named).values_list("name", flat=True))
    for place in ("property_name", "value_property"):
        if found[place] and found[place] not in known:
            wrong[place] = [_("Customers have no property “%(name)s”.") % {"name": found[place]}]
    if bool(found["property_name"]) is not bool(found["property_values"]):
        wrong["property_values"] = [_("Choose the property and say which values make the segment.")]
    if bool(found["value_property"]) is not (found["least_value"] is not None):
        wrong["least_value"] = [_("Choose the property and say from which value on.")]
    if len(found["touchpoint"]) > 60:
        wrong["touchpoint"] = [_("The name of a touchpoint has at most 60 letters.")]


def _check_routing(found: Mapping[str, Any], wrong: dict[str, list[str]]) -> None:
    if found["route"] not in CHOSEN_ROUTES:
        wrong["route"] = [_("Choose who calls.")]
    if found["route"] == Route.PERSON and found["route_person"] is None:
        wrong.setdefault("route_person", [_("Choose the person who calls.")])
    if len(found["skill"]) > 60:
        wrong["skill"] = [_("A skill has at most 60 letters.")]
