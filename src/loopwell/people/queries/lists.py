"""Which customers and accounts does an actor see, and which of them match a filter?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.kit.errors import NotFound
from loopwell.people.models import Account, Customer, Interaction, Property


@dataclass(frozen=True)
class CustomerFilter:
    """What the list of customers is narrowed to; empty means all. Unit covers those below."""

    search: str = ""
    unit: str = ""
    account: str = ""
    language: str = ""
    property: str = ""
    value: str = ""


def visible_to(actor: Actor) -> QuerySet[Customer]:
    return Customer.objects.filter(actor.within(Right.READ_CUSTOMERS).rows(account="account"))


def visible_accounts(actor: Actor) -> QuerySet[Account]:
    """Accounts of the actor's units, and their own ones."""
    if actor.within(Right.READ_CUSTOMERS).everything:
        return Account.objects.all()
    wanted = actor.within(Right.READ_CUSTOMERS).rows()
    if actor.within(Right.READ_CUSTOMERS).owner_id is not None:
        wanted |= Q(owner_id=actor.within(Right.READ_CUSTOMERS).owner_id)
    return Account.objects.filter(wanted)


def customers(actor: Actor) -> QuerySet[Customer]:
    """Newest last, with what every list shows of them."""
    return visible_to(actor).select_related("unit", "account").order_by("id")


def filter_customers(rows: QuerySet[Customer], wanted: CustomerFilter) -> QuerySet[Customer]:
    if wanted.search.strip():
        rows = rows.filter(_matches(wanted.search.strip()))
    if wanted.unit:
        rows = rows.filter(unit__path__startswith=_path_of(wanted.unit))
    if wanted.account:
        rows = rows.filter(account__ref=wanted.account)
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.property and wanted.value.strip():
        rows = rows.filter(**{f"properties__{wanted.property}": wanted.value.strip()})
    elif wanted.property:
        rows = rows.filter(properties__has_key=wanted.property)
    return rows


def _path_of(ref: str) -> str:
    return Unit.objects.filter(ref=ref).values_list("path", flat=True).first() or "\0"


def _named(text: str) -> Q:
    """SQLite folds case of ASCII alone in LIKE, of every script in regular expressions."""
    return Q(name__icontains=text) if text.isascii() else Q(name__iregex=re.escape(text))


def _matches(text: str) -> Q:
    return _named(text) | Q(email__icontains=text.lower()) | Q(external_id__iexact=text)


def customer_by_ref(actor: Actor, ref: str) -> Customer:
    """Raises NotFound for outsiders too: they cannot tell that the customer exists."""
    found = customers(actor).select_related("account__owner").filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such customer."))
    return found


def account_by_ref(actor: Actor, ref: str) -> Account:
    found = visible_accounts(actor).select_related("unit", "owner").filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such account."))
    return found


def accounts(actor: Actor, search: str = "") -> QuerySet[Account]:
    """Accounts with `contact_count`, the largest revenue first."""
    rows = visible_accounts(actor)
    if search.strip():
        text = search.strip()
        rows = rows.filter(_named(text) | Q(external_id__iexact=text))
    return (
        rows.select_related("unit", "owner")
        .annotate(contact_count=Count("contacts"))
        .order_by(F("revenue").desc(nulls_last=True), "name", "id")
    )


def contacts_of(actor: Actor, accounts: Iterable[int]) -> QuerySet[Customer]:
    return visible_to(actor).filter(account_id__in=list(accounts)).order_by("name", "id")


def interactions_of(actor: Actor, customer: Customer) -> QuerySet[Interaction]:
    """Empty unless the customer is visible; who sees the customer sees what happened."""
    visible = visible_to(actor).filter(pk=customer.pk)
    return Interaction.objects.filter(customer__in=visible).select_related("unit", "employee")


def properties() -> list[Property]:
    return list(Property.objects.order_by("label"))


def languages_in_use(actor: Actor) -> list[str]:
    codes = visible_to(actor).exclude(language="").values_list("language", flat=True)
    return sorted(set(codes.order_by().distinct()))
