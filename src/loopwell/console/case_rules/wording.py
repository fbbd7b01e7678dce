"""How is a case rule said in one plain sentence?"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loopwell.cases.enums import Priority, Route, Trigger
from loopwell.people.enums import DecisionRole

SCORES = (0, 10)
CALLERS = {
    Route.NEAREST: gettext_lazy("by the nearest who is responsible"),
    Route.EMPLOYEE_MANAGER: gettext_lazy("by the manager of the employee it is about"),
    Route.UNIT_MANAGER: gettext_lazy("by who leads the unit"),
    Route.ACCOUNT_OWNER: gettext_lazy("by who owns the account"),
    Route.CALL_BACK: gettext_lazy("by the call-back team"),
    Route.UNIT_TEAM: gettext_lazy("by the unit’s team, by turns"),
    Route.PERSON: gettext_lazy("by one person"),
    Route.ESCALATED: "",
    Route.PROGRAMME: gettext_lazy("by who runs the programme"),
}


def when_words(rule: Any, labels: Mapping[str, str], themes: Mapping[str, str]) -> str:
    """For whom it opens a case: "Score 0–3, at Contact Centre, asked to be contacted"."""
    return capfirst(", ".join(_when(rule, labels, themes)))


def then_words(rule: Any) -> str:
    """What happens then: "call within 4 working hours, high priority, call-back team"."""
    return ", ".join(_then(rule))


def _when(rule: Any, labels: Mapping[str, str], themes: Mapping[str, str]) -> Iterator[str]:
    if rule.trigger == Trigger.SILENCE:
        yield ngettext(
            "no answer %(days)s day after the survey closed",
            "no answer %(days)s days after the survey closed",
            rule.silent_days,
        ) % {"days": rule.silent_days}
    else:
        yield from _answered(rule, themes)
    yield from _where(rule)
    yield from _who(rule, labels)


def _answered(rule: Any, themes: Mapping[str, str]) -> Iterator[str]:
    low, high = rule.lowest_score, rule.highest_score
    if (low, high) == SCORES:
        yield _("any score")
    elif low == high:
        yield _("score %(score)s") % {"score": low}
    else:
        yield _("score %(low)s–%(high)s") % {"low": low, "high": high}
    if rule.dropped:
        yield _("fell to a lower group than last time")
    if rule.contact_requested:
        yield _("asked to be contacted")
    if rule.requires_consent:
        yield _("agreed to be contacted")
    if rule.words:
        yield _("comment mentions %(words)s") % {"words": _or(rule.words)}
    if rule.themes:
        named = [themes.get(slug, slug) for slug in rule.themes]
        yield _("about %(themes)s") % {"themes": _or(named)}


def _where(rule: Any) -> Iterator[str]:
    if rule.survey:
        yield _("survey “%(name)s”") % {"name": rule.survey}
    if rule.touchpoint:
        yield _("touchpoint %(name)s") % {"name": rule.touchpoint}
    if rule.unit:
        yield _("at %(unit)s") % {"unit": rule.unit}


def _who(rule: Any, labels: Mapping[str, str]) -> Iterator[str]:
    roles = rule.decision_roles
    if rule.trigger == Trigger.SILENCE and not roles:
        roles = [DecisionRole.DECIDES]
    if roles:
        named = [str(DecisionRole(role).label).lower() for role in roles]
        yield _("person who %(does)s") % {"does": _or(named)}
    if rule.least_revenue is not None:
        amount = number_format(rule.least_revenue.normalize(), use_l10n=True, force_grouping=True)
        yield _("account of at least %(amount)s a year") % {"amount": amount}
    if rule.property_name:
        yield _("%(property)s: %(values)s") % {
            "property": labels.get(rule.property_name, rule.property_name),
            "values": _or(rule.property_values),
        }
    if rule.value_property and rule.least_value is not None:
        value = number_format(rule.least_value.normalize(), use_l10n=True, force_grouping=True)
        name = labels.get(rule.value_property, rule.value_property)
        yield _("%(property)s at least %(value)s") % {"property": name, "value": value}
    if rule.share < 100:
        yield _("%(share)s %% of them") % {"share": rule.share}


def _then(rule: Any) -> Iterator[str]:
    yield ngettext(
        "call within %(hours)s working hour",
        "call within %(hours)s working hours",
        rule.due_working_hours,
    ) % {"hours": rule.due_working_hours}
    if rule.resolve_working_hours is not None:
        yield ngettext(
            "solve within %(hours)s working hour",
            "solve within %(hours)s working hours",
            rule.resolve_working_hours,
        ) % {"hours": rule.resolve_working_hours}
    if rule.priority == Priority.HIGH:
        yield _("high priority")
    if rule.priority == Priority.LOW:
        yield _("low priority")
    yield _caller(rule)
    if rule.skill:
        yield _("who knows %(skill)s") % {"skill": rule.skill}
    if rule.training:
        yield _("trained in “%(name)s”") % {"name": rule.training}


def _caller(rule: Any) -> str:
    if rule.route == Route.PERSON and rule.route_person:
        return _("by %(name)s") % {"name": rule.route_person}
    words = str(CALLERS[Route(rule.route)])
    if rule.route_unit and rule.route in (Route.CALL_BACK, Route.UNIT_TEAM, Route.UNIT_MANAGER):
        return _("%(by)s (%(unit)s)") % {"by": words, "unit": rule.route_unit}
    return words


def _or(values: Any) -> str:
    """ "a, b or c"."""
    known = [str(value) for value in values]
    if len(known) < 2:
        return "".join(known)
    return _("%(first)s or %(last)s") % {"first": ", ".join(known[:-1]), "last": known[-1]}
