"""What shows an issue, of which the reader may see how much, and who has it?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import ROLE_RIGHTS, Actor
from loopwell.cases.models import Case
from loopwell.cases.queries import visible_to as visible_cases
from loopwell.huddles.enums import IssueState
from loopwell.huddles.models import Evidence, Issue
from loopwell.responses.models import Response
from loopwell.responses.queries import visible_to as visible_answers


@dataclass(frozen=True)
class Piece:
    """One customer's experience; at least one of the two is there."""

    case: Case | None
    response: Response | None


@dataclass(frozen=True)
class Pieces:
    """What the reader may open, and how many more there are."""

    seen: Sequence[Piece]
    hidden: int


def pieces_of(actor: Actor, issue: Issue) -> Pieces:
    rows = list(Evidence.objects.filter(issue=issue).order_by("pk"))
    cases = visible_cases(actor).select_related("customer", "response", "unit")
    known_cases = cases.in_bulk([row.case_id for row in rows if row.case_id])
    known = {}
    if actor.may(Right.READ_ANSWERS):
        answers = visible_answers(actor).select_related("customer", "unit")
        known = answers.in_bulk([row.response_id for row in rows if row.response_id])
    found = [
        Piece(known_cases.get(row.case_id or 0), known.get(row.response_id or 0)) for row in rows
    ]
    seen = [piece for piece in found if piece.case or piece.response]
    return Pieces(seen, len(found) - len(seen))


@dataclass(frozen=True)
class StepLine:
    """One change of an issue's state."""

    state: IssueState
    by_id: int | None
    who: str
    text: str
    at: datetime


def steps_of(issue: Issue) -> Sequence[StepLine]:
    """The oldest first."""
    rows = issue.steps.select_related("by").order_by("pk")
    return [
        StepLine(IssueState(row.state), row.by_id, str(row.by or ""), row.text, row.at)
        for row in rows
    ]


def voices_by_unit(issue: Issue) -> Sequence[tuple[str, int]]:
    """Names of units with how many of their people have the issue, most first."""
    rows = issue.supporters.values_list("unit__name", flat=True)
    return Counter(name or "–" for name in rows).most_common()


def can_take_work(actor: Actor) -> QuerySet[User]:
    """People who can be given the work on an issue: who leads, runs the programme, or works in a
    back-office function; not who serves customers all day."""
    busy = {Right.WORK_CASES}
    leads = {Right.COACH, Right.RUN_SURVEYS}
    roles = [role for role, rights in ROLE_RIGHTS.items() if rights & leads or not rights & busy]
    rows = User.objects.filter(actor.scope.rows(), is_active=True, memberships__role__in=roles)
    return rows.select_related("unit").distinct().order_by("name", "pk")
