"""What does somebody choose for a sending: which survey, whom, how many, when to remind?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.console.programmes.whom import Choices, WhomForm, days_in
from loopwell.sampling.rules import LONGEST_DAYS


class WaveForm(WhomForm):
    """Everything has a default but the survey; the filter's fields may all stay empty."""

    survey = forms.ChoiceField(label=_("Survey"))
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("Empty: the survey’s name.")
    )
    exception_reason = forms.CharField(
        label=_("Also ask who was asked recently, because"),
        max_length=500,
        required=False,
        help_text=_("Breaks the contact rules, so it needs a reason. Empty: they are kept."),
    )
    sample_size = forms.IntegerField(
        label=_("How many to ask"),
        min_value=1,
        required=False,
        help_text=_("A random sample of those who can be asked. Empty: all of them."),
    )
    strata = forms.ChoiceField(
        label=_("Drawn in proportion to"),
        required=False,
        help_text=_("Each value of the property gets its share of the sample."),
    )
    reminders = forms.CharField(
        label=_("Remind on day"),
        max_length=40,
        initial="7, 21",
        required=False,
        help_text=_("Days after the message, such as “7, 21”; only who has not answered."),
    )
    open_for_days = forms.IntegerField(
        label=_("Answers are taken for … days"), min_value=1, max_value=LONGEST_DAYS, initial=35
    )

    def __init__(
        self,
        data: Any = None,
        *,
        surveys: Choices,
        choices: dict[str, list[tuple[str, str]]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, choices=choices, initial=initial)
        self.choose("survey", surveys)
        self.choose("strata", [("", _("Nothing: by lot alone")), *choices["properties"]])

    def clean_reminders(self) -> tuple[int, ...]:
        return days_in(self.cleaned_data["reminders"])
