"""What can be entered about one account?"""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.people.operations import AccountChange

CURRENCY = RegexValidator(r"^[A-Za-z]{3}$", _("not a currency: three letters such as EUR"))


class AccountForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    external_id = forms.CharField(
        label=_("External id"),
        required=False,
        max_length=100,
        help_text=_("Your own key for the account."),
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    owner = forms.CharField(
        label=_("Owner"),
        required=False,
        max_length=254,
        help_text=_("E-mail or external id of an employee."),
    )
    revenue = forms.DecimalField(
        label=_("Revenue a year"), required=False, max_digits=14, decimal_places=2
    )
    currency = forms.CharField(
        label=_("Currency"),
        required=False,
        max_length=3,
        validators=[CURRENCY],
        help_text=_("EUR, PLN, …"),
    )
    renewal_on = forms.DateField(
        label=_("Renewal date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(unit.ref, unit.name) for unit in visible_units(actor)]
        self.fields["unit"].choices = [("", "–"), *units]  # type: ignore[attr-defined]  # a ChoiceField

    def change(self) -> AccountChange:
        return AccountChange(**self.cleaned_data)


def initial_of(account: Any) -> dict[str, Any]:
    """An account as the form shows it."""
    names = ("name", "external_id", "revenue", "currency", "renewal_on")
    return {name: getattr(account, name) for name in names} | {
        "unit": account.unit.ref if account.unit else "",
        "owner": account.owner.email if account.owner else "",
    }
