"""What must be known about one rung of the ladder?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.access.queries import visible_users
from loopwell.access.rules import Actor
from loopwell.cases.enums import Whom
from loopwell.cases.operations import Rung


class StepForm(forms.Form):
    """`person` becomes the person found, or None."""

    after_working_hours = forms.IntegerField(
        label=_("After so many working hours"),
        min_value=0,
        max_value=500,
        help_text=_("0: at once."),
    )
    whom = forms.ChoiceField(label=_("Who is told"), choices=Whom.choices)
    person = forms.EmailField(
        label=_("E-mail of the person"),
        required=False,
        help_text=_("Only for “A person”."),
    )
    takes_over = forms.BooleanField(label=_("and takes the case over"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_person(self) -> Any:
        address = self.cleaned_data["person"].strip().lower()
        if not address:
            return None
        found = visible_users(self.actor).filter(email=address, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Nobody who works here has this address."))
        return found

    def rung(self) -> Rung:
        said = self.cleaned_data
        return Rung(
            after_working_hours=said["after_working_hours"],
            whom=Whom(said["whom"]),
            person=said["person"],
            takes_over=said["takes_over"],
        )
