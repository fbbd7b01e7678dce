"""What does a person write about a journey and its moments?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.people.operations import MomentChange
from loopwell.people.rules.ready_journeys import READY


class JourneyForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("Whose way it is, such as “Home internet” or “Online shop”."),
    )


class NewJourneyForm(JourneyForm):
    ready = forms.ChoiceField(
        required=False, choices=[("", ""), *((each.slug, each.name) for each in READY)]
    )


def _with_list(name: str) -> forms.TextInput:
    """A field that suggests, from the <datalist> of this name."""
    return forms.TextInput(attrs={"list": f"known-{name}", "autocomplete": "off"})


class MomentForm(forms.Form):
    name = forms.CharField(
        label=_("What happens"),
        max_length=200,
        help_text=_("In the customer's words: “Is connected at home”."),
    )
    touchpoint = forms.CharField(
        label=_("Touchpoint"),
        max_length=60,
        widget=_with_list("touchpoints"),
        help_text=_("What interactions and surveys call it, exactly."),
    )
    owner = forms.CharField(
        label=_("Who of us owns it"),
        required=False,
        max_length=254,
        widget=_with_list("people"),
        help_text=_("E-mail of the person who can change how it goes."),
    )
    partner = forms.CharField(
        label=_("Delivered by a partner"),
        required=False,
        max_length=200,
        widget=_with_list("accounts"),
        help_text=_("Name or external id of an account. Empty: we deliver it ourselves."),
    )

    def change(self) -> MomentChange:
        return MomentChange(**self.cleaned_data)


def initial_of(moment: Any) -> dict[str, str]:
    partner = moment.partner
    return {
        "name": moment.name,
        "touchpoint": moment.touchpoint,
        "owner": moment.owner.email if moment.owner else "",
        "partner": (partner.external_id or partner.name) if partner else "",
    }
