"""What does somebody choose about how often customers may be asked?"""

from typing import Any

import holidays
from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.console.programmes.wording import channel_name
from loopwell.sampling.enums import After
from loopwell.sampling.rules import ADDRESSES
from loopwell.surveys.enums import SurveyKind


class RuleForm(forms.Form):
    days = forms.IntegerField(label=_("Days left alone"), min_value=1, max_value=1095, initial=30)
    after = forms.ChoiceField(label=_("after"), choices=After.choices)
    kind = forms.ChoiceField(
        label=_("before a survey of kind"),
        required=False,
        choices=[("", _("any")), *SurveyKind.choices],
    )
    channel = forms.ChoiceField(label=_("by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel = self.fields["channel"]
        if isinstance(channel, forms.ChoiceField):
            known = [(name, channel_name(name)) for name in ADDRESSES]
            channel.choices = [("", _("any channel")), *known]


class LimitsForm(forms.Form):
    most_per_day = forms.IntegerField(
        label=_("Messages to one customer a day, at most"),
        min_value=1,
        required=False,
        help_text=_("Over all programmes. Empty: no limit."),
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("In the customer’s own time zone; messages wait until it is over."),
    )
    quiet_to = forms.TimeField(
        label=_("until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_sundays = forms.BooleanField(label=_("Quiet on Sundays"), required=False)
    holidays_of = forms.CharField(
        label=_("Quiet on public holidays of"),
        max_length=6,
        required=False,
        help_text=_("Two letters of the country, such as PL, UA or DE-BY. Empty: none."),
        widget=forms.TextInput(attrs={"list": "countries", "autocapitalize": "characters"}),
    )
    decisions_kept_days = forms.IntegerField(
        label=_("Keep “why asked, why not” for … days"), min_value=30, max_value=7300
    )

    @property
    def countries(self) -> list[str]:
        return sorted(holidays.list_supported_countries())

    def clean_holidays_of(self) -> str:
        return str(self.cleaned_data["holidays_of"]).strip().upper()
