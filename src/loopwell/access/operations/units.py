"""How does the tree of units grow and change its shape?"""

from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from loopwell.access.changes import Change, record
from loopwell.access.enums import Right, UnitKind
from loopwell.access.models import Unit
from loopwell.access.operations.guarding import lock_tree, must_manage_unit
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Conflict, Forbidden, Invalid

LONGEST_PATH = 255


class BadMove(Conflict):
    """A unit cannot hang there."""


@transaction.atomic
def create_unit(
    *,
    actor: Actor,
    name: str,
    parent: Unit | None,
    kind: UnitKind,
    external_id: str | None = None,
    time_zone: str = "",
    is_demo: bool = False,
) -> Unit:
    """The bare unit, for setting up and loading; people use add_unit."""
    require(actor, Right.MANAGE_ACCESS)
    if parent is not None:
        must_manage_unit(actor, parent)
    elif not actor.within(Right.MANAGE_ACCESS).everything:
        raise Forbidden(_("This unit is not yours to manage."))
    _check(name=name, external_id=external_id, time_zone=time_zone)
    unit = Unit.objects.create(
        name=name.strip(),
        parent=parent,
        kind=kind,
        path="",
        external_id=external_id or None,
        time_zone=time_zone,
        is_demo=is_demo,
    )
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    if len(unit.path) > LONGEST_PATH:
        raise BadMove(_("The tree would be too deep: attach the unit further up."))
    unit.save(update_fields=["path"])
    return unit


@transaction.atomic
def add_unit(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    parent: Unit,
    kind: UnitKind,
    external_id: str = "",
    time_zone: str = "",
) -> Unit:
    must_manage_unit(actor, parent)
    lock_tree()
    parent.refresh_from_db()
    unit = create_unit(
        actor=actor,
        name=name,
        parent=parent,
        kind=kind,
        external_id=external_id.strip() or None,
        time_zone=time_zone,
    )
    details = {"name": unit.name, "parent": parent.name}
    record(actor=actor, now=now, change=Change("unit.added", "unit", unit.pk, details))
    return unit


@transaction.atomic
def change_unit(
    *,
    actor: Actor,
    now: datetime,
    unit: Unit,
    name: str,
    kind: UnitKind,
    external_id: str = "",
    time_zone: str = "",
) -> Unit:
    """Name, kind, external id and zone; where it hangs is move_unit's."""
    must_manage_unit(actor, unit)
    _check(name=name, external_id=external_id, time_zone=time_zone, unit=unit)
    before, zone_before = unit.name, unit.time_zone
    unit.name, unit.time_zone = name.strip(), time_zone
    unit.kind = kind if unit.parent_id else UnitKind.COMPANY
    unit.external_id = external_id.strip() or None
    unit.save(update_fields=["name", "kind", "external_id", "time_zone"])
    details = {"name": unit.name, "before": before}
    if time_zone != zone_before:
        details["time_zone"] = time_zone
    record(actor=actor, now=now, change=Change("unit.changed", "unit", unit.pk, details))
    return unit


@transaction.atomic
def move_unit(*, actor: Actor, now: datetime, unit: Unit, parent: Unit) -> Unit:
    """Hangs the unit with everything below it under `parent`, every path in one transaction."""
    lock_tree()
    unit.refresh_from_db()
    parent.refresh_from_db()
    must_manage_unit(actor, unit)
    must_manage_unit(actor, parent)
    if unit.parent_id is None:
        raise BadMove(_("The company itself is the root: it cannot be moved."))
    if parent.path.startswith(unit.path):
        raise BadMove(_("A unit cannot hang below itself."))
    if parent.pk == unit.parent_id:
        return unit
    old, new = unit.path, f"{parent.path}{unit.pk}/"
    below = Unit.objects.filter(path__startswith=old)
    deepest = max(len(path) for path in below.values_list("path", flat=True))
    if deepest - len(old) + len(new) > LONGEST_PATH:
        raise BadMove(_("The tree would be too deep: attach the unit further up."))
    below.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    details = {"name": unit.name, "to": parent.name}
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    unit.refresh_from_db()
    record(actor=actor, now=now, change=Change("unit.moved", "unit", unit.pk, details))
    return unit


def _check(*, name: str, external_id: str | None, time_zone: str, unit: Unit | None = None) -> None:
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give the unit a name.")]
    if time_zone and time_zone not in available_timezones():
        fields["time_zone"] = [_("There is no time zone called %(name)s.") % {"name": time_zone}]
    wanted = (external_id or "").strip()
    others = Unit.objects.exclude(pk=unit.pk if unit else 0)
    if wanted and others.filter(external_id=wanted).exists():
        fields["external_id"] = [_("Another unit has this external id.")]
    if fields:
        raise Invalid(" ".join(t for texts in fields.values() for t in texts), fields=fields)
