"""Customers: the people we serve, in and out."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.finding import in_unit, plain
from loopwell.api.v1.paging import Page, Since, page_of, since
from loopwell.api.v1.types import (
    AccountLine,
    ErrorOut,
    ExternalId,
    Properties,
    Text,
    UnitOut,
    said,
    texts_of,
)
from loopwell.people.enums import DecisionRole
from loopwell.people.operations import Saved, save_customer, save_customers
from loopwell.people.operations.planning import State
from loopwell.people.queries import customer_by_ref, customers
from loopwell.people.rules.drafts import AccountDraft, CustomerDraft

router = Router(tags=["Customers"])
ERRORS = frozenset({401, 403, 404, 409, 413, 415, 422})


class CustomerIn(Schema):
    """Found again by external_id or email. A field left out stays as it is; null clears it."""

    external_id: ExternalId | None = None
    email: Annotated[str, Field(max_length=254)] | None = None
    name: Annotated[str, Field(max_length=200)] | None = None
    phone: Annotated[str, Field(max_length=32)] | None = None
    language: Annotated[str, Field(max_length=40)] | None = Field(None, description="en, ru-RU, …")
    time_zone: Annotated[str, Field(max_length=64)] | None = Field(
        None, description="As in Europe/Warsaw; without it the unit's."
    )
    unit: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="External id or name of a unit."
    )
    account: Annotated[str, Field(max_length=100)] | None = Field(
        None, description="External id or name; a new name makes a new account."
    )
    decision_role: DecisionRole | None = None
    title: Annotated[str, Field(max_length=120)] | None = None
    properties: Properties = {}


class ManyIn(Schema):
    customers: Annotated[list[CustomerIn], Field(min_length=1, max_length=1000)]


class CustomerOut(Schema):
    ref: str
    external_id: str | None
    email: str | None
    name: str
    phone: str
    language: str
    time_zone: str
    unit: UnitOut | None
    account: AccountLine | None
    decision_role: str
    title: str
    properties: dict[str, Any]
    created_at: datetime
    updated_at: datetime


class Warned(Schema):
    field: str
    message: str


class SavedOut(Schema):
    """`state` is new, changed or same; warnings name values taken with a doubt."""

    state: str
    customer: CustomerOut
    warnings: list[Warned]


class ManyOut(Schema):
    new: int
    changed: int
    same: int
    items: list[SavedOut]


class CustomerQuery(Since):
    unit: Text = Field("", description="Reference or external id; covers the units below.")
    external_id: Text = ""
    email: Text = ""
    account: Text = Field("", description="Reference or external id of an account.")


@router.get(
    "",
    response={200: Page[CustomerOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_CUSTOMERS),
    summary="List customers",
    operation_id="list_customers",
)
def index(request: HttpRequest, wanted: Query[CustomerQuery]) -> Any:
    actor = caller(request)
    everything = customers(actor)
    rows = since(in_unit(actor, everything, wanted.unit), wanted.updated_since)
    if wanted.external_id:
        rows = rows.filter(external_id=wanted.external_id)
    if wanted.email:
        rows = rows.filter(email=wanted.email.strip().lower())
    if wanted.account:
        by_ref = rows.filter(account__ref=wanted.account)
        rows = by_ref | rows.filter(account__external_id=wanted.account)
    return page_of(rows, wanted, among=everything)


@router.post(
    "",
    response={200: SavedOut, 201: SavedOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.WRITE_CUSTOMERS),
    summary="Add or change a customer",
    operation_id="save_customer",
)
def save(request: HttpRequest, body: CustomerIn) -> Any:
    """201 when the customer is new, 200 when one with this external id or e-mail was known."""
    saved = save_customer(actor=caller(request), now=timezone.now(), draft=_draft(body))
    return Status(201 if saved.state is State.NEW else 200, _saved(saved))


@router.post(
    "/bulk",
    response={200: ManyOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.WRITE_CUSTOMERS),
    summary="Add or change up to 1,000 customers",
    operation_id="save_customers",
)
def save_many(request: HttpRequest, body: ManyIn) -> Any:
    """All are taken or none: an error names every wrong row and field."""
    drafts = [_draft(each) for each in body.customers]
    saved = save_customers(actor=caller(request), now=timezone.now(), drafts=drafts)
    states = [each.state for each in saved]
    counted = {state.value: states.count(state) for state in (State.NEW, State.CHANGED, State.SAME)}
    return {**counted, "items": [_saved(each) for each in saved]}


@router.get(
    "/{ref}",
    response={200: CustomerOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_CUSTOMERS),
    summary="One customer",
    operation_id="get_customer",
)
def one(request: HttpRequest, ref: str) -> Any:
    return customer_by_ref(caller(request), plain(ref))


@router.patch(
    "/{ref}",
    response={200: SavedOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_CUSTOMERS, Right.WRITE_CUSTOMERS),
    summary="Change one customer",
    operation_id="change_customer",
)
def change(request: HttpRequest, ref: str, body: CustomerIn) -> Any:
    """Changes the external id or e-mail too."""
    actor = caller(request)
    known = customer_by_ref(actor, plain(ref))
    draft = _draft(body)
    return _saved(save_customer(actor=actor, now=timezone.now(), draft=draft, customer=known))


def _draft(body: CustomerIn) -> CustomerDraft:
    account = said(body, "account")
    fields = ("external_id", "email", "name", "phone", "language", "time_zone", "unit", "title")
    return CustomerDraft(
        **{name: said(body, name) for name in fields},
        decision_role=said(body, "decision_role"),
        account=None if account is None else AccountDraft(reference=account),
        properties=texts_of(body.properties),
    )


def _saved(saved: Saved[Any]) -> dict[str, Any]:
    warnings = [{"field": each.field, "message": each.reason} for each in saved.warnings]
    return {"state": saved.state.value, "customer": saved.thing, "warnings": warnings}
