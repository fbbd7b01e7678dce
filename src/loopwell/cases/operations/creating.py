"""How are cases written that rules call for: with whom, how urgent and until when?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Assignment, Case, Rule
from loopwell.cases.operations.giving import given_to
from loopwell.cases.queries import Claim, calendar_for, calendars, routes
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.working_time import Calendar, add_working_hours


@dataclass(frozen=True)
class Call:
    """A customer to be called from `at` on by `rule`; `case` lacks what rule and routing say.

    The key of `claim` tells calls of one batch apart; the case's unit is loaded.
    """

    case: Case
    rule: Rule
    at: datetime
    claim: Claim


def create_cases(calls: Sequence[Call], *, now: datetime) -> list[Case]:
    """Routes, dates and saves them, in a handful of queries for any number."""
    if not calls:
        return []
    routed = routes((call.claim for call in calls), now=now)
    hours = working_hours_of([call.case for call in calls])
    for call in calls:
        call.case.owner_id = routed[call.claim.key].owner_id
        call.case.rule = call.rule
        call.case.priority = call.rule.priority
        call.case.opened_at = call.case.next_step_at = call.at
        set_deadlines(call.case, call.rule, at=call.at, hours=hours)
    cases = Case.objects.bulk_create([call.case for call in calls])
    Assignment.objects.bulk_create(
        [
            given_to(routed[call.claim.key], case=case, now=now)
            for case, call in zip(cases, calls, strict=True)
        ]
    )
    append(actor=SYSTEM, now=now, events=[_opened(case) for case in cases])
    return cases


def working_hours_of(cases: Sequence[Case]) -> Mapping[int | None, Calendar]:
    """By unit; None is the company's."""
    units = {case.unit_id: case.unit for case in cases if case.unit}
    return {None: calendar_for(None), **dict(calendars(units.values()).items())}


def set_deadlines(
    case: Case, rule: Rule, *, at: datetime, hours: Mapping[int | None, Calendar]
) -> None:
    """First contact and, where the rule says so, the solution: in working hours from `at`."""
    calendar = hours[case.unit_id]
    case.due_at = add_working_hours(at, rule.due_working_hours, calendar)
    solve = rule.resolve_working_hours
    case.resolve_by = None if solve is None else add_working_hours(at, solve, calendar)


def _opened(case: Case) -> Event:
    payload = {
        "response": case.response_id,
        "customer": case.customer_id,
        "account": case.account_id,
        "unit": case.unit_id,
        "owner": case.owner_id,
        "rule": case.rule_id,
        "score": case.score,
    }
    if case.invitation_id is not None:
        payload["invitation"] = case.invitation_id
    return Event("case.opened", "case", case.pk, payload)
