"""What must be known to make a webhook?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.access.queries import unit_by_ref
from loopwell.access.rules import Actor
from loopwell.console.company.choices import unit_choices
from loopwell.integrations.webhooks.operations import Wanted
from loopwell.integrations.webhooks.rules import TYPES


class EndpointForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("Which system listens, such as “CRM”.")
    )
    url = forms.CharField(
        label=_("Address"), max_length=1000, help_text=_("Begins with https://. We send a POST.")
    )
    types = forms.MultipleChoiceField(
        label=_("It hears of"), widget=forms.CheckboxSelectMultiple, choices=list(TYPES.items())
    )
    unit = forms.ChoiceField(
        label=_("From"), help_text=_("This unit and everything below it, nothing else.")
    )
    with_comments = forms.BooleanField(
        label=_("Send customers' comments too"),
        required=False,
        help_text=_("Without this only references and numbers leave, no words and no names."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor
        self.fields["unit"].choices = unit_choices(actor)  # type: ignore[attr-defined]  # a ChoiceField

    def wanted(self) -> Wanted:
        facts = self.cleaned_data
        return Wanted(
            name=facts["name"],
            url=facts["url"],
            unit=unit_by_ref(self._actor, facts["unit"]),
            types=facts["types"],
            with_comments=facts["with_comments"],
        )
