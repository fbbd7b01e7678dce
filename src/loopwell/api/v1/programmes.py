"""Programmes, started, paused and ended; and the log of decisions, out."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import plain, wrong
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import CustomerLine, ErrorOut, Text, UnitOut
from loopwell.people.queries import visible_to as visible_customers
from loopwell.sampling.enums import ProgrammeKind
from loopwell.sampling.operations import (
    end_programme,
    pause_programme,
    resume_programme,
    start_programme,
)
from loopwell.sampling.queries import (
    decisions,
    outcome_label,
    programme_by_ref,
    programme_progress,
    programmes,
)
from loopwell.sampling.queries.waves import Progress

router = Router(tags=["Programmes"])
log = Router(tags=["Programmes"])
ACTS = {
    "start": start_programme,
    "pause": pause_programme,
    "resume": resume_programme,
    "end": end_programme,
}


class SurveyLine(Schema):
    ref: str
    name: str


class ProgrammeOut(Schema):
    """`state` follows from the moments; the numbers are invitations."""

    ref: str
    name: str
    kind: ProgrammeKind
    state: Literal["planned", "running", "paused", "ended"]
    survey: SurveyLine
    unit: UnitOut | None
    channel: str
    touchpoints: list[str]
    started_at: datetime | None
    paused_at: datetime | None
    ended_at: datetime | None
    planned: int
    sent: int
    bounced: int
    answered: int


class ProgrammeQuery(Paging):
    kind: ProgrammeKind | None = None


class ActIn(Schema):
    action: Literal["start", "pause", "resume", "end"]


class DecisionOut(Schema):
    """Why a customer was asked or not: `outcome` for programs, `reason` in words."""

    decided_at: datetime
    customer: CustomerLine
    programme: str | None = Field(description="Reference; null for a single sending.")
    name: str = Field(description="Of the programme or sending.")
    interaction: str | None = Field(description="Reference of the interaction it is about.")
    outcome: str
    reason: str


class DecisionsOut(Schema):
    items: list[DecisionOut]


class DecisionQuery(Schema):
    customer: Annotated[Text, Field(max_length=100)] = Field(
        description="External id or reference of the customer."
    )
    limit: int = Field(100, ge=1, le=1000)


@router.get(
    "",
    response={200: Page[ProgrammeOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.RUN_SURVEYS),
    summary="List programmes",
    operation_id="list_programmes",
)
def index(request: HttpRequest, wanted: Query[ProgrammeQuery]) -> Any:
    everything = programmes(caller(request))
    rows = everything.filter(kind=wanted.kind) if wanted.kind else everything
    page = page_of(rows, wanted, among=everything)
    return {**page, "items": _shown(page["items"])}


@router.get(
    "/{ref}",
    response={200: ProgrammeOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.RUN_SURVEYS),
    summary="One programme",
    operation_id="get_programme",
)
def one(request: HttpRequest, ref: str) -> Any:
    return _one(caller(request), ref)


@router.post(
    "/{ref}",
    response={200: ProgrammeOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.RUN_SURVEYS),
    summary="Start, pause, resume or end a programme",
    operation_id="act_on_programme",
)
def act(request: HttpRequest, ref: str, body: ActIn) -> Any:
    """Answers 409 where the programme's state does not allow it."""
    actor = caller(request)
    programme = programme_by_ref(actor, plain(ref))
    ACTS[body.action](actor=actor, programme=programme, now=timezone.now())
    return _one(actor, ref)


def _one(actor: Actor, ref: str) -> dict[str, Any]:
    return _shown([programme_by_ref(actor, plain(ref))])[0]


def _shown(rows: list[Any]) -> list[dict[str, Any]]:
    numbers = programme_progress(rows)
    return [_row(each, numbers.get(each.pk, Progress())) for each in rows]


def _row(each: Any, told: Progress) -> dict[str, Any]:
    plain_fields = (
        "ref", "name", "kind", "survey", "unit", "channel", "touchpoints", "started_at",
        "paused_at", "ended_at",
    )  # fmt: skip
    return {
        **{name: getattr(each, name) for name in plain_fields},
        "state": _state(each),
        "planned": told.planned,
        "sent": told.sent,
        "bounced": told.bounced,
        "answered": told.answered,
    }


def _state(each: Any) -> str:
    if each.ended_at:
        return "ended"
    if not each.started_at:
        return "planned"
    return "paused" if each.paused_at else "running"


@log.get(
    "",
    response={200: DecisionsOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.RUN_SURVEYS),
    summary="Why a customer was asked, or was not",
    operation_id="list_decisions",
)
def decided(request: HttpRequest, wanted: Query[DecisionQuery]) -> Any:
    """The newest first."""
    actor = caller(request)
    seen = visible_customers(actor)
    customer = (
        seen.filter(external_id=wanted.customer).first()
        or seen.filter(ref=plain(wanted.customer)).first()
    )
    if customer is None:
        raise wrong("query.customer", _("There is no customer with this value."))
    rows = decisions(actor, customer=customer)[: wanted.limit]
    return {"items": [_decision(each) for each in rows]}


def _decision(each: Any) -> dict[str, Any]:
    plan = each.run.programme or each.run.wave
    programme = each.run.programme or (each.run.wave.programme if each.run.wave else None)
    return {
        "decided_at": each.run.at,
        "customer": each.customer,
        "programme": programme.ref if programme else None,
        "name": plan.name if plan else "",
        "interaction": each.interaction.ref if each.interaction else None,
        "outcome": each.outcome,
        "reason": outcome_label(each.outcome),
    }
