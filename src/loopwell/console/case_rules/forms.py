"""What does somebody choose for a case rule: when, for whom, how soon, and who calls?"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.cases.enums import Priority, Trigger
from loopwell.cases.operations import PolicyChange, RuleChange
from loopwell.cases.queries import CHOSEN_ROUTES
from loopwell.people.enums import DecisionRole

Choices = Sequence[tuple[str, str]]
SCORES = [(n, str(n)) for n in range(11)]
LISTS = ("words", "property_values")
SEPARATORS = re.compile(r"[,;\n]")


class RuleForm(forms.Form):
    """Only what most rules need is open; the rest folds away, group by group."""

    name = forms.CharField(label=_("Name"), max_length=100)
    trigger = forms.ChoiceField(label=_("What opens the case"), choices=Trigger.choices)
    lowest_score = forms.TypedChoiceField(label=_("Score from"), choices=SCORES, coerce=int)
    highest_score = forms.TypedChoiceField(label=_("to"), choices=SCORES, coerce=int)
    contact_requested = forms.BooleanField(
        label=_("Only who asked to be contacted"),
        required=False,
        help_text=_("Said yes to “May we contact you?” or chose a time for a call."),
    )
    silent_days = forms.IntegerField(
        label=_("Days after the survey closed for them"),
        min_value=0,
        max_value=365,
        required=False,
        help_text=_("A rule looks back 30 days at most."),
    )
    dropped = forms.BooleanField(
        label=_("Only who fell: from promoter to passive or detractor, or passive to detractor"),
        required=False,
        help_text=_("Against their answer before to a survey of the same kind."),
    )
    requires_consent = forms.BooleanField(
        label=_("Only who agreed to be contacted"),
        required=False,
        help_text=_("Who refuses is never called. An answer left open is no refusal."),
    )
    words = forms.CharField(
        label=_("Any of these words in the comment"),
        required=False,
        max_length=4000,
        help_text=_("Beginnings of words in any language: deliver, достав, dostaw."),
    )
    themes = forms.MultipleChoiceField(
        label=_("Any of these themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As known when the answer is judged; most become known only in the call."),
    )
    survey = forms.ChoiceField(label=_("Survey"), required=False)
    touchpoint = forms.ChoiceField(label=_("Touchpoint"), required=False)
    share = forms.IntegerField(
        label=_("Only … percent of them"),
        min_value=1,
        max_value=100,
        help_text=_("Always the same part: who belongs to 10 % belongs to 25 % too."),
    )
    unit = forms.ChoiceField(
        label=_("Unit"), required=False, help_text=_("With everything below it.")
    )
    decision_roles = forms.MultipleChoiceField(
        label=_("Role in the decision"),
        choices=DecisionRole.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: everybody; about silence: who decides."),
    )
    least_revenue = forms.DecimalField(
        label=_("Their account brings at least, a year"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    property_name = forms.ChoiceField(label=_("Segment by"), required=False)
    property_values = forms.CharField(
        label=_("Values"),
        required=False,
        max_length=2000,
        help_text=_("Several with commas between: gold, platinum."),
    )
    value_property = forms.ChoiceField(label=_("Property with a number"), required=False)
    least_value = forms.DecimalField(
        label=_("at least"), max_digits=14, decimal_places=2, required=False
    )
    due_working_hours = forms.IntegerField(
        label=_("Call within … working hours"), min_value=1, max_value=500
    )
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int)
    resolve_working_hours = forms.IntegerField(
        label=_("Solve within … working hours"),
        min_value=1,
        max_value=2000,
        required=False,
        help_text=_("Empty: no promise beside the call."),
    )
    route = forms.ChoiceField(
        label=_("Who calls"), choices=[(r.value, r.label) for r in CHOSEN_ROUTES]
    )
    route_person = forms.ChoiceField(label=_("Person"), required=False)
    route_unit = forms.ChoiceField(
        label=_("Team or leader of this unit"),
        required=False,
        help_text=_("Empty: of the unit the answer is about."),
    )
    skill = forms.CharField(label=_("Only who knows"), max_length=60, required=False)
    same_language = forms.BooleanField(
        label=_("Best somebody who speaks the customer’s language"), required=False
    )
    training = forms.ChoiceField(label=_("Only who completed the training"), required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, data: Any = None, *, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name, empty in EMPTY.items():
            known = choices[SOURCES.get(name, name)]
            self.fields[name].choices = [*([("", empty)] if empty else []), *known]  # type: ignore[attr-defined]  # choice fields

    @property
    def groups(self) -> list[dict[str, Any]]:
        return [
            {
                "title": title,
                "shown": [self[name] for name in shown],
                "folded": [self[name] for name in folded],
                "is_open": any(self._says(name) for name in folded),
            }
            for title, shown, folded in GROUPS
        ]

    def _says(self, name: str) -> bool:
        """Whether this field differs from what most rules have, or is wrong."""
        value = self[name].value()
        usual = {"share": "100", "same_language": "True"}
        return bool(self[name].errors) or str(value or "") not in ("", "[]", usual.get(name, ""))

    def change(self) -> RuleChange:
        found = dict(self.cleaned_data)
        for name in LISTS:
            found[name] = [each.strip() for each in SEPARATORS.split(found[name]) if each.strip()]
        found["silent_days"] = found["silent_days"] or 0
        return RuleChange(**found)


def typed(wanted: RuleChange) -> dict[str, Any]:
    """How the rule stands in the fields."""
    found = asdict(wanted)
    for name in LISTS:
        found[name] = ", ".join(found[name])
    for name in ("least_revenue", "least_value"):
        if found[name] is not None and found[name] == int(found[name]):
            found[name] = int(found[name])
    return found


EMPTY: Mapping[str, Any] = {
    "survey": _("any"),
    "touchpoint": _("any"),
    "unit": _("the whole company"),
    "property_name": _("no segment"),
    "value_property": _("none"),
    "route_person": _("choose"),
    "route_unit": _("the answer’s own"),
    "training": _("none needed"),
    "themes": "",
}
SOURCES = {
    "property_name": "properties",
    "value_property": "properties",
    "route_person": "people",
    "route_unit": "unit",
}
GROUPS: tuple[tuple[Any, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        _("When"),
        ("trigger", "lowest_score", "highest_score", "silent_days", "contact_requested"),
        ("dropped", "words", "themes", "requires_consent", "survey", "touchpoint", "share"),
    ),
    (
        _("For whom"),
        ("unit",),
        (
            "decision_roles", "least_revenue", "property_name", "property_values",
            "value_property", "least_value",
        ),
    ),
    (_("How soon"), ("due_working_hours", "priority"), ("resolve_working_hours",)),
    (
        _("Who calls"),
        ("route", "route_person"),
        ("route_unit", "skill", "same_language", "training"),
    ),
)  # fmt: skip


class PolicyForm(forms.Form):
    most_tries = forms.IntegerField(
        label=_("Tries to reach a customer, at most"),
        min_value=1,
        max_value=20,
        help_text=_("Each on another working day at another hour; then a letter is proposed."),
    )
    reopen_days = forms.IntegerField(
        label=_("A new answer or letter opens a case again within … days"),
        min_value=0,
        max_value=365,
        help_text=_("Later, the customer gets a case of its own."),
    )
    agent_cases_a_day = forms.IntegerField(
        label=_("Cases one person closes a day"),
        min_value=1,
        max_value=200,
        help_text=_("Only used until your own past tells."),
    )
    call_minutes = forms.IntegerField(
        label=_("Minutes a call takes"),
        min_value=1,
        max_value=480,
        help_text=_("Where nobody wrote down how long it took."),
    )
    hour_cost = forms.DecimalField(
        label=_("What an hour of a caller’s time costs"),
        min_value=0,
        max_digits=10,
        decimal_places=2,
        help_text=_("For what a customer won back costs. 0: not reckoned."),
    )
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)

    def change(self) -> PolicyChange:
        return PolicyChange(**self.cleaned_data)


def named(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """Choices by reference."""
    return [(row.ref, str(row)) for row in rows]
