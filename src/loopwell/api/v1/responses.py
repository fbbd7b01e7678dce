"""Responses: what customers answered, in and out."""

import hashlib
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from django.db import IntegrityError
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Query, Router, Schema, Status
from pydantic import Field, StrictBool, StrictInt

from loopwell.access.enums import Right
from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import customer_of, in_unit, not_to_come, plain, wrong
from loopwell.api.v1.paging import Page, Since, page_of, since
from loopwell.api.v1.types import (
    AccountLine,
    CustomerLine,
    CustomerRef,
    ErrorOut,
    Moment,
    PersonOut,
    Properties,
    Text,
    UnitOut,
    texts_of,
)
from loopwell.calc.scales import category
from loopwell.kit.errors import Conflict, NotFound
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.problems import Problem
from loopwell.people.rules.properties import check_property_name
from loopwell.responses.operations import add_response, change_response
from loopwell.responses.queries import CATEGORIES, answer_by_key, answer_by_ref, visible_to
from loopwell.responses.rules import COMMENT_LIMIT, Answer
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.queries import survey_by_ref

router = Router(tags=["Responses"])
Thing = TypeVar("Thing")
Category = Literal["promoter", "passive", "detractor"]
Score = Annotated[StrictInt, Field(ge=0, le=10)]
Comment = Annotated[str, Field(max_length=COMMENT_LIMIT)]


class ResponseIn(Schema):
    """An answer that came without a Loopwell link: a call, a kiosk, your own form."""

    survey: Annotated[str, Field(max_length=14)] = Field(description="Reference of a survey.")
    score: Score
    comment: Comment | None = None
    contact_consent: StrictBool | None = Field(
        None, description="false: the customer must not be called; null: not asked or not said."
    )
    customer: CustomerRef | None = Field(None, description="Leave out for an anonymous answer.")
    unit: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="External id or name; else the customer's unit."
    )
    employee: Annotated[str, Field(max_length=254)] | None = Field(
        None, description="E-mail or external id of who served the customer."
    )
    answered_at: Moment | None = Field(None, description="Now, when left out.")
    properties: Properties = {}


class ResponseChange(Schema):
    """A field left out stays as it is; what it said before is kept."""

    score: Score | None = None
    comment: Comment | None = None
    contact_consent: StrictBool | None = None


class SurveyLine(Schema):
    ref: str
    name: str


class ResponseOut(Schema):
    ref: str
    survey: SurveyLine
    kind: SurveyKind
    touchpoint: str
    customer: CustomerLine | None
    account: AccountLine | None
    unit: UnitOut | None
    employee: PersonOut | None
    score: int
    category: Category
    comment: str
    contact_consent: bool | None
    language: str
    source: str
    properties: dict[str, Any]
    answered_at: datetime
    updated_at: datetime

    @staticmethod
    def resolve_category(response: Any) -> str:
        return str(category(response.score).value)


class ResponseQuery(Since):
    unit: Text = Field("", description="Reference or external id; covers the units below.")
    kind: SurveyKind | None = None
    survey: Text = Field("", description="Reference of a survey.")
    category: Category | None = None
    answered_since: Moment | None = None
    answered_before: Moment | None = None
    customer: Text = Field("", description="Reference of a customer.")


class IdempotencyKey(Schema):
    idempotency_key: Annotated[Text, Field(min_length=1, max_length=200)] | None = Field(
        None,
        alias="Idempotency-Key",
        description="Sending the same answer again with the same key stores it once.",
    )


@router.get(
    "",
    response={200: Page[ResponseOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="List responses",
    operation_id="list_responses",
)
def index(request: HttpRequest, wanted: Query[ResponseQuery]) -> Any:
    actor = caller(request)
    related = ("survey", "customer", "account", "unit", "employee")
    everything = visible_to(actor).select_related(*related)
    rows = since(in_unit(actor, everything, wanted.unit), wanted.updated_since)
    found = CATEGORIES[wanted.category] if wanted.category else Q()
    if wanted.answered_since:
        found &= Q(answered_at__gte=wanted.answered_since)
    if wanted.answered_before:
        found &= Q(answered_at__lt=wanted.answered_before)
    for column, value in (
        ("kind", wanted.kind),
        ("survey__ref", wanted.survey),
        ("customer__ref", wanted.customer),
    ):
        if value:
            found &= Q(**{column: value})
    return page_of(rows.filter(found), wanted, among=everything)


@router.post(
    "",
    response={200: ResponseOut, 201: ResponseOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.WRITE_ANSWERS),
    summary="Record a response",
    operation_id="add_response",
)
def add(request: HttpRequest, body: ResponseIn, headers: Header[IdempotencyKey]) -> Any:
    """201 when it was stored, 200 when this Idempotency-Key had stored the same before."""
    actor = caller(request)
    key = _key(actor, headers.idempotency_key)
    values = _values(actor, body)
    known = answer_by_key(actor, key)
    if known is None:
        try:
            return Status(201, add_response(actor=actor, now=timezone.now(), key=key, **values))
        except IntegrityError:  # the same key, at the same moment
            known = answer_by_key(actor, key)
            if known is None:
                raise
    _must_be_same(known, values)
    return Status(200, known)


@router.get(
    "/{ref}",
    response={200: ResponseOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="One response",
    operation_id="get_response",
)
def one(request: HttpRequest, ref: str) -> Any:
    return answer_by_ref(caller(request), plain(ref))


@router.patch(
    "/{ref}",
    response={200: ResponseOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS, Right.WRITE_ANSWERS),
    summary="Change a response on the customer's behalf",
    operation_id="change_response",
)
def change(request: HttpRequest, ref: str, body: ResponseChange) -> Any:
    actor = caller(request)
    known = answer_by_ref(actor, plain(ref))
    answer = Answer(
        score=known.score if body.score is None else body.score,
        comment=body.comment,
        contact_consent=body.contact_consent,
    )
    change_response(actor=actor, response=known, answer=answer, now=timezone.now())
    return answer_by_ref(actor, known.ref)


def _values(actor: Actor, body: ResponseIn) -> dict[str, Any]:
    now = timezone.now()
    try:
        survey = survey_by_ref(actor, plain(body.survey))
    except NotFound as error:
        raise wrong("body.survey", str(error)) from error
    customer = customer_of(actor, body.customer) if body.customer else None
    for name in body.properties:
        check_property_name(name)
    moment = not_to_come(body.answered_at, now, "body.answered_at") if body.answered_at else None
    return {
        "survey": survey,
        "answer": Answer(body.score, body.comment, body.contact_consent),
        "customer": customer,
        "answered_at": moment,
        "properties": texts_of(body.properties),
        **_place(actor, body, customer),
    }


def _place(actor: Actor, body: ResponseIn, customer: Any) -> dict[str, Any]:
    directory = Directory(actor)
    unit = _known(directory.unit(body.unit)) if body.unit else None
    person = _known(directory.person(body.employee, "employee")) if body.employee else None
    if unit is None and person is not None and customer is None:
        unit = visible_units(actor).filter(pk=person.unit_id or 0).first()
    if unit is None and customer is None and not actor.within(Right.WRITE_ANSWERS).everything:
        raise wrong("body.unit", _("Name the unit: this key sees only a part of the company."))
    return {"unit": unit, "employee": person}


def _known(found: Thing | Problem) -> Thing:
    if isinstance(found, Problem):
        raise wrong(f"body.{found.field}", found.reason)
    return found


def _key(actor: Actor, said: str | None) -> str | None:
    """Kept apart by API key; a digest, because what callers use may be long."""
    if said is None:
        return None
    return "api:" + hashlib.sha256(f"{actor.ref}\n{said}".encode()).hexdigest()[:60]


def _must_be_same(known: Any, values: dict[str, Any]) -> None:
    customer = values["customer"]
    stored = (known.survey_id, known.score, known.customer_id)
    if stored != (values["survey"].pk, values["answer"].score, customer and customer.pk):
        raise Conflict(_("This Idempotency-Key was used for a different answer."))
