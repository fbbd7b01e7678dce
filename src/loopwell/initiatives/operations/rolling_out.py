"""Where does it begin when, what is it compared with, and what does it wait for?"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.models import Unit
from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.initiatives.models import Initiative, RollOut
from loopwell.initiatives.operations.claiming import locked_to_work, refuse, tell
from loopwell.initiatives.queries.seeing import visible_to
from loopwell.initiatives.rules.dependencies import circle
from loopwell.kit.errors import NotFound


@transaction.atomic
def roll_out(
    *, actor: Actor, now: datetime, initiative: Initiative, unit: Unit, on: date
) -> RollOut:
    """From this day; said again for the same unit it is another day."""
    row = locked_to_work(actor, initiative)
    _check_units(actor, row, [unit])
    if row.comparison.filter(pk=unit.pk).exists():
        refuse({"unit": [_("%(unit)s is compared with: take it from there first.")
                         % {"unit": unit}]})  # fmt: skip
    made, _new = RollOut.objects.update_or_create(
        initiative=row, unit=unit, defaults={"on": on, "by_id": actor.user_id, "at": now}
    )
    tell(actor, now, row, "rolled_out", unit=unit.pk, on=on.isoformat())
    return made


@transaction.atomic
def stop_roll_out(*, actor: Actor, now: datetime, initiative: Initiative, unit: Unit) -> None:
    """It is not rolled out there; what was measured of it is measured anew."""
    row = locked_to_work(actor, initiative)
    if not row.roll_outs.filter(unit=unit).delete()[0]:
        raise NotFound(_("It is not rolled out there."))
    tell(actor, now, row, "roll_out_removed", unit=unit.pk)


@transaction.atomic
def compare_with(
    *, actor: Actor, now: datetime, initiative: Initiative, units: Sequence[Unit]
) -> None:
    """Units that stay as they are; none means all it is meant for that have no roll-out.

    They may lie outside of what it is meant for.
    """
    row = locked_to_work(actor, initiative)
    known = visible_units(actor).filter(pk__in=[unit.pk for unit in units])
    if known.count() != len({unit.pk for unit in units}):
        refuse({"units": [_("Choose units that you see.")]})
    treated = row.roll_outs.filter(unit__in=units).select_related("unit").first()
    if treated is not None:
        refuse({"units": [_("It is rolled out in %(unit)s: that cannot be compared with.")
                          % {"unit": treated.unit}]})  # fmt: skip
    row.comparison.set(units)
    tell(actor, now, row, "compared", units=[unit.pk for unit in units])


@transaction.atomic
def depend_on(
    *, actor: Actor, now: datetime, initiative: Initiative, others: Sequence[Initiative]
) -> None:
    """It cannot be done without these; circles are refused."""
    wanted = {other.pk for other in others}
    both = Initiative.objects.filter(pk__in={initiative.pk, *wanted}).order_by("pk")
    list(both.select_for_update())  # always in this order: two such changes cannot block each other
    row = locked_to_work(actor, initiative)
    if visible_to(actor).filter(pk__in=wanted).count() != len(wanted):
        raise NotFound(_("There is no such initiative."))
    if way := circle(row.pk, _needs() | {row.pk: wanted}):
        titles = dict(Initiative.objects.filter(pk__in=way).values_list("pk", "title"))
        words = " → ".join(titles[pk] for pk in way)
        refuse({"others": [_("They would wait for each other: %(way)s") % {"way": words}]})
    row.depends_on.set(wanted)
    tell(actor, now, row, "depends", others=sorted(wanted))


def _needs() -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    through = Initiative.depends_on.through._default_manager
    for one, other in through.values_list("from_initiative_id", "to_initiative_id"):
        found.setdefault(one, set()).add(other)
    return found


def _check_units(actor: Actor, initiative: Initiative, units: Sequence[Unit]) -> None:
    """Only where it is meant to be, and where the actor looks."""
    paths = list(initiative.units.values_list("path", flat=True))
    known = set(
        visible_units(actor).filter(pk__in=[u.pk for u in units]).values_list("pk", flat=True)
    )
    for unit in units:
        if unit.pk not in known:
            raise NotFound(_("There is no such unit."))
        if paths and not unit.path.startswith(tuple(paths)):
            refuse({"unit": [_("It is not meant for %(unit)s.") % {"unit": unit}]})
