"""Which issues were raised, who sees them, and which were answered?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.access.queries import units_within
from loopwell.access.queries.holders import nearest_holders
from loopwell.access.rules import Actor, Scope
from loopwell.huddles.enums import IssueState
from loopwell.huddles.models import Issue, IssueStep, Supporter
from loopwell.huddles.rules.likeness import ENOUGH, Likeness, Wording, likeness
from loopwell.kit.errors import NotFound

OPEN = (IssueState.NEW, IssueState.ASKED, IssueState.ACCEPTED)
REACTIONS = (IssueState.ASKED, IssueState.ACCEPTED, IssueState.ANSWERED)
COMPARED, LIKELY = 500, 5
MEASURED = timedelta(days=90)


@dataclass(frozen=True)
class Likely:
    """An issue that may be the same one."""

    issue: Issue
    likeness: Likeness


@dataclass(frozen=True)
class Answering:
    """How long it took until those who raised an issue got an answer, over `days` days."""

    answered: int
    waiting: int
    median_days: float | None
    days: int


def is_office(actor: Actor) -> bool:
    """Whether they answer issues: those who run the programme of the whole company."""
    return actor.within(Right.RUN_SURVEYS).everything


def office() -> list[int]:
    return nearest_holders(Right.RUN_SURVEYS, None)


def visible_to(actor: Actor) -> QuerySet[Issue]:
    """Those of the actor's units, those they raised or support, and those they work on."""
    rows = Issue.objects.select_related("unit", "theme", "by", "work_owner", "joined_to")
    if is_office(actor) or actor.within(Right.READ_CASES).everything:
        return rows
    me = actor.user_id or 0
    mine = Issue.objects.filter(supporters__user_id=me).values("pk")
    own = Q(by_id=me) | Q(work_owner_id=me) | Q(pk__in=mine)
    return rows.filter(actor.within(Right.READ_CASES).rows() | own)


def issue_by_ref(actor: Actor, ref: str) -> Issue:
    found = visible_to(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such issue."))
    return found


def listed(actor: Actor, state: IssueState | None = None) -> QuerySet[Issue]:
    """Of one state, else the actor's own; with `voices` (who has it) and `shown` (evidence).
    New ones: what most people have first, then what waits longest; others: the newest first."""
    rows = visible_to(actor)
    rows = rows.filter(state=state) if state else rows.filter(_mine(actor))
    rows = rows.annotate(
        voices=Count("supporters", distinct=True), shown=Count("evidence", distinct=True)
    )
    return rows.order_by(*(("-voices", "pk") if state == IssueState.NEW else ("-pk",)))


def counts(actor: Actor) -> dict[str, int]:
    """By state; "mine" are those the actor raised or supports."""
    rows = visible_to(actor)
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {**found, "mine": rows.filter(_mine(actor)).count()}


def _mine(actor: Actor) -> Q:
    me = actor.user_id or 0
    return Q(by_id=me) | Q(pk__in=Supporter.objects.filter(user_id=me).values("issue_id"))


def may_raise(actor: Actor) -> bool:
    return actor.may(Right.WORK_CASES) or actor.may(Right.COACH)


def units_to_raise_for(actor: Actor) -> QuerySet[Unit]:
    """Where they work cases or lead; account managers and the like: where they belong."""
    both = [actor.within(right) for right in (Right.WORK_CASES, Right.COACH)]
    scope = Scope(
        everything=any(each.everything for each in both),
        paths=tuple({path for each in both for path in each.paths}),
    )
    own = User.objects.filter(pk=actor.user_id or 0, unit__isnull=False).values("unit")
    reached = units_within(scope).values("pk")
    return Unit.objects.filter(Q(pk__in=reached) | Q(pk__in=own)).order_by("path")


def has_it(actor: Actor, issue: Issue) -> bool:
    """Whether the actor raised the issue or supports it."""
    return actor.user_id is not None and (
        issue.by_id == actor.user_id or issue.supporters.filter(user_id=actor.user_id).exists()
    )


def likely_duplicates(
    actor: Actor, wording: Wording, *, apart: Issue | None = None
) -> list[Likely]:
    """Of what the actor sees the most alike, open ones first; the newest 500 are compared."""
    rows = visible_to(actor).exclude(state=IssueState.JOINED)
    rows = rows.exclude(pk=apart.pk) if apart else rows
    found = [
        Likely(row, likeness(wording, Wording(row.title, row.text, row.theme_id)))
        for row in rows[:COMPARED]
    ]
    found = [each for each in found if each.likeness.score >= ENOUGH and each.likeness.words]
    found.sort(key=lambda each: (each.issue.state not in OPEN, -each.likeness.score))
    return found[:LIKELY]


def answering(actor: Actor, now: datetime) -> Answering:
    """Of the issues the actor sees that got their first answer lately."""
    rows = visible_to(actor)
    since = rows.filter(first_answer_at__gte=now - MEASURED).order_by()
    took = [(end - start).total_seconds() / 86400 for start, end in
            since.values_list("at", "first_answer_at") if end is not None]  # fmt: skip
    waiting = rows.filter(first_answer_at=None).exclude(state=IssueState.JOINED).count()
    return Answering(len(took), waiting, median(took) if took else None, MEASURED.days)


def _of_unit(unit: Unit) -> Q:
    """Raised for the unit or one below it, or supported from there."""
    path = unit.path
    supported = Supporter.objects.filter(unit__path__startswith=path).values("issue_id")
    return Q(unit__path__startswith=path) | Q(pk__in=supported)


def answers_for(unit: Unit, since: datetime) -> Sequence[Issue]:
    """Issues of a unit that were answered or taken into work since, the newest answer first;
    each with `told_at`."""
    rows = Issue.objects.filter(
        _of_unit(unit), state__in=[IssueState.ACCEPTED, IssueState.ANSWERED]
    )
    rows = rows.annotate(told_at=Max("steps__at", filter=Q(steps__state=F("state"))))
    rows = rows.filter(told_at__gte=since).select_related("unit", "work_owner")
    return list(rows.order_by("-told_at"))


def open_issues(unit: Unit) -> Sequence[Issue]:
    """What a unit raised and waits for, the oldest first."""
    rows = Issue.objects.filter(_of_unit(unit), state__in=OPEN)
    return list(rows.select_related("unit", "work_owner", "by").order_by("at", "pk"))


def to_answer(actor: Actor) -> QuerySet[Issue]:
    """What waits for the office, the oldest first; for everybody else nothing."""
    rows = Issue.objects.filter(state=IssueState.NEW) if is_office(actor) else Issue.objects.none()
    return rows.select_related("unit", "by").order_by("at", "pk")


def waiting_counts(actor: Actor) -> tuple[int, int]:
    """How many `unread_answers` and how many `to_answer` there are, in one query."""
    counted = Issue.objects.aggregate(
        news=Count("pk", filter=Q(pk__in=unread_answers(actor).order_by().values("pk"))),
        new=Count("pk", filter=Q(state=IssueState.NEW)),
    )
    return counted["news"], counted["new"] if is_office(actor) else 0


def unread_answers(actor: Actor) -> QuerySet[Issue]:
    """Issues of the actor that were answered, accepted or asked back and not looked at since."""
    unread = Supporter.objects.filter(user_id=actor.user_id or 0, seen_at=None)
    rows = Issue.objects.filter(pk__in=unread.values("issue_id"), state__in=REACTIONS)
    return rows.select_related("unit").order_by("-pk")


def state_before_asking(issue: Issue) -> IssueState:
    """To which an issue returns once its question is answered."""
    steps = IssueStep.objects.filter(issue=issue).exclude(state=IssueState.ASKED)
    last = steps.order_by("-pk").first()
    return IssueState.ACCEPTED if last and last.state == IssueState.ACCEPTED else IssueState.NEW
