"""How is a property declared, renamed, given another kind, and taken back?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.people.enums import PropertyKind
from loopwell.people.models import Property
from loopwell.people.rules.properties import check_property_name, property_name


@transaction.atomic
def declare_property(
    *, actor: Actor, now: datetime, label: str, kind: PropertyKind, name: str = ""
) -> Property:
    """A column of every number from the next answer on; its name is made from the label and
    never changes, as files and programs use it."""
    kept = _label(actor, label)
    chosen = check_property_name(name or property_name(kept))
    if Property.objects.filter(name__iexact=chosen).exists():
        message = _("There is a property “%(name)s” already.") % {"name": chosen}
        raise Conflict(message)
    found = Property.objects.create(name=chosen, label=kept, kind=kind, created_at=now)
    _tell(actor, now, "property.declared", found)
    return found


@transaction.atomic
def change_property(
    *, actor: Actor, now: datetime, found: Property, label: str, kind: PropertyKind
) -> Property:
    """Another label shows at once; another kind makes the numbers anew in the background, and
    values that do not fit it count as unknown. What customers carry stays as it is."""
    found.label, found.kind = _label(actor, label), kind
    found.save(update_fields=["label", "kind"])
    _tell(actor, now, "property.changed", found)
    return found


@transaction.atomic
def remove_property(*, actor: Actor, now: datetime, found: Property) -> None:
    """No number can be cut by it any more; what customers carry stays and comes back when a
    property of this name is declared again."""
    _check(actor)
    _tell(actor, now, "property.removed", found)
    found.delete()


def _tell(actor: Actor, now: datetime, what: str, found: Property) -> None:
    payload = {"name": found.name, "kind": found.kind}
    append(actor=actor, now=now, events=[Event(what, "property", found.pk, payload)])


def _check(actor: Actor) -> None:
    require(actor, Right.IMPORT_DATA)
    if not actor.within(Right.IMPORT_DATA).everything:
        raise Forbidden(_("Properties belong to the whole company."))


def _label(actor: Actor, label: str) -> str:
    _check(actor)
    kept = " ".join(label.split())[:100]
    if not kept:
        message = _("Give the property a name that people read.")
        raise Invalid(message, fields={"label": [message]})
    return kept
