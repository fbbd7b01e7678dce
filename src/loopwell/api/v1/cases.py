"""Cases: whom must be called and what was learnt, out; calls and closures, in."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import in_unit, plain, wrong
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import (
    AccountLine,
    CustomerLine,
    ErrorOut,
    Moment,
    PersonOut,
    Text,
    UnitOut,
)
from loopwell.cases.enums import ChurnRisk, Outcome, Result, Stage
from loopwell.cases.operations import (
    Interview,
    close_case,
    reassign_case,
    record_attempt,
    reopen_case,
)
from loopwell.cases.queries import (
    NOBODY,
    QueueFilter,
    case_by_ref,
    late_now,
    narrowed,
    possible_owners,
    visible_to,
)
from loopwell.cases.rules import is_late, stage_of
from loopwell.journal.queries import touched_since
from loopwell.kit.errors import NotFound
from loopwell.themes.queries import causes_found, theme_by_slug
from loopwell.themes.rules import Cause

router = Router(tags=["Cases"])
READ, WORK = (Right.READ_CASES,), (Right.READ_CASES, Right.WORK_CASES)
LongText = Annotated[str, Field(max_length=20_000)]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]


class ResponseLine(Schema):
    ref: str
    score: int
    comment: str
    answered_at: datetime


class CauseOut(Schema):
    slug: str
    name: str
    weight: Decimal


class CaseOut(Schema):
    """`version` grows with every change; send it back so that nobody overwrites anybody."""

    ref: str
    version: int
    stage: Stage
    is_late: bool
    customer: CustomerLine
    account: AccountLine | None
    unit: UnitOut | None
    owner: PersonOut | None
    response: ResponseLine | None = Field(description="null where somebody did not answer.")
    causes: list[CauseOut]
    opened_at: datetime
    due_at: datetime
    next_step_at: datetime
    reached_at: datetime | None
    closed_at: datetime | None


class CaseQuery(Paging):
    state: Literal["open", "closed"] | None = None
    updated_since: Moment | None = Field(
        None, description="Only cases to which something happened at or after this moment."
    )
    unit: Text = Field("", description="Reference or external id; covers the units below.")
    owner: Text = Field("", description="E-mail of the owner; `nobody`: cases without one.")
    late: bool = Field(False, description="Only cases whose promised time has passed.")
    lowest: int | None = Field(None, ge=0, le=10, description="Score from.")
    highest: int | None = Field(None, ge=0, le=10, description="Score up to.")
    category: Literal["detractor", "passive", "promoter", "silent"] | None = Field(
        None, description="`silent`: opened because no answer came."
    )
    priority: int | None = Field(None, ge=1, le=3, description="1 is the highest.")
    rule: Text = Field("", description="Reference of the rule that opened the case.")
    survey: Text = Field("", description="Reference of the survey.")
    account: Text = Field("", description="Reference of the account.")
    language: Text = Field("", description="The customer's language, as `uk`.")
    q: Annotated[Text, Field(max_length=100)] = Field(
        "", description="Part of the customer's or account's name, e-mail or phone."
    )
    due_today: bool = Field(False, description="To be called before the day ends.")
    has_replied: bool = Field(False, description="The customer wrote back to a letter.")
    churn_risk: ChurnRisk | None = Field(None, description="As felt by who spoke with them.")

    def filter(self) -> QueueFilter:
        """What the queue's own filter does; unit and owner are said otherwise here."""
        return QueueFilter(
            lowest=self.lowest,
            highest=self.highest,
            category=self.category or "",
            priority=self.priority,
            rule=self.rule,
            survey=self.survey,
            account=self.account,
            language=self.language,
            search=self.q,
            due_today=self.due_today,
            has_replied=self.has_replied,
            churn_risk=self.churn_risk or "",
        )


class Change(Schema):
    version: Version | None = Field(
        None, description="The version you saw; a newer one is answered with 409."
    )


class AttemptIn(Change):
    outcome: Outcome
    note: LongText = ""
    next_at: Moment | None = None


class CauseIn(Schema):
    slug: Annotated[str, Field(max_length=60)]
    weight: Annotated[Decimal, Field(gt=0, le=100, decimal_places=2)] | None = None


class ClosureIn(Change):
    result: Result
    learnt: LongText = ""
    resolution: LongText = ""
    causes: Annotated[list[CauseIn], Field(max_length=20)] = []
    churn_risk: ChurnRisk | None = Field(None, description="As felt in the talk.")
    may_quote: bool | None = None
    minutes: Annotated[int, Field(ge=0, le=1440)] | None = None


class ReopeningIn(Change):
    reason: Annotated[str, Field(max_length=300)]


class AssignmentIn(ReopeningIn):
    owner: Annotated[str, Field(max_length=254)] = Field(description="E-mail of the new owner.")


@router.get(
    "",
    response={200: Page[CaseOut], ERRORS: ErrorOut},
    auth=ApiKey(*READ),
    summary="List cases",
    operation_id="list_cases",
)
def index(request: HttpRequest, wanted: Query[CaseQuery]) -> Any:
    actor = caller(request)
    related = ("customer", "account", "unit", "owner", "response")
    everything = visible_to(actor).select_related(*related)
    rows = in_unit(actor, everything, wanted.unit)
    if wanted.state:
        rows = rows.filter(closed_at__isnull=wanted.state == "open")
    rows = narrowed(rows, wanted.filter(), timezone.now())
    if wanted.late:
        rows = rows.filter(late_now(timezone.now()))
    if wanted.owner == NOBODY:
        rows = rows.filter(owner=None)
    elif wanted.owner:
        rows = rows.filter(owner__email=wanted.owner.strip().lower())
    if wanted.updated_since:
        rows = rows.filter(touched_since("case", wanted.updated_since))
    page = page_of(rows, wanted, among=everything)
    return {**page, "items": _shown(page["items"])}


@router.get(
    "/{ref}",
    response={200: CaseOut, ERRORS: ErrorOut},
    auth=ApiKey(*READ),
    summary="One case",
    operation_id="get_case",
)
def one(request: HttpRequest, ref: str) -> Any:
    return _one(caller(request), ref)


@router.post(
    "/{ref}/attempts",
    response={201: CaseOut, ERRORS: ErrorOut},
    auth=ApiKey(*WORK),
    summary="Record a try to reach the customer",
    operation_id="record_attempt",
)
def attempt(request: HttpRequest, ref: str, body: AttemptIn) -> Any:
    """Not reached: the next try is the next working day, or `next_at`."""
    actor = caller(request)
    case = case_by_ref(actor, plain(ref))
    record_attempt(
        actor=actor,
        now=timezone.now(),
        case=case,
        version=body.version or case.version,
        outcome=body.outcome,
        note=body.note,
        next_at=body.next_at,
    )
    return Status(201, _one(actor, ref))


@router.post(
    "/{ref}/closures",
    response={201: CaseOut, ERRORS: ErrorOut},
    auth=ApiKey(*WORK),
    summary="Close a case",
    operation_id="close_case",
)
def close(request: HttpRequest, ref: str, body: ClosureIn) -> Any:
    """Weights of root causes make 100 together; those left out share the rest equally."""
    actor = caller(request)
    case = case_by_ref(actor, plain(ref))
    for place, cause in enumerate(body.causes):
        try:
            theme_by_slug(cause.slug)
        except NotFound as error:
            raise wrong(f"body.causes[{place}].slug", str(error)) from error
    interview = Interview(
        result=body.result,
        learnt=body.learnt,
        resolution=body.resolution,
        causes=[Cause(each.slug, each.weight) for each in body.causes],
        churn_risk=body.churn_risk,
        may_quote=body.may_quote,
        minutes=body.minutes,
    )
    version = body.version or case.version
    close_case(actor=actor, now=timezone.now(), case=case, version=version, interview=interview)
    return Status(201, _one(actor, ref))


@router.post(
    "/{ref}/reopenings",
    response={201: CaseOut, ERRORS: ErrorOut},
    auth=ApiKey(*WORK),
    summary="Open a closed case again",
    operation_id="reopen_case",
)
def reopen(request: HttpRequest, ref: str, body: ReopeningIn) -> Any:
    actor = caller(request)
    case = case_by_ref(actor, plain(ref))
    version = body.version or case.version
    reopen_case(actor=actor, now=timezone.now(), case=case, version=version, reason=body.reason)
    return Status(201, _one(actor, ref))


@router.post(
    "/{ref}/assignments",
    response={201: CaseOut, ERRORS: ErrorOut},
    auth=ApiKey(*WORK),
    summary="Give a case to somebody else",
    operation_id="reassign_case",
)
def assign(request: HttpRequest, ref: str, body: AssignmentIn) -> Any:
    actor = caller(request)
    case = case_by_ref(actor, plain(ref))
    owner = possible_owners(case).filter(email=body.owner.strip().lower()).first()
    if owner is None:
        message = _("Nobody with this e-mail sees this case and works on cases.")
        raise wrong("body.owner", message)
    reassign_case(
        actor=actor,
        now=timezone.now(),
        case=case,
        version=body.version or case.version,
        owner=owner,
        reason=body.reason,
    )
    return Status(201, _one(actor, ref))


def _one(actor: Actor, ref: str) -> dict[str, Any]:
    return _shown([case_by_ref(actor, plain(ref))])[0]


def _shown(cases: list[Any]) -> list[dict[str, Any]]:
    """With the root causes of all of them in one query."""
    now = timezone.now()
    found = causes_found(case.response_id for case in cases)
    copied = (
        "ref", "version", "customer", "account", "unit", "owner", "response", "opened_at",
        "due_at", "next_step_at", "reached_at", "closed_at",
    )  # fmt: skip
    return [
        {
            **{name: getattr(case, name) for name in copied},
            "stage": stage_of(case, now),
            "is_late": is_late(case, now),
            "causes": found.get(case.response_id, []),
        }
        for case in cases
    ]
