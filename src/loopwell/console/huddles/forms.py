"""What do teams type in a huddle?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CommitmentForm(forms.Form):
    what = forms.CharField(label=_("What will be done"), max_length=300)
    owner = forms.ChoiceField(label=_("By whom"))
    due_on = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self, data: Any = None, *, people: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["owner"].choices = [("", _("Choose a person")), *people]  # type: ignore[attr-defined]  # a ChoiceField


class HoldForm(forms.Form):
    notes = forms.CharField(
        label=_("Notes"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    attended = forms.IntegerField(
        label=_("How many were there"), required=False, min_value=1, max_value=500
    )


class EndForm(forms.Form):
    outcome = forms.CharField(label=_("What came of it"), max_length=300, required=False)
