"""What does a person say about a panel, a brand and a survey that asks about brands?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PanelForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    market = forms.CharField(
        label=_("Who was asked"),
        required=False,
        max_length=200,
        help_text=_("For example: users of mobile phones in Poland, 18 and older."),
    )
    provider = forms.CharField(label=_("Who asked them"), required=False, max_length=120)
    fielded_from = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    fielded_to = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    double_blind = forms.BooleanField(
        label=_("Double-blind"),
        required=False,
        help_text=_("Those asked did not know who pays, and we do not know whom they asked."),
    )


class BrandForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("The name of another brand makes the two one, if nobody rated both."),
    )
    is_us = forms.BooleanField(label=_("This brand is us"), required=False)


class SurveyForm(forms.Form):
    """`asked` is a survey and its question, as "reference:key"."""

    asked = forms.ChoiceField(
        label=_("Survey, and the question that says which brand is meant"),
        help_text=_(
            "A published survey of the kind “Competitors”. With one choice, an answer is about the "
            "brand chosen and the recommendation is its score. With a rating on ten points, each "
            "line is a brand, and an answer is about all that were rated."
        ),
    )
    market = forms.CharField(
        label=_("Who was asked"),
        required=False,
        max_length=200,
        help_text=_("For example: users of mobile phones in Poland, 18 and older."),
    )
    provider = forms.CharField(label=_("Who asked them"), required=False, max_length=120)
    double_blind = forms.BooleanField(
        label=_("Double-blind"),
        required=False,
        help_text=_(
            "Those asked do not know who pays, and we do not know whom they asked. A quarter with "
            "answers of customers whom we invited by name is never marked so."
        ),
    )

    def __init__(self, *args: Any, asked: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["asked"]
        choice.choices = list(asked)
