"""What does somebody choose for a sending: which survey, whom, how many, when to remind?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.console.programmes.whom import Choices, WhomForm


class WaveForm(WhomForm):
    """Everything has a default but the survey; the filter's fields may all stay empty."""

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
