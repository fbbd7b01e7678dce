"""What must be known to make an API key?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.console.company.choices import unit_choices

# Programs have no pages: the rights they can use, and what each opens.
OFFERED = (
    (Right.READ_CUSTOMERS, _("Read customers, accounts and interactions")),
    (Right.WRITE_CUSTOMERS, _("Add and change customers, accounts and interactions")),
    (Right.READ_ANSWERS, _("Read surveys and answers")),
    (Right.WRITE_ANSWERS, _("Record answers and change them for a customer")),
    (Right.READ_CASES, _("Read cases")),
    (Right.WORK_CASES, _("Record calls, close, reopen and hand over cases")),
)


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("Which program uses it, so that you know later what stops when you revoke it."),
    )
    rights = forms.MultipleChoiceField(
        label=_("It may"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(right.value, words) for right, words in OFFERED],
    )
    unit = forms.ChoiceField(
        label=_("It sees"), help_text=_("This unit and everything below it, nothing else.")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices(actor)  # type: ignore[attr-defined]  # a ChoiceField
