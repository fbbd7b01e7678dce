"""What customers were promised: redress, which people decide, and further actions to be done."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import plain
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import ErrorOut, PersonOut, Text
from loopwell.cases.enums import RedressState
from loopwell.cases.operations import finish_action
from loopwell.cases.queries.actions import action_by_ref, visible_actions
from loopwell.cases.queries.redress import visible_redress

redress = Router(tags=["Cases"])
actions = Router(tags=["Cases"])
READ, WORK = (Right.READ_CASES,), (Right.READ_CASES, Right.WORK_CASES)
Words = Annotated[Text, Field(max_length=300)]


class RedressOut(Schema):
    ref: str
    case: str = Field(description="Reference of the case.")
    what: str
    amount: Decimal
    currency: str
    state: RedressState
    by: PersonOut | None
    at: datetime
    decided_by: PersonOut | None
    decided_at: datetime | None
    reason: str

    @staticmethod
    def resolve_case(each: Any) -> str:
        return str(each.case.ref)


class RedressQuery(Paging):
    state: RedressState | None = Field(None, description="`asked`: waits for a decision.")


class ActionOut(Schema):
    ref: str
    case: str = Field(description="Reference of the case.")
    what: str
    owner: PersonOut | None
    due_on: date
    done_at: datetime | None
    outcome: str

    @staticmethod
    def resolve_case(each: Any) -> str:
        return str(each.case.ref)


class ActionQuery(Paging):
    open: bool = Field(False, description="Only those that are still to be done.")


class DoneIn(Schema):
    outcome: Words = Field(description="What was done, in a few words.")


@redress.get(
    "",
    response={200: Page[RedressOut], ERRORS: ErrorOut},
    auth=ApiKey(*READ),
    summary="List what customers got or were to get",
    operation_id="list_redress",
)
def list_redress(request: HttpRequest, wanted: Query[RedressQuery]) -> Any:
    everything = visible_redress(caller(request))
    rows = everything.filter(state=wanted.state) if wanted.state else everything
    return page_of(rows, wanted, among=everything)


@actions.get(
    "",
    response={200: Page[ActionOut], ERRORS: ErrorOut},
    auth=ApiKey(*READ),
    summary="List what was promised to customers",
    operation_id="list_actions",
)
def list_actions(request: HttpRequest, wanted: Query[ActionQuery]) -> Any:
    everything = visible_actions(caller(request))
    rows = everything.filter(done_at=None) if wanted.open else everything
    return page_of(rows, wanted, among=everything)


@actions.post(
    "/{ref}/done",
    response={200: ActionOut, ERRORS: ErrorOut},
    auth=ApiKey(*WORK),
    summary="Say that a promise was kept",
    operation_id="finish_action",
)
def done(request: HttpRequest, ref: str, body: DoneIn) -> Any:
    actor = caller(request)
    return finish_action(
        actor=actor,
        now=timezone.now(),
        action=action_by_ref(actor, plain(ref)),
        outcome=body.outcome,
    )
