"""Which questions and dashboards did people of the demo company keep?"""

from datetime import datetime

from loopwell.access.enums import Role
from loopwell.access.models import Membership, User
from loopwell.access.queries import actor_for
from loopwell.access.rules import Actor
from loopwell.insights.dashboards import CardDraft, make_dashboard
from loopwell.insights.models import Dashboard, SavedQuestion
from loopwell.insights.saved_questions import keep_question

QUESTIONS = {
    "Shops by score": "by=unit&touchpoint=Shop+visit&period=12m",
    "When calls go wrong": "by=weekday&by2=hour&touchpoint=Call&period=12m",
    "What unhappy callers speak of": "metric=mentions&by=theme&touchpoint=Call&category=detractor",
}
TEXT = (
    "Mondays at nine. Look at the calls first, then at the shops; one thing each of us does "
    "differently this week."
)


def load_dashboards(now: datetime) -> None:
    """The programme manager's for all, and one that the manager of a part of the company keeps."""
    lead = _person(Role.PROGRAMME)
    if lead is not None:
        _monday(actor_for(lead), now)
    manager = _person(Role.MANAGER)
    if manager is not None:
        _own(actor_for(manager), now)
    owners = User.objects.filter(is_demo=True)
    Dashboard.objects.filter(owner__in=owners).update(is_demo=True)
    SavedQuestion.objects.filter(owner__in=owners).update(is_demo=True)


def _person(role: Role) -> User | None:
    found = (
        Membership.objects.filter(user__is_demo=True, user__is_active=True, role=role)
        .select_related("user")
        .order_by("pk")
        .first()
    )
    return found.user if found else None


def _monday(actor: Actor, now: datetime) -> None:
    kept = {
        name: keep_question(actor=actor, now=now, name=name, address=address, share="all")
        for name, address in QUESTIONS.items()
    }
    make_dashboard(
        actor=actor,
        now=now,
        name="Monday meeting",
        about="What we look at together at the beginning of the week.",
        share="all",
        cards=[
            CardDraft("", None, "period=30d"),
            CardDraft("", None, "metric=reached_in_time&period=30d"),
            CardDraft("How we use this page", None, f"text={TEXT}"),
            CardDraft("", kept["When calls go wrong"], width=2),
            CardDraft("", kept["What unhappy callers speak of"]),
            CardDraft("", kept["Shops by score"], width=3),
        ],
    )


def _own(actor: Actor, now: datetime) -> None:
    make_dashboard(
        actor=actor,
        now=now,
        name="My shops",
        cards=[
            CardDraft("", None, "grain=month&period=12m", 2),
            CardDraft("", None, "metric=answers&by=score"),
            CardDraft("", None, "by=employee&period=12m", 3),
        ],
    )
