"""What does a person say about a key figure?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.targets.enums import Better


class FigureForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As the column or the key figure is called in your file: waiting time."),
    )
    measured_in = forms.CharField(
        label=_("Measured in"),
        required=False,
        max_length=20,
        help_text=_("minutes, %, complaints per 1,000 customers …"),
    )
    better = forms.ChoiceField(
        label=_("Which way is good?"),
        required=False,
        choices=[("", _("Neither, or it depends")), *Better.choices],
    )
