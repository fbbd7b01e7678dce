"""What did the demo company change, and what does it think of changing next?

Two fixes are in its numbers: delivery slots, which work, and another layout of the bill, which
does not. The rest are ideas that wait for money.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from loopwell.access.enums import Role
from loopwell.access.models import Unit, User
from loopwell.demo import records
from loopwell.demo.loading_people import People
from loopwell.initiatives.enums import Kind, Origin, State
from loopwell.initiatives.models import (
    Comment,
    Initiative,
    Milestone,
    RollOut,
    StateChange,
    Task,
)
from loopwell.themes.models import Theme

WHY = {
    "delivery-time-slots": "Because customers wait a whole day for a parcel, we tell them two "
    "hours in which it comes, so that fewer find nobody at the door and fewer call us.",
    "billing-letter-redesign": "Because many do not understand their bill, we sort it anew and "
    "write out what each line is, so that fewer think that it is wrong.",
}
EXPECTED = {
    "delivery-time-slots": (-2.5, 2.0, 1.0, 3.5),
    "billing-letter-redesign": (-1.5, 1.0, 0.0, 2.0),
}
"""Percentage points of the problem's share; points of NPS, from, to."""


@dataclass(frozen=True)
class Idea:
    title: str
    theme: str
    function: str
    nps: tuple[float, float, float] | None
    cost: int | None
    people: str
    profit: tuple[int, int, int] | None = None
    kind: Kind = Kind.FIX
    agreed: bool = False


IDEAS = (
    Idea("Call back instead of holding the line", "long-waiting", "Customer service",
         (3.0, 1.0, 5.0), 45_000, "1.5", agreed=True),
    Idea("One person sees a repair through", "not-solved-first-time", "Customer service",
         (2.5, 0.5, 5.0), 120_000, "4.0"),
    Idea("Say the new price before it is on the bill", "price", "Billing",
         (1.5, 0.5, 2.5), 15_000, "0.5", (40_000, 10_000, 70_000), agreed=True),
    Idea("Two more masts at the coast", "network-coverage", "Technology",
         (1.0, 0.0, 3.0), 400_000, "2.0"),
    Idea("Guided search for faults in the app", "app-problem", "Technology", None, None, "1.0"),
    Idea("A shop in Kamionna station", "", "Sales", None, 260_000, "3.0",
         (90_000, 20_000, 150_000), Kind.COMPETES),
)  # fmt: skip


def load_initiatives(company: records.Company, people: People, now: datetime) -> None:
    chief, lead, money = (_person(r) for r in (Role.EXECUTIVE, Role.PROGRAMME, Role.FINANCE))
    for fix in company.fixes:
        _fix(company, people, fix, chief, lead, now)
    for place, idea in enumerate(IDEAS):
        _idea(idea, lead, money, now - timedelta(days=40 - 5 * place))


def _person(role: Role) -> User | None:
    rows = User.objects.filter(is_demo=True, is_active=True, memberships__role=role)
    return rows.order_by("pk").first()


def _fix(
    company: records.Company, people: People, fix: records.Fix, chief: User | None,
    lead: User | None, now: datetime,
) -> None:  # fmt: skip
    first = min(step.starts_on for step in fix.steps)
    share, nps, low, high = EXPECTED[fix.slug]
    begun = _noon(first - timedelta(days=60))
    made = Initiative.objects.create(
        title=fix.names.en, state=State.RUNNING, state_at=_noon(first),
        hypothesis=WHY[fix.slug], owner_id=people.employees[fix.owner], sponsor=chief,
        share=share, nps=nps, nps_low=low, nps_high=high, currency="EUR",
        cost=Decimal(fix.cost), budget=Decimal(fix.cost), people=Decimal(2),
        origin=Origin.PAIN_MAP, by=lead, at=begun, is_demo=True,
        due_on=now.date() + timedelta(days=90),
    )  # fmt: skip
    made.themes.set(Theme.objects.filter(slug=fix.cause))
    for state, at in ((State.IDEA, begun), (State.APPROVED, begun + timedelta(days=20)),
                      (State.RUNNING, _noon(first))):  # fmt: skip
        StateChange.objects.create(initiative=made, state=state, by=chief or lead, at=at)
    units = [
        RollOut(
            initiative=made,
            unit_id=people.units[key],
            on=step.starts_on,
            by=lead,
            at=_noon(step.starts_on),
        )
        for step in fix.steps
        for key in step.units
    ]
    RollOut.objects.bulk_create(units)
    made.units.set(Unit.objects.filter(pk__in={each.unit_id for each in units}))
    Milestone.objects.create(
        initiative=made, title="First units work in the new way", due_on=first,
        done_at=_noon(first), done_by=lead,
    )  # fmt: skip
    Task.objects.create(
        initiative=made, what="Tell the call centre what to say about it",
        function="Customer service", due_on=first, done_at=_noon(first), done_by=lead,
    )  # fmt: skip
    Comment.objects.create(
        initiative=made, by=lead, at=_noon(first + timedelta(days=30)),
        text="The first month runs without trouble; let us look at the numbers after three.",
    )  # fmt: skip


def _idea(idea: Idea, lead: User | None, money: User | None, at: datetime) -> None:
    nps, profit = idea.nps or (None,) * 3, idea.profit or (None,) * 3
    made = Initiative.objects.create(
        title=idea.title, kind=idea.kind, state=State.IDEA, state_at=at, function=idea.function,
        nps=nps[0], nps_low=nps[1], nps_high=nps[2], currency="EUR",
        cost=None if idea.cost is None else Decimal(idea.cost), people=Decimal(idea.people),
        profit=profit[0], profit_low=profit[1], profit_high=profit[2],
        origin=Origin.PAIN_MAP if idea.theme else Origin.OTHER, by=lead, at=at, is_demo=True,
        agreed_by=money if idea.agreed else None,
        agreed_at=at + timedelta(days=3) if idea.agreed and money else None,
    )  # fmt: skip
    made.themes.set(Theme.objects.filter(slug=idea.theme))
    StateChange.objects.create(initiative=made, state=State.IDEA, by=lead, at=at)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
