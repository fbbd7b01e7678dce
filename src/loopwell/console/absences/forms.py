"""What must be known about an absence?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loopwell.access.operations import Leave
from loopwell.access.queries import deputies_for


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AbsenceForm(forms.Form):
    starts_on = forms.DateField(label=_("First day away"), widget=Day)
    ends_on = forms.DateField(label=_("Last day away"), widget=Day)
    deputy = forms.ChoiceField(
        label=_("Deputy"),
        required=False,
        help_text=_("Gets the cases; without one they go to whoever is next in line."),
    )
    note = forms.CharField(
        label=pgettext_lazy("absence", "Note"),
        max_length=200,
        required=False,
        help_text=_("Only those who may enter absences read it."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {user.ref: user for user in deputies_for(person).select_related("unit")}
        named = [(ref, _label(user)) for ref, user in self.known.items()]
        choices = [("", _("nobody")), *named]
        self.fields["deputy"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def leave(self) -> Leave:
        said = self.cleaned_data
        return Leave(
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            deputy=self.known.get(said["deputy"]),
            note=said["note"],
        )


def _label(user: Any) -> str:
    return f"{user.name} ({user.unit.name})" if user.unit else str(user.name)
