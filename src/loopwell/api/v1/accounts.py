"""Accounts: the client companies, in and out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import in_unit, plain
from loopwell.api.v1.paging import Page, Since, page_of, since
from loopwell.api.v1.types import (
    Day,
    ErrorOut,
    ExternalId,
    Money,
    PersonOut,
    Properties,
    Text,
    UnitOut,
    said,
    texts_of,
)
from loopwell.people.operations import save_account
from loopwell.people.operations.planning import State
from loopwell.people.queries import account_by_ref, visible_accounts
from loopwell.people.rules.drafts import AccountDraft

router = Router(tags=["Accounts"])


class AccountIn(Schema):
    """Found again by external_id or, without one, by name. A field left out stays as it is."""

    external_id: ExternalId | None = None
    name: Annotated[str, Field(max_length=200)] | None = None
    unit: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="External id or name of a unit."
    )
    owner: Annotated[str, Field(max_length=254)] | None = Field(
        None, description="E-mail or external id of an employee."
    )
    revenue: Money | None = Field(None, description="A year, in `currency`.")
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    renewal_on: Day | None = None
    properties: Properties = {}


class AccountOut(Schema):
    ref: str
    external_id: str | None
    name: str
    unit: UnitOut | None
    owner: PersonOut | None
    revenue: Decimal | None
    currency: str
    renewal_on: date | None
    properties: dict[str, Any]
    created_at: datetime
    updated_at: datetime


class AccountSaved(Schema):
    """`state` is new, changed or same."""

    state: str
    account: AccountOut


class AccountQuery(Since):
    unit: Text = Field("", description="Reference or external id; covers the units below.")
    external_id: Text = ""


@router.get(
    "",
    response={200: Page[AccountOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_CUSTOMERS),
    summary="List accounts",
    operation_id="list_accounts",
)
def index(request: HttpRequest, wanted: Query[AccountQuery]) -> Any:
    actor = caller(request)
    everything = visible_accounts(actor).select_related("unit", "owner")
    rows = since(in_unit(actor, everything, wanted.unit), wanted.updated_since)
    if wanted.external_id:
        rows = rows.filter(external_id=wanted.external_id)
    return page_of(rows, wanted, among=everything)


@router.post(
    "",
    response={200: AccountSaved, 201: AccountSaved, ERRORS: ErrorOut},
    auth=ApiKey(Right.WRITE_CUSTOMERS),
    summary="Add or change an account",
    operation_id="save_account",
)
def save(request: HttpRequest, body: AccountIn) -> Any:
    """201 when the account is new, 200 when it was known."""
    draft = AccountDraft(
        external_id=body.external_id,
        name=body.name,
        unit=body.unit,
        owner=body.owner,
        revenue=body.revenue,
        currency=said(body, "currency"),
        renewal_on=body.renewal_on,
        properties=texts_of(body.properties),
    )
    saved = save_account(actor=caller(request), now=timezone.now(), draft=draft)
    told = {"state": saved.state.value, "account": saved.thing}
    return Status(201 if saved.state is State.NEW else 200, told)


@router.get(
    "/{ref}",
    response={200: AccountOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_CUSTOMERS),
    summary="One account",
    operation_id="get_account",
)
def one(request: HttpRequest, ref: str) -> Any:
    return account_by_ref(caller(request), plain(ref))
