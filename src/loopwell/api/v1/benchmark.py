"""Panels in which people of the market rate brands: brought in, and how each brand stands."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import plain
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import Day, ErrorOut, Text
from loopwell.benchmarks.enums import PanelSource
from loopwell.benchmarks.operations import (
    AnswerDraft,
    PanelDraft,
    add_panel,
    put_answers,
    remove_panel,
)
from loopwell.benchmarks.operations.rows import AT_ONCE
from loopwell.benchmarks.queries import Standing, panel_by_ref, panels, standing
from loopwell.benchmarks.rules import LARGEST_WEIGHT

router = Router(tags=["Benchmark"])
SET = (Right.READ_ANSWERS, Right.SET_TARGETS)
Points = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]
Aspect = Annotated[Text, Field(min_length=1, max_length=80)]


class PanelOut(Schema):
    ref: str
    name: str
    source: PanelSource = Field(description="Of a file or a program, or of a survey of ours.")
    market: str
    provider: str
    double_blind: bool
    fielded_from: Day
    fielded_to: Day = Field(description="Included.")


class PanelIn(Schema):
    name: Annotated[Text, Field(min_length=1, max_length=120)]
    fielded_from: Day
    fielded_to: Day = Field(description="Included.")
    market: Annotated[Text, Field(max_length=200)] = Field("", description="Who was asked.")
    provider: Annotated[Text, Field(max_length=120)] = Field("", description="Who asked them.")
    double_blind: bool = Field(
        False, description="Those asked did not know who pays, nor do we know whom they asked."
    )


class AnswerIn(Schema):
    """What one person said of one brand."""

    person: Annotated[Text, Field(min_length=1, max_length=80)] = Field(
        description="Any code that tells people apart; it need not mean anything here."
    )
    brand: Annotated[Text, Field(min_length=1, max_length=120, pattern=r"\S")]
    score: Annotated[int, Field(ge=0, le=10)]
    segment: Annotated[Text, Field(max_length=80)] = ""
    weight: Annotated[float, Field(gt=0, le=LARGEST_WEIGHT, allow_inf_nan=False)] = 1.0
    ratings: Annotated[dict[Aspect, Points], Field(max_length=50)] = Field(
        default_factory=dict, description="Points from 0 to 10 by aspect."
    )
    answered_on: Day | None = Field(None, description="Without it, the panel’s last day.")


class AnswersIn(Schema):
    answers: Annotated[list[AnswerIn], Field(min_length=1, max_length=AT_ONCE)]


class WrittenOut(Schema):
    written: int


class BrandOut(Schema):
    """A brand's place is a range: brands that cannot be told apart share places."""

    brand: str
    is_us: bool
    score: float
    low: float
    high: float
    n: int
    first_place: int
    last_place: int
    we_less_them: float | None
    p: float | None = Field(
        description="That we are equal, allowing for all pairs of brands; null where either has "
        "fewer than 30 answers."
    )


class StandingOut(PanelOut):
    brands: list[BrandOut]


@router.get(
    "",
    response={200: Page[PanelOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="List panels",
    operation_id="list_panels",
)
def index(request: HttpRequest, wanted: Query[Paging]) -> Any:
    rows = panels(caller(request))
    return page_of(rows, wanted, among=rows)


@router.post(
    "",
    response={201: PanelOut, ERRORS: ErrorOut},
    auth=ApiKey(*SET),
    summary="Begin a panel",
    operation_id="add_panel",
)
def add(request: HttpRequest, body: PanelIn) -> Any:
    draft = PanelDraft(**body.dict())
    return Status(201, add_panel(actor=caller(request), now=timezone.now(), draft=draft))


@router.get(
    "/{ref}",
    response={200: StandingOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="A panel and how each brand stands in it",
    operation_id="get_panel",
)
def get(request: HttpRequest, ref: str) -> Any:
    actor = caller(request)
    found = _panel(actor, ref)
    rows = [_brand(row) for row in standing(actor, found).rows]
    names = PanelOut.model_fields
    return {**{name: getattr(found, name) for name in names}, "brands": rows}


@router.put(
    "/{ref}/answers",
    response={200: WrittenOut, ERRORS: ErrorOut},
    auth=ApiKey(*SET),
    summary="Write answers about brands, all or none",
    operation_id="put_panel_answers",
)
def put(request: HttpRequest, ref: str, body: AnswersIn) -> Any:
    """The same person's word on the same brand takes the place of the old one: sending the same
    answers again changes nothing."""
    actor = caller(request)
    told = [AnswerDraft(**each.dict()) for each in body.answers]
    written = put_answers(actor=actor, now=timezone.now(), panel=_panel(actor, ref), answers=told)
    return {"written": written}


@router.delete(
    "/{ref}",
    response={204: None, ERRORS: ErrorOut},
    auth=ApiKey(*SET),
    summary="Remove a panel with its answers",
    operation_id="remove_panel",
)
def remove(request: HttpRequest, ref: str) -> Any:
    actor = caller(request)
    remove_panel(actor=actor, now=timezone.now(), panel=_panel(actor, ref))
    return Status(204, None)


def _panel(actor: Actor, ref: str) -> Any:
    return panel_by_ref(actor, plain(ref))


def _brand(row: Standing) -> dict[str, Any]:
    return {
        "brand": row.brand.name,
        "is_us": row.brand.is_us,
        "score": row.estimate.value,
        "low": row.estimate.low,
        "high": row.estimate.high,
        "n": row.estimate.n,
        "first_place": row.first,
        "last_place": row.last,
        "we_less_them": row.against_us.value if row.against_us else None,
        "p": row.p,
    }
