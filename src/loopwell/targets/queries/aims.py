"""Which targets does somebody see, whose may they set, and which one holds for a unit?"""

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.queries import root_unit, units_within
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import NotFound
from loopwell.targets.models import Target


def visible_targets(actor: Actor) -> QuerySet[Target]:
    """Those of the actor's units, and of all above: everybody knows what the whole aims at."""
    require(actor, Right.READ_ANSWERS)
    rows = Target.objects.select_related("unit", "set_by", "above")
    scope = actor.within(Right.READ_ANSWERS)
    if scope.everything:
        return rows
    above = {int(part) for path in scope.paths for part in path.split("/") if part}
    return rows.filter(Q(unit=None) | scope.rows() | Q(unit_id__in=above))


def target_by_ref(actor: Actor, ref: str) -> Target:
    found = visible_targets(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such target."))
    return found


def units_to_aim_for(actor: Actor) -> QuerySet[Unit]:
    """Where the actor may set targets: in and below the units where they have the right."""
    return units_within(actor.within(Right.SET_TARGETS)).select_related("parent")


def company_unit() -> Unit | None:
    """The top of the tree: its target is the company's."""
    return root_unit()


def nearest_targets(
    targets: Iterable[Target], units: Iterable[Unit], company: Unit | None
) -> Mapping[int, Target]:
    """By unit id the one that holds for it: its own, else that of the nearest unit above.

    The targets given speak of one metric, kind, channel, touchpoint and stretch of time. A
    target without a unit is that of the top.
    """
    by_unit = {(t.unit_id or (company.pk if company else 0)): t for t in targets}
    found: dict[int, Target] = {}
    for unit in units:
        for above in reversed([int(part) for part in unit.path.strip("/").split("/")]):
            if above in by_unit:
                found[unit.pk] = by_unit[above]
                break
    return found
