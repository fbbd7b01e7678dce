"""What does a person say about a panel and a brand?"""

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
