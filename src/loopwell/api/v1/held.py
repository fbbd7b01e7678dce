"""Held answers: what looks as if no customer gave it, and whether it counts after all."""

from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import plain
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import ErrorOut, Moment
from loopwell.responses.enums import Doubt
from loopwell.responses.holding import accept_held, refuse_held
from loopwell.responses.queries.held import held_answers, held_by_ref

router = Router(tags=["Held answers"])


class HeldOut(Schema):
    ref: str
    score: int
    comment: str
    contact_consent: bool | None
    doubt: Doubt = Field(description="Why it is held.")
    at: Moment
    decided_at: Moment | None
    response: str | None = Field(description="Reference of the response, once it counts.")

    @staticmethod
    def resolve_score(held: Any) -> int:
        return int(held.given["score"])

    @staticmethod
    def resolve_comment(held: Any) -> str:
        return str(held.given.get("comment") or "")

    @staticmethod
    def resolve_contact_consent(held: Any) -> bool | None:
        consent: bool | None = held.given.get("contact_consent")
        return consent

    @staticmethod
    def resolve_response(held: Any) -> str | None:
        return held.response.ref if held.response else None


class HeldQuery(Paging):
    decided: bool = Field(False, description="true: those decided about.")


class DecisionIn(Schema):
    decision: Literal["accept", "refuse"]


@router.get(
    "",
    response={200: Page[HeldOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.WRITE_ANSWERS),
    summary="List held answers",
    operation_id="list_held_answers",
)
def index(request: HttpRequest, wanted: Query[HeldQuery]) -> Any:
    actor = caller(request)
    waiting, decided = held_answers(actor), held_answers(actor, decided=True)
    rows = decided if wanted.decided else waiting
    return page_of(rows, wanted, among=waiting | decided)


@router.post(
    "/{ref}",
    response={200: HeldOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.WRITE_ANSWERS),
    summary="Decide about a held answer",
    operation_id="decide_held_answer",
)
def decide(request: HttpRequest, ref: str, body: DecisionIn) -> Any:
    """Accepted, it counts as of the time it came; refused, it stays where it can be seen."""
    actor = caller(request)
    act = accept_held if body.decision == "accept" else refuse_held
    act(actor=actor, held=held_by_ref(actor, plain(ref)), now=timezone.now())
    return held_by_ref(actor, plain(ref))
