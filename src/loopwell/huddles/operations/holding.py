"""How is a huddle held, so that its numbers stay as they were told?"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor, require
from loopwell.cases.queries.calendars import local_days
from loopwell.huddles.models import Huddle
from loopwell.huddles.queries.agenda import agenda, facts_of
from loopwell.huddles.queries.teams import may_lead
from loopwell.huddles.rules.weeks import monday_of
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid


def hold_huddle(
    *,
    actor: Actor,
    now: datetime,
    unit: Unit,
    week: date,
    notes: str = "",
    attended: int | None = None,
) -> Huddle:
    """Notes can be changed later; the numbers are kept as they are at the first time."""
    _check_actor(actor, unit)
    monday = monday_of(week)
    if monday > local_days([unit], now)[unit.pk]:
        raise Conflict(_("This week has not begun."))
    if attended is not None and not 1 <= attended <= 500:
        message = _("Say how many of the team were there: 1 to 500.")
        raise Invalid(message, fields={"attended": [message]})
    facts = facts_of(
        agenda(actor, unit, monday, now)
    ).to_json()  # before the lock: it takes a while
    with transaction.atomic():
        huddle, _is_new = Huddle.objects.select_for_update().get_or_create(unit=unit, week=monday)
        first = huddle.held_at is None
        if first:
            huddle.held_at, huddle.held_by_id, huddle.facts = now, actor.user_id, facts
        huddle.notes, huddle.attended = notes.strip(), attended
        huddle.save()
        what = "huddle.held" if first else "huddle.changed"
        payload = {"unit": unit.pk, "week": monday.isoformat()}
        append(actor=actor, now=now, events=[Event(what, "huddle", huddle.pk, payload)])
    return huddle


@transaction.atomic
def not_held(*, actor: Actor, now: datetime, huddle: Huddle) -> Huddle:
    """Marked by mistake: its notes stay, its numbers are reckoned anew."""
    _check_actor(actor, huddle.unit)
    huddle.held_at, huddle.held_by, huddle.facts = None, None, {}
    huddle.save()
    payload = {"unit": huddle.unit_id, "week": huddle.week.isoformat()}
    append(actor=actor, now=now, events=[Event("huddle.taken_back", "huddle", huddle.pk, payload)])
    return huddle


def _check_actor(actor: Actor, unit: Unit) -> None:
    require(actor, Right.COACH)
    if not may_lead(actor, unit):
        raise Forbidden(_("This team is led by others."))
