"""What must be known to reach somebody, and when do they want peace?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loopwell.access.enums import Right
from loopwell.access.queries import in_order, units_within
from loopwell.access.rules import Actor
from loopwell.notify.rules import Quiet

STEP = "\u2003"


class TargetForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("As you will know it: “My phone”, “#branch”.")
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=1000,
        help_text=_(
            "The address of the chat as Apprise writes it, or the webhook's address that your chat "
            "gave you: slack://, msteams://, tgram://, ntfy://, or https://hooks.slack.com/…"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class TeamForm(TargetForm):
    unit = forms.ChoiceField(
        label=_("Unit"), help_text=_("What happens here and below goes to this channel.")
    )

    field_order = ["unit", "name", "address"]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = in_order(units_within(actor.within(Right.COACH)))
        self.fields["unit"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (unit.ref, f"{STEP * depth}{unit.name}") for unit, depth in units
        ]


class QuietForm(forms.Form):
    begins = forms.TimeField(
        label=pgettext_lazy("time of day", "From"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=_("Until"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    weekends = forms.BooleanField(label=_("The whole weekend too"), required=False)
    urgent_passes = forms.BooleanField(
        label=_("What is urgent may disturb me all the same"), required=False
    )

    def quiet(self) -> Quiet:
        return Quiet(**self.cleaned_data)
