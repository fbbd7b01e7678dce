"""Which digests does somebody want, and when?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.digests.enums import Edition


class DigestForm(forms.Form):
    editions = forms.MultipleChoiceField(
        label=_("Editions"),
        choices=Edition.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One mail a day at most: on Mondays the week's takes the place of the day's."),
    )
    at = forms.TimeField(
        label=_("At"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("In your own time zone, on working days of your unit."),
    )
