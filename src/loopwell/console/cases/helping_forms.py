"""What do people type to give something, to promise something, to coach?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.console.cases.forms import VersionForm


class RedressForm(VersionForm):
    redress_what = forms.CharField(label=_("What they get"), max_length=200)
    redress_amount = forms.DecimalField(
        label=_("What it costs us"),
        max_digits=12,
        decimal_places=2,
        min_value=0,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01", "min": "0"}),
    )
    redress_currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)


class ActionForm(VersionForm):
    what = forms.CharField(label=_("What is to be done"), max_length=300)
    owner = forms.ChoiceField(label=_("By whom"))
    due_on = forms.DateField(
        label=_("By which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, data: Any = None, *, owners: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]  # a ChoiceField


class DecisionForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class DoneForm(forms.Form):
    outcome = forms.CharField(label=_("What was done"), max_length=300)


class NumberForm(forms.Form):
    phone = forms.CharField(
        label=_("Right number"), max_length=32, widget=forms.TextInput(attrs={"type": "tel"})
    )


class CoachingForm(forms.Form):
    text = forms.CharField(
        label=_("Your words to them"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
