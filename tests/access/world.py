"""What is there of North that somebody of South could try to act on?"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from loopwell.access.enums import Right, UnitKind
from loopwell.access.models import Absence, Unit, User
from loopwell.access.operations import create_api_key, create_unit
from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import NoteKind, RedressState, Stage
from loopwell.cases.models import (
    Case,
    CoachingNote,
    DayOff,
    File,
    FurtherAction,
    Letter,
    LetterTemplate,
    Redress,
    StrayMail,
    Training,
)  # fmt: skip
from loopwell.huddles.enums import CommitmentState
from loopwell.huddles.models import Commitment, Huddle, Issue
from loopwell.huddles.rules.weeks import monday_of
from loopwell.initiatives.models import Initiative, Link, Milestone, Raised, Task
from loopwell.notify.models import Target as Channel
from loopwell.people.models import Account, Customer
from loopwell.promoters.models import Promoter, Referral
from loopwell.responses.models import Response
from loopwell.stories.enums import StoryState
from loopwell.stories.models import Notice, Recognition, Story
from loopwell.targets.models import KeyFigure, Target
from tests import factories
from tests.conftest import Company

Row = TypeVar("Row", bound=Model)


class North:
    """One of everything of the unit; `north[Case]` is read anew each time."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.now: datetime = timezone.now()
        self.today: date = timezone.localdate(self.now)
        self._known: dict[type[Model], int] = {}
        self._answered()
        self._worked()
        self._led()

    def __getitem__(self, model: type[Row]) -> Row:
        return model._default_manager.get(pk=self._known[model])

    @property
    def unit(self) -> Unit:
        return Unit.objects.get(pk=self.company.north.pk)

    @property
    def fiona(self) -> User:
        return User.objects.get(pk=self.company.fiona.pk)

    @property
    def week(self) -> date:
        return monday_of(self.today)

    @property
    def tomorrow(self) -> date:
        return self.today + timedelta(days=1)

    @property
    def other_case(self) -> Case:
        return Case.objects.get(pk=self._other)

    @property
    def fresh_answer(self) -> Response:
        """One that nobody has a case or story about."""
        return Response.objects.get(pk=self._fresh)

    @property
    def later(self) -> date:
        return self.today + timedelta(days=30)

    @property
    def closed_case(self) -> Case:
        return Case.objects.get(pk=self._closed)

    @property
    def team(self) -> Unit:
        return Unit.objects.get(pk=self._team)

    @property
    def dropped(self) -> Commitment:
        return Commitment.objects.get(pk=self._dropped)

    @property
    def published(self) -> Story:
        return Story.objects.get(pk=self._published)

    @property
    def case_ids(self) -> list[int]:
        return [self._known[Case], self._other]

    def give_account_to(self, owner: User) -> None:
        """Account managers see what is of their accounts."""
        Account.objects.filter(pk=self._known[Account]).update(owner=owner)

    def _keep(self, row: Model) -> None:
        self._known[type(row)] = row.pk

    def _answered(self) -> None:
        unit, fiona = self.company.north, self.company.fiona
        account = factories.account(unit=unit)
        customer = factories.customer(unit=unit, account=account)
        facts: Any = {"unit": unit, "customer": customer, "account": account, "employee": fiona}
        answer = factories.response(score=2, comment="Slow", **facts)
        self._fresh = factories.response(score=9, comment="Fine", **facts).pk
        promoter = Promoter.objects.create(
            customer=customer, response_id=self._fresh, unit=unit, account=account, score=9,
            answered_at=self.now,
        )  # fmt: skip
        friend = Referral.objects.create(
            promoter=promoter, unit=unit, name="Friend", consent_at=self.now
        )
        for row in (account, customer, answer, promoter, friend):
            self._keep(row)

    def _case(self, answer: Response | None) -> Case:
        return Case.objects.create(
            response=answer, customer=self[Customer], account=self[Account], score=2,
            unit=self.company.north, owner=self.company.mark, opened_at=self.now,
            due_at=self.now, next_step_at=self.now,
        )  # fmt: skip

    def _worked(self) -> None:
        answer, fiona = self[Response], self.company.fiona
        case = self._case(answer)
        self._other = self._case(
            factories.response(customer=self[Customer], unit=self.company.north, score=3)
        ).pk
        closed = self._case(
            factories.response(customer=self[Customer], unit=self.company.north, score=4)
        )
        closed.stage, closed.closed_at = Stage.CLOSED, self.now
        closed.save()
        self._closed = closed.pk
        by: Any = {"case": case, "what": "x", "owner": self.company.mark}
        rows: list[Model] = [
            case,
            FurtherAction.objects.create(due_on=self.today, **by),
            Redress.objects.create(
                case=case, what="x", amount=Decimal(9), currency="EUR", by=fiona,
                state=RedressState.ASKED,
            ),
            CoachingNote.objects.create(
                response=answer, employee=fiona, kind=NoteKind.COACHING, text="x"
            ),
            File.objects.create(
                case=case, name="x.txt", media_type="text/plain", size=1, path="x", by=fiona
            ),
            Letter.objects.create(
                case=case, direction="out", address="x@mail.example", subject="x", text="x",
                message_id="<x@mail.example>", failed_at=self.now,
            ),
            LetterTemplate.objects.create(name="x"),
            StrayMail.objects.create(message_id="<y@mail.example>", why="x"),
            Training.objects.create(texts={"en": {"title": "x"}}),
        ]  # fmt: skip
        for row in rows:
            self._keep(row)

    def _led(self) -> None:
        unit, fiona, today = self.company.north, self.company.fiona, self.today
        key = create_api_key(
            actor=SYSTEM, name="x", rights=[Right.READ_ANSWERS], unit=unit, user=fiona
        )[0]
        self._team = create_unit(actor=SYSTEM, name="Desk", parent=unit, kind=UnitKind.TEAM).pk
        facts: Any = {"unit": unit, "what": "x", "owner": fiona, "due_on": today}
        self._dropped = Commitment.objects.create(
            week=self.week, state=CommitmentState.DROPPED, **facts
        ).pk
        self._published = Story.objects.create(
            title="x", text="y", unit=unit, state=StoryState.PUBLISHED
        ).pk
        rows: list[Model] = [
            key,
            Story.objects.create(title="x", text="y", unit=unit, case=self[Case]),
            Notice.objects.create(title="x", text="y", unit=unit),
            Recognition.objects.create(
                quarter=today.replace(month=1, day=1), employee=fiona, unit=unit, reason="x"
            ),
            Huddle.objects.create(unit=unit, week=self.week, held_at=self.now),
            Commitment.objects.create(week=self.week, **facts),
            DayOff.objects.create(unit=unit, day=self.tomorrow, name="x"),
            Issue.objects.create(unit=unit, title="x", text="y", by=fiona),
            Absence.objects.create(user=fiona, starts_on=today, ends_on=today + timedelta(days=3)),
            Channel.objects.create(channel="chat", unit=unit, name="x", sealed="x", shown="x"),
            Target.objects.create(
                metric="nps", unit=unit, period="month", start=today, end=self.tomorrow, value=1
            ),
            KeyFigure.objects.create(slug="waiting", name="Waiting"),
            *self._changed(),
        ]
        for row in rows:
            self._keep(row)

    def _changed(self) -> list[Model]:
        """An initiative of North with its parts; nobody owns it."""
        found = Initiative.objects.create(title="x", currency="EUR", cost=9, kind="competes")
        found.units.add(self.company.north)
        of: Any = {"initiative": found}
        self._done = [
            Milestone.objects.create(title="x", due_on=self.today, done_at=self.now, **of).pk,
            Task.objects.create(what="x", done_at=self.now, **of).pk,
        ]
        found.roll_outs.create(unit=self.company.north, on=self.today)
        return [
            found,
            Milestone.objects.create(title="x", due_on=self.today, **of),
            Task.objects.create(what="x", **of),
            Link.objects.create(title="x", url="https://x.example", **of),
            Raised.objects.create(
                issue=Issue.objects.create(unit=self.company.north, title="x", text="y"), **of
            ),
        ]

    @property
    def done_milestone(self) -> Milestone:
        return Milestone.objects.get(pk=self._done[0])

    @property
    def done_task(self) -> Task:
        return Task.objects.get(pk=self._done[1])


Call = Callable[[North], dict[str, Any]]
