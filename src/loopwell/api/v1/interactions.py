"""Interactions: what happened between customers and us, in and out."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import customer_of, in_unit
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import (
    CustomerLine,
    CustomerRef,
    ErrorOut,
    ExternalId,
    Moment,
    PersonOut,
    Properties,
    Text,
    UnitOut,
    texts_of,
)
from loopwell.people.operations import record_interaction
from loopwell.people.queries import visible_interactions

router = Router(tags=["Interactions"])


class InteractionIn(Schema):
    """With external_id, sending it again changes the interaction instead of adding another."""

    external_id: ExternalId | None = None
    customer: CustomerRef
    touchpoint: Annotated[str, Field(min_length=1, max_length=60)] = Field(
        description="Kind of interaction: delivery, call, visit, …"
    )
    at: Moment
    unit: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="External id or name; else the employee's, else the customer's unit."
    )
    employee: Annotated[str, Field(max_length=254)] | None = Field(
        None, description="E-mail or external id."
    )
    channel: Annotated[str, Field(max_length=60)] = ""
    product: Annotated[str, Field(max_length=100)] = ""
    properties: Properties = {}


class InteractionOut(Schema):
    ref: str
    external_id: str | None
    customer: CustomerLine
    touchpoint: str
    at: datetime
    unit: UnitOut | None
    employee: PersonOut | None
    channel: str
    product: str
    properties: dict[str, Any]
    created_at: datetime


class InteractionQuery(Paging):
    since: Moment | None = Field(None, description="Only those that happened at or after it.")
    unit: Text = Field("", description="Reference or external id; covers the units below.")
    touchpoint: Text = ""
    customer: Text = Field("", description="Reference of a customer.")
    external_id: Text = ""


@router.get(
    "",
    response={200: Page[InteractionOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_CUSTOMERS),
    summary="List interactions",
    operation_id="list_interactions",
)
def index(request: HttpRequest, wanted: Query[InteractionQuery]) -> Any:
    actor = caller(request)
    everything = visible_interactions(actor)
    rows = in_unit(actor, everything, wanted.unit)
    if wanted.since:
        rows = rows.filter(at__gte=wanted.since)
    for column, value in (
        ("touchpoint", wanted.touchpoint),
        ("customer__ref", wanted.customer),
        ("external_id", wanted.external_id),
    ):
        if value:
            rows = rows.filter(**{column: value})
    return page_of(rows, wanted, among=everything)


@router.post(
    "",
    response={201: InteractionOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.WRITE_CUSTOMERS),
    summary="Record an interaction",
    operation_id="record_interaction",
)
def record(request: HttpRequest, body: InteractionIn) -> Any:
    actor = caller(request)
    recorded = record_interaction(
        actor=actor,
        now=timezone.now(),
        customer=customer_of(actor, body.customer),
        touchpoint=body.touchpoint,
        at=body.at,
        external_id=body.external_id,
        unit=body.unit,
        employee=body.employee,
        channel=body.channel,
        product=body.product,
        properties=texts_of(body.properties),
    )
    return Status(201, recorded)
