"""What does a person say about a target and about a bonus plan?"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.access.enums import Role
from loopwell.insights.metrics import GROUPS, METRICS
from loopwell.kit.tables.numbers import read_number
from loopwell.surveys.enums import OUR_CUSTOMERS
from loopwell.targets.enums import Period, WithinMargin
from loopwell.targets.rules import Step, Stretch, before, stretch_of

STEPS = 6
"""Lines of the steps' editor."""


def metric_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """All numbers that a target can be set for, by group."""
    return [
        (str(name), [(m.slug, str(m.name)) for m in METRICS.values() if m.group == group])
        for group, name in GROUPS.items()
        if any(m.group == group for m in METRICS.values())
    ]


class NumberField(forms.CharField):
    """A number as people write it: 40, +37,5, −5."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 8})

    def clean(self, value: Any) -> float | None:
        text = super().clean(value)
        if not text:
            return None
        found = read_number(text.replace("\N{MINUS SIGN}", "-"))
        if found is None:
            raise forms.ValidationError(_("Not a number."))
        return found

    def prepare_value(self, value: Any) -> Any:
        return number_words(value) if isinstance(value, int | float | Decimal) else value


def number_words(value: float | Decimal) -> str:
    """As it is typed again: no zeros behind, a true minus, the language's comma."""
    text = number_format(value) if float(value) % 1 else str(int(value))
    return text.replace("-", "\N{MINUS SIGN}")


class TargetForm(forms.Form):
    metric = forms.ChoiceField(label=gettext_lazy("Number"))
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    period = forms.ChoiceField(label=gettext_lazy("Period"), choices=Period.choices)
    day = forms.DateField(
        label=gettext_lazy("Any day of it"),
        help_text=gettext_lazy(
            "The month, quarter or calendar year that this day lies in is meant."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    value = NumberField(label=gettext_lazy("Target"))
    kind = forms.ChoiceField(label=gettext_lazy("Survey"), required=False)
    channel = forms.CharField(
        label=gettext_lazy("Channel"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Where the customer was served; empty for all."),
    )
    touchpoint = forms.CharField(
        label=gettext_lazy("Touchpoint"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Empty for all."),
    )

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metric"].choices = metric_choices()  # type: ignore[attr-defined]  # a choice field
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]  # a choice field
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", _("All customers’ surveys")),
            *((kind.value, str(kind.label)) for kind in OUR_CUSTOMERS),
        ]


class PlanForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    metric = forms.ChoiceField(label=gettext_lazy("Number"))
    period = forms.ChoiceField(label=gettext_lazy("Paid by"), choices=Period.choices)
    role = forms.ChoiceField(
        label=gettext_lazy("Whom it concerns"),
        required=False,
        help_text=gettext_lazy("Those who have this role in a unit; empty for all who work there."),
    )
    share = NumberField(
        label=gettext_lazy("Part of pay, %"),
        help_text=gettext_lazy("So much of their pay depends on this number."),
    )
    within_margin = forms.ChoiceField(
        label=gettext_lazy("A miss smaller than the margin of error"),
        choices=WithinMargin.choices,
        widget=forms.RadioSelect,
        initial=WithinMargin.SPARED,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metric"].choices = metric_choices()  # type: ignore[attr-defined]  # a choice field
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", _("Everybody who works in the unit")),
            *Role.choices,
        ]


class StepForm(forms.Form):
    """One line: from so many points against the target on, so many percent are paid."""

    against = NumberField(label=gettext_lazy("Against the target"), required=False)
    pays = NumberField(label=gettext_lazy("Paid, %"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        given = [told.get(name) is not None for name in ("against", "pays")]
        if any(given) and not all(given) and not self.errors:
            raise forms.ValidationError(_("Fill both numbers of this step, or neither."))
        return told

    def step(self) -> Step | None:
        against, pays = self.cleaned_data.get("against"), self.cleaned_data.get("pays")
        return None if against is None or pays is None else Step(against, pays)


StepSet = forms.formset_factory(StepForm, extra=STEPS, max_num=STEPS + 2)


def stretch_choices(period: Period, today: date, count: int = 8) -> list[Stretch]:
    """The one that is running and those before it, the newest first."""
    found = [stretch_of(period, today)]
    while len(found) < count:
        found.append(before(period, found[-1]))
    return found
