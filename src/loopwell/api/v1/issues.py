"""Issues that teams raise and the office answers, in and out."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import plain, wrong
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import Day, ErrorOut, Moment, PersonOut, Text, UnitOut
from loopwell.cases.queries import visible_to as visible_cases
from loopwell.huddles.enums import IssueState
from loopwell.huddles.operations.answering import answer_issue
from loopwell.huddles.operations.issues import IssueDraft, Shown, raise_issue
from loopwell.huddles.queries.issues import issue_by_ref, visible_to
from loopwell.themes.queries import root_causes

router = Router(tags=["Issues"])
READ = (Right.READ_CASES,)
Ref = Annotated[Text, Field(max_length=14)]


class IssueOut(Schema):
    ref: str
    title: str
    text: str
    theme: str | None = Field(description="Slug of the root cause.")
    unit: UnitOut | None
    state: IssueState
    by: PersonOut | None
    at: Moment
    first_answer_at: Moment | None
    work: str = Field(description="What is being done about it.")
    work_owner: PersonOut | None
    due_on: Day | None
    joined_to: str | None = Field(description="Reference of the issue that was raised before.")
    answer: str = Field(description="The last answer of the office.")

    @staticmethod
    def resolve_theme(issue: Any) -> str | None:
        return issue.theme.slug if issue.theme else None

    @staticmethod
    def resolve_joined_to(issue: Any) -> str | None:
        return issue.joined_to.ref if issue.joined_to else None

    @staticmethod
    def resolve_answer(issue: Any) -> str:
        texts = [step.text for step in issue.steps.all() if step.state == IssueState.ANSWERED]
        return texts[-1] if texts else ""


class IssueQuery(Paging):
    state: IssueState | None = None


class IssueIn(Schema):
    title: Annotated[Text, Field(min_length=1, max_length=150)]
    text: Annotated[Text, Field(min_length=1, max_length=10_000)]
    unit: Annotated[Text, Field(max_length=100)] = Field(description="Reference or external id.")
    theme: Annotated[Text, Field(max_length=60)] | None = Field(
        None, description="Slug of a root cause."
    )
    cases: Annotated[list[Ref], Field(max_length=100)] = Field(
        [], description="References of cases that show it."
    )


class AnswerIn(Schema):
    reason: Annotated[Text, Field(min_length=1, max_length=5000)] = Field(
        description="What came of it, or why nothing will be done."
    )


@router.get(
    "",
    response={200: Page[IssueOut], ERRORS: ErrorOut},
    auth=ApiKey(*READ),
    summary="List issues",
    operation_id="list_issues",
)
def index(request: HttpRequest, wanted: Query[IssueQuery]) -> Any:
    mine = visible_to(caller(request)).prefetch_related("steps")
    rows = mine.filter(state=wanted.state) if wanted.state else mine
    return page_of(rows, wanted, among=mine)


@router.post(
    "",
    response={201: IssueOut, ERRORS: ErrorOut},
    auth=ApiKey(*READ, Right.WORK_CASES),
    summary="Raise an issue",
    operation_id="raise_issue",
)
def add(request: HttpRequest, body: IssueIn) -> Any:
    """The office is told."""
    actor = caller(request)
    units = visible_units(actor)
    unit = units.filter(ref=body.unit).first() or units.filter(external_id=body.unit).first()
    if unit is None:
        raise wrong("body.unit", _("There is no such unit."))
    theme = next((each for each in root_causes() if each.slug == body.theme), None)
    if body.theme and theme is None:
        raise wrong("body.theme", _("There is no such root cause."))
    draft = IssueDraft(body.title, body.text, unit, theme, Shown(_cases(actor, body.cases)))
    issue = raise_issue(actor=actor, now=timezone.now(), draft=draft)
    return Status(201, issue_by_ref(actor, issue.ref))


def _cases(actor: Actor, refs: list[str]) -> list[Any]:
    known = {case.ref: case for case in visible_cases(actor).filter(ref__in=refs)}
    for i, ref in enumerate(refs):
        if ref not in known:
            raise wrong(f"body.cases[{i}]", _("There is no such case."))
    return list(known.values())


@router.post(
    "/{ref}/answer",
    response={200: IssueOut, ERRORS: ErrorOut},
    auth=ApiKey(*READ, Right.RUN_SURVEYS),
    summary="Answer an issue",
    operation_id="answer_issue",
)
def answer(request: HttpRequest, ref: str, body: AnswerIn) -> Any:
    """For a key of the whole company; those who have the issue are told."""
    actor = caller(request)
    issue = issue_by_ref(actor, plain(ref))
    answer_issue(actor=actor, now=timezone.now(), issue=issue, text=body.reason)
    return issue_by_ref(actor, issue.ref)
