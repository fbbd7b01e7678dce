"""Which huddles did two teams of the demo company hold, and what did they commit to?"""

from datetime import datetime, timedelta

from loopwell.access.enums import Role
from loopwell.access.models import Membership, Unit, User
from loopwell.huddles.enums import CommitmentState
from loopwell.huddles.models import Commitment, Huddle
from loopwell.huddles.rules.weeks import monday_of
from loopwell.responses.models import Response

WEEKS = 8
NOTES = (
    "Two customers praised the new slots. We stop promising mornings.",
    "Short one: everybody was on the floor. The router story again.",
    "We listened to a call together. Apologise first, it works.",
)
COMMITMENTS = (
    ("Call every customer half an hour before we come", "done", "Nobody missed us this week."),
    ("Write the end of the discount into every new contract", "done", "In all contracts since."),
    ("Ask the warehouse for a second van on Saturdays", "dropped", "They have none before spring."),
    ("Put the map of faults on the screen in the back room", "open", ""),
    ("Each of us calls back one unhappy customer by Thursday", "open", ""),
)
DAY = timedelta(days=1)


def load_huddles(now: datetime) -> None:
    """The region of the manager newcomers log in as, and the team below it with most answers."""
    rows = Membership.objects.filter(
        role__in=[Role.MANAGER, Role.SUPERVISOR], user__is_demo=True, unit__parent__isnull=False
    ).select_related("user", "unit")
    first = rows.filter(role=Role.MANAGER).order_by("user_id").first()
    if first is None:
        return
    _team(first.unit, first.user, now)
    below = rows.filter(unit__path__startswith=first.unit.path).exclude(unit=first.unit)
    leaders = {row.unit: row.user for row in below.order_by("-pk")}
    if leaders:
        best = max(leaders, key=lambda unit: Response.objects.filter(unit=unit).count())
        _team(best, leaders[best], now)


def _team(unit: Unit, leader: User, now: datetime) -> None:
    this = monday_of(now.date())
    people = list(User.objects.filter(unit=unit, is_active=True).order_by("pk")[:6]) or [leader]
    Huddle.objects.bulk_create(
        Huddle(
            unit=unit, week=this - i * 7 * DAY, held_at=now - i * 7 * DAY, held_by=leader,
            attended=len(people) - i % 2, notes=NOTES[i % len(NOTES)], is_demo=True,
        )
        for i in range(1, WEEKS)
    )  # fmt: skip
    Commitment.objects.bulk_create(
        Commitment(
            unit=unit, what=what, owner=people[i % len(people)], week=this - (6 - i) * 7 * DAY,
            due_on=this - (5 - i) * 7 * DAY + 3 * DAY, state=CommitmentState(state),
            outcome=outcome, by=leader, at=now - (6 - i) * 7 * DAY, is_demo=True,
            ended_at=None if state == "open" else now - (5 - i) * 7 * DAY,
        )
        for i, (what, state, outcome) in enumerate(COMMITMENTS)
    )  # fmt: skip
