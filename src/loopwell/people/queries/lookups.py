"""Which unit, employee or account is meant by what a person or a file calls it?"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from loopwell.access.models import Unit, User
from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.kit.among import among
from loopwell.people.models import Account, Customer
from loopwell.people.rules.problems import Problem


class Directory:
    """The company's units and employees by external id, name and e-mail, read once a run."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._units: dict[str, Unit | None] = {}
        units = list(visible_units(actor))
        for unit in units:
            name = unit.name.strip().casefold()
            self._units[name] = None if name in self._units else unit
        self._unit_ids = {unit.ref: unit for unit in units}
        self._unit_ids |= {unit.external_id: unit for unit in units if unit.external_id}
        self._people: dict[str, User] | None = None

    def unit(self, text: str, field: str = "unit") -> Unit | Problem:
        """By external id, else by name; one of several of the same name is not guessed."""
        found = self._unit_ids.get(text)
        if found is not None:
            return found
        name = text.strip().casefold()
        if name not in self._units:
            reason = _("no unit of this name or external id: add it, or correct the value")
            return Problem(reason, field, text)
        by_name = self._units[name]
        return by_name or Problem(
            _("several units have this name: use the external id"), field, text
        )

    def person(self, text: str, field: str = "owner") -> User | Problem:
        """By e-mail or external id."""
        if self._people is None:
            people = list(User.objects.filter(is_active=True))
            self._people = {p.external_id: p for p in people if p.external_id}
            self._people |= {p.email: p for p in people}
        found = self._people.get(text.strip().lower()) or self._people.get(text.strip())
        reason = _("no employee with this e-mail or external id")
        return found or Problem(reason, field, text)


class KnownCustomer(NamedTuple):
    """What an answer needs to know of whoever gave it, without the price of a model."""

    pk: int
    external_id: str | None
    email: str | None
    unit_id: int | None
    account_id: int | None
    language: str
    properties: dict[str, str]


def known_customers(
    ids: Iterable[str], emails: Iterable[str], *, lock: bool
) -> list[KnownCustomer]:
    """Customers with one of these external ids or e-mail addresses, each once."""
    rows = Customer.objects.select_for_update(of=("self",)) if lock else Customer.objects.all()
    found = rows.order_by("pk").values_list(*KnownCustomer._fields)
    by_id, by_email = list(ids), list(emails)
    known = {row[0]: row for row in found.filter(among("external_id", by_id))} if by_id else {}
    if by_email:
        known |= {row[0]: row for row in found.filter(among("email", by_email))}
    return [KnownCustomer(*row) for row in known.values()]


def accounts_named(ids: Iterable[str], names: Iterable[str]) -> list[Account]:
    """All accounts with one of these external ids or names, whoever asks: see planning."""
    rows = Account.objects.filter(Q(external_id__in=set(ids)) | Q(name__in=set(names)))
    return list(rows.select_related("unit").order_by("id"))
