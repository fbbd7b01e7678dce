"""What can be entered about one customer?"""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loopwell.access.enums import Right
from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.people.enums import DecisionRole
from loopwell.people.queries import properties
from loopwell.people.rules.contact import LANGUAGES, region_of
from loopwell.people.rules.drafts import AccountDraft, CustomerDraft

PROPERTY = "property_"
UNNAMED = "\0"


class CustomerForm(forms.Form):
    """One customer; every declared property is a field of its own."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), required=False, max_length=200)
    email = forms.CharField(label=_("E-mail"), required=False, max_length=254)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=32)
    external_id = forms.CharField(
        label=_("External id"),
        required=False,
        max_length=100,
        help_text=_("Your own key for the customer. It or the e-mail is needed."),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=[("", _("the unit's")), *((name, name) for name in sorted(available_timezones()))],
        help_text=_("Quiet hours follow the customer's own clock."),
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    account = forms.CharField(
        label=_("Account"),
        required=False,
        max_length=200,
        help_text=_("External id or name of the client company; a new name makes a new account."),
    )
    decision_role = forms.ChoiceField(
        label=_("Role in the decision"), required=False, choices=[("", "–"), *DecisionRole.choices]
    )
    title = forms.CharField(label=_("Job title"), required=False, max_length=120)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {unit.ref: unit for unit in visible_units(actor)}
        names = dict(settings.LANGUAGES)
        languages = [(code, names.get(code, code)) for code in LANGUAGES]
        units = [(ref, unit.name) for ref, unit in self._units.items()]
        if not actor.within(Right.WRITE_CUSTOMERS).everything:
            self.fields["unit"].required = True
        self.fields["language"].choices = [("", "–"), *languages]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["unit"].choices = [("", "–"), *units]  # type: ignore[attr-defined]  # a ChoiceField
        for each in properties():
            self.fields[PROPERTY + each.name] = forms.CharField(
                label=each.label, required=False, max_length=1000
            )

    def draft(self) -> CustomerDraft:
        """What was entered; empty fields clear what was there."""
        data = self.cleaned_data
        unit = self._units.get(data["unit"])
        given = {n: v for n, v in data.items() if n.startswith(PROPERTY)}
        return CustomerDraft(
            external_id=data["external_id"].strip(),
            email=data["email"].strip(),
            phone=data["phone"].strip(),
            name=data["name"].strip(),
            language=data["language"],
            time_zone=data["time_zone"],
            unit=(unit.external_id or unit.name) if unit else "",
            account=AccountDraft(reference=data["account"].strip()),
            decision_role=data["decision_role"],
            title=data["title"].strip(),
            properties={n.removeprefix(PROPERTY): v.strip() for n, v in given.items()},
            phone_region=region_of(settings.TIME_ZONE),
        )


def initial_of(customer: Any) -> dict[str, Any]:
    """A customer as the form shows it."""
    account = customer.account
    values = {
        name: getattr(customer, name) or ""
        for name in (
            "name",
            "email",
            "phone",
            "external_id",
            "language",
            "time_zone",
            "decision_role",
            "title",
        )
    }
    values["unit"] = customer.unit.ref if customer.unit else ""
    values["account"] = (account.external_id or account.name) if account else ""
    return values | {PROPERTY + name: value for name, value in customer.properties.items()}
