"""How is recorded what happened between a customer and us?"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor, require
from loopwell.people.models import Customer, Interaction
from loopwell.people.operations.writing import declare_properties
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.drafts import NOTHING
from loopwell.people.rules.problems import CannotSave, IdentityConflict, Problem
from loopwell.people.rules.properties import check_property_name

CLOCKS_DIFFER = timedelta(minutes=2)


@transaction.atomic
def record_interaction(
    *,
    actor: Actor,
    now: datetime,
    customer: Customer,
    touchpoint: str,
    at: datetime,
    external_id: str | None = None,
    unit: str | None = None,
    employee: str | None = None,
    channel: str = "",
    product: str = "",
    properties: Mapping[str, str] = NOTHING,
) -> Interaction:
    """Adds the interaction, or changes the one with this external id.

    Without `unit` it is the employee's, else the customer's. The door resolves the customer
    through people.queries, so that it is one the actor sees.
    """
    require(actor, Right.WRITE_CUSTOMERS)
    problems: list[Problem] = []
    place, person = _resolve(actor, unit, employee, problems)
    if not touchpoint.strip():
        problems.append(Problem(_("Say which touchpoint it was."), "touchpoint"))
    if timezone.is_naive(at):
        problems.append(Problem(_("Give the moment with its time zone."), "at"))
    elif at > now + CLOCKS_DIFFER:
        reason = _("This moment is still to come: check the time and its zone.")
        problems.append(Problem(reason, "at"))
    for name in properties:
        check_property_name(name)
    if problems:
        raise CannotSave(problems)
    declare_properties(properties, {}, now)
    values = {
        "customer": customer,
        "touchpoint": touchpoint.strip()[:60],
        "at": min(at, now),
        "unit": place or (person.unit if person else None) or customer.unit,
        "employee": person,
        "channel": channel.strip()[:60],
        "product": product.strip()[:100],
        "properties": dict(properties),
    }
    if not external_id:
        return Interaction.objects.create(**values, created_at=now)
    known = Interaction.objects.filter(external_id=external_id).first()
    if known is not None and known.customer_id != customer.pk:
        raise IdentityConflict(_("The interaction with this external id is another customer's."))
    return Interaction.objects.update_or_create(
        external_id=external_id, defaults=values, create_defaults={**values, "created_at": now}
    )[0]


def _resolve(
    actor: Actor, unit: str | None, employee: str | None, problems: list[Problem]
) -> tuple[Unit | None, User | None]:
    directory = Directory(actor)
    place = directory.unit(unit) if unit else None
    person = directory.person(employee, "employee") if employee else None
    problems += [found for found in (place, person) if isinstance(found, Problem)]
    return (
        place if isinstance(place, Unit) else None,
        person if isinstance(person, User) else None,
    )
