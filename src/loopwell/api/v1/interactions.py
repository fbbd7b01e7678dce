"""Interactions: what happened between customers and us, in and out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Query, Router, Schema, Status
from pydantic import ConfigDict, Field, ValidationError

from loopwell.access.enums import Right
from loopwell.api.v1 import errors
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import in_unit, wrong
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import (
    CustomerLine,
    ErrorOut,
    ExternalId,
    IdempotencyKey,
    Moment,
    PersonOut,
    Properties,
    Text,
    UnitOut,
    texts_of,
)
from loopwell.kit.errors import Conflict, Invalid
from loopwell.people.operations import once, record_interactions
from loopwell.people.operations.planning import State
from loopwell.people.queries import visible_interactions
from loopwell.people.rules.drafts import InteractionDraft
from loopwell.people.rules.happening import PLACES

router = Router(tags=["Interactions"])
ORIGIN = "API"


class CustomerGiven(Schema):
    """Whose it was: exactly one of ref, external_id and email, or else the phone. Name,
    language and phone help when the customer is not known yet."""

    model_config = ConfigDict(extra="forbid")

    ref: Annotated[str, Field(max_length=14)] | None = None
    external_id: ExternalId | None = None
    email: Annotated[str, Field(max_length=254)] | None = None
    phone: Annotated[str, Field(max_length=32)] | None = None
    name: Annotated[str, Field(max_length=200)] | None = None
    language: Annotated[str, Field(max_length=40)] | None = None


class InteractionIn(Schema):
    """Sending it again changes nothing: it is found by external_id, without one by customer,
    touchpoint and moment. Unknown customers are held, made or refused, as the company chose."""

    model_config = ConfigDict(extra="forbid")

    external_id: ExternalId | None = None
    customer: CustomerGiven
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
    channel: Annotated[str, Field(max_length=60)] | None = None
    product: Annotated[str, Field(max_length=100)] | None = None
    properties: Properties = {}


class ManyIn(Schema):
    """Each item looks like the body that records one interaction."""

    model_config = ConfigDict(extra="forbid")

    interactions: Annotated[list[Any], Field(min_length=1, max_length=1000)]


class Wrong(Schema):
    field: str
    message: str


class ItemOut(Schema):
    """`state` is new, changed, same, held or refused; `problems` say why it was refused."""

    index: int
    state: str
    ref: str | None = None
    external_id: str | None = None
    problems: list[Wrong] = []


class ManyOut(Schema):
    new: int
    changed: int
    same: int
    held: int
    refused: int
    items: list[ItemOut]


class HeldOut(Schema):
    """The customer is not known: the interaction waits until they come or somebody decides."""

    state: str = "held"
    reason: str


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
    response={201: InteractionOut, 202: HeldOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.WRITE_CUSTOMERS),
    summary="Record an interaction",
    operation_id="record_interaction",
)
def record(request: HttpRequest, body: InteractionIn, headers: Header[IdempotencyKey]) -> Any:
    """201 when it is recorded, 202 when it is held because nobody knows the customer."""
    actor = caller(request)
    draft = _draft(body, "body.")

    def work() -> tuple[int, Any]:
        plan = record_interactions(actor=actor, now=timezone.now(), drafts=[draft], origin=ORIGIN)[
            0
        ]
        if plan.is_refused:
            raise _refused(plan.problems)
        if plan.thing is None:
            return 202, {"state": State.HELD.value, "reason": plan.held.why if plan.held else ""}
        return 201, InteractionOut.from_orm(plan.thing).model_dump(mode="json")

    key = headers.idempotency_key
    return Status(*once(actor=actor, now=timezone.now(), key=key, body=request.body, work=work))


@router.post(
    "/bulk",
    response={200: ManyOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.WRITE_CUSTOMERS),
    summary="Record up to 1,000 interactions",
    operation_id="record_interactions",
)
def record_many(request: HttpRequest, body: ManyIn, headers: Header[IdempotencyKey]) -> Any:
    """Each by itself: what is wrong with one is told with its index and keeps no other out."""
    actor = caller(request)

    def work() -> tuple[int, Any]:
        read = [_read(each) for each in body.interactions]
        drafts = [each for each in read if isinstance(each, InteractionDraft)]
        plans = iter(
            record_interactions(actor=actor, now=timezone.now(), drafts=drafts, origin=ORIGIN)
        )
        items = [
            _told(index, next(plans)) if isinstance(each, InteractionDraft)
            else _not_read(index, each)
            for index, each in enumerate(read)
        ]  # fmt: skip
        states = [item["state"] for item in items]
        return 200, {**{each.value: states.count(each.value) for each in State}, "items": items}

    key = headers.idempotency_key
    return Status(*once(actor=actor, now=timezone.now(), key=key, body=request.body, work=work))


def _read(item: Any) -> InteractionDraft | list[dict[str, str]]:
    """The item understood, or what is wrong with it."""
    try:
        return _draft(InteractionIn.model_validate(item), "")
    except ValidationError as error:
        return [
            {"field": errors.place_of(("", *each["loc"])).lstrip("."), "message": errors.told(each)}
            for each in error.errors()
        ]
    except Invalid as error:
        return [
            {"field": field, "message": text}
            for field, texts in error.fields.items()
            for text in texts
        ]


def _draft(body: InteractionIn, prefix: str) -> InteractionDraft:
    whose = body.customer
    strong = [each for each in (whose.ref, whose.external_id, whose.email) if each]
    if len(strong) > 1 or not (strong or whose.phone):
        message = _("Give exactly one of ref, external_id and email, or else the phone.")
        raise wrong(f"{prefix}customer", message)
    return InteractionDraft(
        touchpoint=body.touchpoint,
        at=body.at,
        external_id=body.external_id,
        customer_ref=whose.ref,
        customer_id=whose.external_id,
        customer_email=whose.email,
        customer_phone=whose.phone,
        customer_name=whose.name,
        language=whose.language,
        unit=body.unit,
        employee=body.employee,
        channel=body.channel,
        product=body.product,
        properties=texts_of(body.properties),
    )


def _refused(problems: list[Any]) -> Exception:
    conflict = next((each for each in problems if each.conflict), None)
    if conflict is not None:
        return Conflict(conflict.reason)
    fields: dict[str, list[str]] = {}
    for each in problems:
        fields.setdefault(PLACES.get(each.field, each.field), []).append(each.reason)
    return Invalid(" ".join(dict.fromkeys(each.reason for each in problems)), fields=fields)


def _told(index: int, plan: Any) -> Mapping[str, Any]:
    problems = [
        {"field": PLACES.get(each.field, each.field), "message": each.reason}
        for each in plan.problems
    ]
    state = State.REFUSED if plan.is_refused else plan.state
    ref = plan.thing.ref if plan.thing is not None and not plan.is_refused else None
    return {"index": index, "state": state.value, "ref": ref,
            "external_id": plan.draft.external_id, "problems": problems}  # fmt: skip


def _not_read(index: int, problems: list[dict[str, str]]) -> Mapping[str, Any]:
    return {"index": index, "state": State.REFUSED.value, "ref": None, "external_id": None,
            "problems": problems}  # fmt: skip
