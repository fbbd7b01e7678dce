"""What do people say about an initiative when they propose or change it?"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.console.targets.forms import NumberField
from loopwell.initiatives.enums import Kind

Choices = Sequence[tuple[str, str]]
CENT = Decimal("0.01")


class AmountField(NumberField):
    """An amount as people write it, “12 000” or “0,5”; kept to two decimals."""

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found is None:
            return None
        if abs(found) >= 1e12:
            raise forms.ValidationError(_("This number is too large."))
        return Decimal(str(found)).quantize(CENT)


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _several(label: Any, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=hint, required=False, widget=forms.CheckboxSelectMultiple
    )


def _text(label: Any, hint: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class InitiativeForm(forms.Form):
    """In the parts the page shows: what, for whom, who, what is hoped for, what it takes."""

    title = forms.CharField(label=gettext_lazy("What will change, in a few words"), max_length=150)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Kind.choices, widget=forms.RadioSelect
    )
    themes = _several(gettext_lazy("Problems it fixes"))
    hypothesis = _text(
        gettext_lazy("Why should it work?"),
        gettext_lazy("“Because …, we change …, so that …”"),
    )
    units = _several(
        gettext_lazy("Units it is meant for"),
        gettext_lazy("With all below them; none is the whole company."),
    )
    segment = forms.CharField(
        label=gettext_lazy("Only for some customers"), required=False, max_length=150
    )
    owner = forms.ChoiceField(label=gettext_lazy("Owner"), required=False)
    function = forms.CharField(
        label=gettext_lazy("Function responsible"), required=False, max_length=100
    )
    sponsor = forms.ChoiceField(label=gettext_lazy("Sponsor"), required=False)
    authority = _text(gettext_lazy("What the team may decide by itself"), rows=2)
    due_on = DayField(label=gettext_lazy("To be done by"), required=False)
    nps = NumberField(label=gettext_lazy("Expected change of NPS, points"), required=False)
    nps_low = NumberField(label=gettext_lazy("at least, probably"), required=False)
    nps_high = NumberField(label=gettext_lazy("at most, probably"), required=False)
    share = NumberField(
        label=gettext_lazy("Expected change of the problem’s share, percentage points"),
        required=False,
        help_text=gettext_lazy("−2 where 7 % of customers name it now and 5 % shall."),
    )
    currency = forms.CharField(label=gettext_lazy("Currency"), min_length=3, max_length=3)
    cost = AmountField(label=gettext_lazy("Cost"), required=False)
    budget = AmountField(label=gettext_lazy("Budget given"), required=False)
    people = AmountField(label=gettext_lazy("People, full-time equivalents"), required=False)
    profit = AmountField(label=gettext_lazy("Expected profit a year"), required=False)
    profit_low = AmountField(label=gettext_lazy("at least, probably"), required=False)
    profit_high = AmountField(label=gettext_lazy("at most, probably"), required=False)

    def __init__(
        self, data: Any = None, *, units: Choices, themes: Choices, people: Choices, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        nobody = ("", _("nobody yet"))
        for name, choices in (
            ("units", units), ("themes", themes), ("owner", [nobody, *people]),
            ("sponsor", [nobody, *people]),
        ):  # fmt: skip
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field
