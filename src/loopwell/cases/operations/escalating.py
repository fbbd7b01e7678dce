"""Which late cases go up a rung now, and to whom?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Late, Route
from loopwell.cases.models import Assignment, Case, Escalation, EscalationStep
from loopwell.cases.operations.giving import assigned
from loopwell.cases.queries import calendar_for, calendars
from loopwell.cases.queries.chain import Chain, chain_for
from loopwell.cases.queries.queue import LATE
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.working_time import Calendar, add_working_hours

AT_ONCE = 500
SINCE = timedelta(days=30)
"""Deadlines that passed longer ago go up no more: whoever could be told was told, or the ladder
is younger than they are."""
DEADLINES = {Late.CONTACT: "due_at", Late.RESOLVE: "resolve_by"}


@dataclass(frozen=True)
class _Climb:
    """One case that is due on one rung."""

    case: Case
    step: EscalationStep
    late: Late
    deadline: datetime


def escalate(*, now: datetime) -> int:
    """Takes every late case up the rungs it is due on, once for each; returns how many steps.

    May be called again at any moment; works through them in short transactions.
    """
    steps = list(EscalationStep.objects.all())
    climbed = 0
    for late in Late:
        for step in steps:
            after = 0
            while rows := _candidates(late, step, now, after):
                after = rows[-1].pk
                climbed += _climb(rows, late, step, now)
    return climbed


def _candidates(late: Late, step: EscalationStep, now: datetime, after: int) -> list[Case]:
    """Cases late for so long by the wall clock that they may be due on this rung."""
    column = DEADLINES[late]
    latest = now - timedelta(hours=step.after_working_hours)
    done = Escalation.objects.filter(
        case=OuterRef("pk"), step=step, late=late, deadline=OuterRef(column)
    )
    span = {f"{column}__lt": latest, f"{column}__gte": latest - SINCE}
    rows = Case.objects.filter(LATE[late], ~Exists(done), pk__gt=after, **span)
    return list(rows.select_related("unit", "owner").order_by("pk")[:AT_ONCE])


@transaction.atomic
def _climb(rows: Sequence[Case], late: Late, step: EscalationStep, now: datetime) -> int:
    hours = calendars({case.unit_id: case.unit for case in rows if case.unit}.values())
    company = calendar_for(None)
    due = []
    for case in rows:
        climb = _Climb(case, step, late, getattr(case, DEADLINES[late]))
        if _due_at(climb, hours.get(case.unit_id or 0, company)) <= now:
            due.append(climb)
    if not due:
        return 0
    locked = Case.objects.select_for_update().filter(
        pk__in=[c.case.pk for c in due], closed_at=None
    )
    versions = dict(locked.values_list("pk", "owner_id"))
    still = [c for c in due if versions.get(c.case.pk, -1) == c.case.owner_id]
    _go_up(still, chain_for([c.case for c in still], now), now)
    return len(still)


def _due_at(climb: _Climb, calendar: Calendar) -> datetime:
    """At once is at once; hours after it are those in which the unit works."""
    wait = climb.step.after_working_hours
    return add_working_hours(climb.deadline, wait, calendar) if wait else climb.deadline


def _go_up(climbs: Sequence[_Climb], chain: Chain, now: datetime) -> None:
    told = _told_already(climbs)
    rows = []
    for climb in climbs:
        known = frozenset(told[climb.case.pk, climb.late, climb.deadline])
        rows.append(
            Escalation(
                case=climb.case,
                step=climb.step,
                late=climb.late,
                deadline=climb.deadline,
                to_id=chain.target(climb.step, climb.case, known),
                at=now,
            )
        )
    saved = [row for row in Escalation.objects.bulk_create(rows) if row.to_id is not None]
    moved = {row.case_id: row.case.owner_id for row in saved if _takes_over(row)}
    given = _hand_over([row for row in saved if row.case_id in moved], now)
    for row in saved:
        row.case.escalated_to_id = row.to_id
    Case.objects.bulk_update([row.case for row in saved], ["escalated_to"], batch_size=500)
    events = [assigned(row, moved[row.case_id]) for row in given]
    append(actor=SYSTEM, now=now, events=[*events, *(_escalated(r, moved) for r in saved)])


def _takes_over(row: Escalation) -> bool:
    return bool(row.step and row.step.takes_over and row.to_id != row.case.owner_id)


def _told_already(climbs: Sequence[_Climb]) -> dict[tuple[int, str, datetime], set[int]]:
    """By case, promise and deadline: nobody hears of the same lateness twice."""
    found: dict[tuple[int, str, datetime], set[int]] = defaultdict(set)
    rows = Escalation.objects.filter(case_id__in=[c.case.pk for c in climbs], to__isnull=False)
    for case, late, deadline, to in rows.values_list("case_id", "late", "deadline", "to_id"):
        if to is not None:
            found[case, late, deadline].add(to)
    return found


def _hand_over(rows: Sequence[Escalation], now: datetime) -> list[Assignment]:
    for row in rows:
        row.case.owner_id = row.to_id
        row.case.version = F("version") + 1  # whoever works on it now is told
    Case.objects.bulk_update([row.case for row in rows], ["owner", "version"], batch_size=500)
    return Assignment.objects.bulk_create(
        [
            Assignment(
                case=row.case, owner_id=row.to_id, route=Route.ESCALATED, by=SYSTEM.label, at=now
            )
            for row in rows
        ]
    )


def _escalated(row: Escalation, moved: dict[int, int | None]) -> Event:
    """Who takes it over is told so by the entry that gives it to them."""
    payload = {
        "case": row.case_id,
        "response": row.case.response_id,
        "customer": row.case.customer_id,
        "escalation": row.pk,
        "late": str(row.late),
        "owner": moved.get(row.case_id, row.case.owner_id),
        "takes_over": row.case_id in moved,
        "tell": [] if row.case_id in moved else [row.to_id],
    }
    return Event("case.escalated", "case", row.case_id, payload)
