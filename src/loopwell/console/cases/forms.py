"""What do people type on the pages of cases?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.cases.enums import Outcome


class VersionForm(forms.Form):
    """Every change says which state of the case its author saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AttemptForm(VersionForm):
    outcome = forms.ChoiceField(choices=Outcome.choices)
    note = forms.CharField(label=_("Note on the call"), required=False, max_length=2000)


class CallbackForm(VersionForm):
    call_at = forms.DateTimeField(
        label=_("Call back at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = forms.CharField(label=_("What was agreed"), required=False, max_length=300)


class OwnerForm(VersionForm):
    owner = forms.ChoiceField(label=_("Give to"))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(
        self, data: Any = None, *, owners: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["owner"].choices = [("", _("Choose a person")), *owners]  # type: ignore[attr-defined]  # a ChoiceField


class ReopenForm(VersionForm):
    reason = forms.CharField(label=_("Why it must be opened again"), max_length=300)
