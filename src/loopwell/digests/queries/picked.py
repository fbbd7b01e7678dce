"""Which comments should this person read and which call should they hear this week?

Chosen at random, the same all week: each candidate gets a number from person, week and
itself, and the lowest win, so that what arrives meanwhile changes nothing.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.cases.models import Callback, Case
from loopwell.cases.queries import visible_to as visible_cases
from loopwell.digests.models import Heard
from loopwell.digests.rules import monday
from loopwell.responses.models import Response
from loopwell.responses.queries import visible_to as visible_answers
from loopwell.surveys.enums import OUR_CUSTOMERS

COMMENTS, CANDIDATES = 3, 3000
LOOKED_BACK = timedelta(days=28)


@dataclass(frozen=True)
class Call:
    """An open case to listen in on: when, agreed with the customer or due, and with whom."""

    case: Case
    at: datetime
    agreed: bool


@dataclass(frozen=True)
class Picked:
    """`heard` are the references of those marked as read this week."""

    week: date
    comments: Sequence[Response]
    call: Call | None
    heard: frozenset[str]


def picked(actor: Actor, now: datetime, today: date) -> Picked:
    week = monday(today)
    seed = f"{actor.ref}-{week.isoformat()}"
    marked = Heard.objects.filter(user__ref=actor.ref, week=week).values_list("ref", flat=True)
    return Picked(week, _comments(actor, week, seed), _call(actor, now, seed), frozenset(marked))


def _comments(actor: Actor, week: date, seed: str) -> Sequence[Response]:
    if not actor.may(Right.READ_ANSWERS):
        return []
    until = datetime.combine(week, time(), UTC)
    rows = visible_answers(actor).filter(
        answered_at__gte=until - LOOKED_BACK, answered_at__lt=until, kind__in=OUR_CUSTOMERS
    )
    ids = rows.exclude(comment="").order_by("-answered_at").values_list("pk", flat=True)
    chosen = _lowest(ids[:CANDIDATES], seed, COMMENTS)
    related = ("customer", "account", "unit", "case")
    found = visible_answers(actor).select_related(*related).in_bulk(chosen)
    return [found[pk] for pk in chosen if pk in found]


def _call(actor: Actor, now: datetime, seed: str) -> Call | None:
    """One with an agreed hour before one that is merely due."""
    cases = visible_cases(actor).filter(closed_at=None, owner__isnull=False)
    cases = cases.exclude(owner_id=actor.user_id)
    agreed = dict(
        Callback.objects.filter(case__in=cases, call_at__gte=now)
        .order_by("id")
        .values_list("case_id", "call_at")[:CANDIDATES]
    )
    ids: Iterable[int] = (
        agreed
        or cases.filter(reached_at=None)
        .order_by("next_step_at")
        .values_list("pk", flat=True)[:CANDIDATES]
    )
    chosen = _lowest(ids, seed, 1)
    related = ("customer", "unit", "owner", "response")
    case = cases.filter(pk__in=chosen).select_related(*related).first()
    if case is None:
        return None
    return Call(case, agreed.get(case.pk, max(case.next_step_at, now)), case.pk in agreed)


def _lowest(ids: Iterable[int], seed: str, wanted: int) -> list[int]:
    return sorted(ids, key=lambda pk: hashlib.sha256(f"{seed}-{pk}".encode()).digest())[:wanted]
