"""Promoters: who may be named as a reference and whom they sent, out; what came of it, in."""

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
from loopwell.api.v1.types import AccountLine, CustomerLine, ErrorOut, Moment, UnitOut
from loopwell.promoters import operations, queries
from loopwell.promoters.enums import ReferralState

router = Router(tags=["Promoters"])
READ, WORK = (Right.READ_CUSTOMERS,), (Right.READ_CUSTOMERS, Right.WORK_CASES)


class ReferenceOut(Schema):
    """A customer who agreed to be named to others; who withdraws is in this list no more."""

    ref: str
    customer: CustomerLine
    account: AccountLine | None
    unit: UnitOut | None
    score: int
    reference_at: Moment | None = Field(description="When they agreed.")


class ReferralOut(Schema):
    """A friend who came through a promoter's link and agreed to be contacted once."""

    ref: str
    name: str
    email: str
    phone: str
    language: str
    state: ReferralState
    note: str
    revenue: Decimal | None = Field(description="A year, of those who were won.")
    sent_by: CustomerLine
    unit: UnitOut | None
    consent_at: Moment
    at: Moment

    @staticmethod
    def resolve_sent_by(referral: Any) -> Any:
        return referral.promoter.customer


class ReferralQuery(Paging):
    state: ReferralState | None = None


class ReferralIn(Schema):
    state: ReferralState
    note: Annotated[str, Field(max_length=500)] = ""
    revenue: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] | None = None


@router.get(
    "/references",
    response={200: Page[ReferenceOut], ERRORS: ErrorOut},
    auth=ApiKey(*READ),
    summary="List customers who agreed to be a reference",
    operation_id="list_references",
)
def references(request: HttpRequest, wanted: Query[Paging]) -> Any:
    mine = queries.promoters(caller(request))
    return page_of(mine.filter(reference=True), wanted, among=mine)


@router.get(
    "/referrals",
    response={200: Page[ReferralOut], ERRORS: ErrorOut},
    auth=ApiKey(*READ),
    summary="List friends whom promoters sent",
    operation_id="list_referrals",
)
def referrals(request: HttpRequest, wanted: Query[ReferralQuery]) -> Any:
    mine = queries.referrals(caller(request))
    rows = mine.filter(state=wanted.state) if wanted.state else mine
    return page_of(rows, wanted, among=mine)


@router.patch(
    "/referrals/{ref}",
    response={200: ReferralOut, ERRORS: ErrorOut},
    auth=ApiKey(*WORK),
    summary="Say what came of a referral",
    operation_id="change_referral",
)
def change_referral(request: HttpRequest, ref: str, body: ReferralIn) -> Any:
    actor = caller(request)
    return operations.change_referral(
        actor=actor,
        now=timezone.now(),
        referral=queries.referral_by_ref(actor, plain(ref)),
        state=body.state,
        note=body.note,
        revenue=body.revenue,
    )
