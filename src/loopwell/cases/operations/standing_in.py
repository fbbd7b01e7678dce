"""Whose customers would wait because somebody is away, and who calls them instead?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Route
from loopwell.cases.models import Assignment, Case, Rule
from loopwell.cases.operations.giving import assigned, given_to
from loopwell.cases.queries import Claim, Routed, calendar_for, calendars, routes
from loopwell.cases.queries.routing import Away, absences_around
from loopwell.journal.operations import append

AT_ONCE = 500
RELATED = ("unit", "account", "customer", "rule__training", "response__employee",
           "invitation__employee")  # fmt: skip


def stand_in(*, now: datetime) -> int:
    """Gives what must be called while its owner is away to the deputy, else as routing says.

    Only first contacts due before they are back; what somebody gave them during the absence
    stays, and on their return nothing moves back by itself. May be called again.
    """
    away = absences_around(now)
    moved = after = 0
    while rows := _owned_by(away, after):
        after = rows[-1].pk
        moved += _move(rows, away, now)
    return moved


def _owned_by(away: Mapping[int, Sequence[Away]], after: int) -> list[Case]:
    if not away:
        return []
    newest = Assignment.objects.filter(case=OuterRef("pk")).order_by("-pk")
    rows = Case.objects.filter(owner_id__in=away, closed_at=None, reached_at=None, pk__gt=after)
    given = rows.annotate(
        given_at=Subquery(newest.values("at")[:1]), given_by=Subquery(newest.values("route")[:1])
    )
    return list(given.select_related(*RELATED).order_by("pk")[:AT_ONCE])


@transaction.atomic
def _move(rows: Sequence[Case], away: Mapping[int, Sequence[Away]], now: datetime) -> int:
    hours = calendars({case.unit_id: case.unit for case in rows if case.unit}.values())
    company = calendar_for(None).zone
    waiting = []
    for case in rows:
        zone = hours[case.unit_id].zone if case.unit_id in hours else company
        if any(_waits(case, each, zone, now) for each in away[case.owner_id or 0]):
            waiting.append(case)
    routed = _deputies(waiting, now)
    moved = [case for case in waiting if routed[case.pk].owner_id not in (None, case.owner_id)]
    before = {case.pk: case.owner_id for case in moved}
    for case in moved:
        case.owner_id = routed[case.pk].owner_id
        case.version = F("version") + 1  # whoever works on it now is told
    Case.objects.bulk_update(moved, ["owner", "version"], batch_size=500)
    given = [given_to(routed[case.pk], case=case, now=now) for case in moved]
    saved = Assignment.objects.bulk_create(given)
    append(actor=SYSTEM, now=now, events=[assigned(row, before[row.case_id]) for row in saved])
    return len(moved)


def _waits(case: Case, away: Away, zone: ZoneInfo, now: datetime) -> bool:
    """Its owner is away today, was when they got it not yet known to be, and it is due before
    they are back; days are those of the unit."""
    begin = datetime.combine(away.starts_on, time(), zone)
    end = datetime.combine(away.ends_on + timedelta(days=1), time(), zone)
    given_at: datetime = getattr(case, "given_at") or case.opened_at  # noqa: B009 annotation
    return begin <= now < end and case.due_at < end and given_at <= max(begin, away.entered_at)


def _deputies(waiting: Sequence[Case], now: datetime) -> dict[int, Routed]:
    """The owner's deputy where one is there, else as if the case were new."""
    first = routes((_for_the_owner(case) for case in waiting), now=now)
    found: dict[int, Routed] = {}
    for case in waiting:
        routed = first[case.pk]
        if routed.instead_of is not None and routed.instead_of == case.owner_id:
            by = getattr(case, "given_by") or Route.PERSON  # noqa: B009 annotation
            found[case.pk] = replace(routed, route=Route(by))
    rest = [Claim.of(case) for case in waiting if case.pk not in found]
    return found | routes(rest, now=now)


def _for_the_owner(case: Case) -> Claim:
    """As if a rule named them: the one away, with what the real rule asks of whoever calls."""
    rule = Rule(route=Route.PERSON, route_person_id=case.owner_id)
    if case.rule:
        rule.skill, rule.training = case.rule.skill, case.rule.training
    return replace(Claim.of(case), rule=rule)
