"""Whom and what does a caller mean, in the words of their own systems?"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.api.v1.paging import REF
from loopwell.api.v1.types import CustomerRef
from loopwell.kit.errors import Invalid
from loopwell.people.queries import visible_to

CLOCKS_DIFFER = timedelta(minutes=2)


def wrong(place: str, message: str) -> Invalid:
    return Invalid(f"{place}: {message}", fields={place: [message]})


def plain(ref: str) -> str:
    """The reference, or one that nothing has when it cannot be a reference at all."""
    return ref if REF.fullmatch(ref) else "-"


def customer_of(actor: Actor, wanted: CustomerRef) -> Any:
    """The customer meant; one of another unit is as unknown as one that does not exist."""
    told = [(name, value) for name, value in wanted.model_dump().items() if value]
    if len(told) != 1:
        raise wrong("body.customer", _("Give exactly one of ref, external_id and email."))
    name, value = told[0]
    value = value.strip().lower() if name == "email" else value
    found = visible_to(actor).select_related("unit", "account").filter(**{name: value}).first()
    if found is None:
        raise wrong(
            f"body.customer.{name}",
            _("There is no customer with this value: add the customer first."),
        )
    return found


def in_unit(actor: Actor, rows: QuerySet[Any], unit: str, column: str = "unit") -> QuerySet[Any]:
    """Rows of the unit (by reference or external id) and of those below it."""
    if not unit:
        return rows
    units = visible_units(actor)
    found = units.filter(ref=unit).first() or units.filter(external_id=unit).first()
    if found is None:
        raise wrong("query.unit", _("There is no such unit."))
    return rows.filter(**{f"{column}__path__startswith": found.path})


def not_to_come(moment: datetime, now: datetime, place: str) -> datetime:
    """The moment, at latest now; a clock may be two minutes wrong, not more."""
    if moment > now + CLOCKS_DIFFER:
        raise wrong(place, _("This moment is still to come: check the time and its zone."))
    return min(moment, now)
