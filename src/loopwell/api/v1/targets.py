"""Targets in and out, with how they stand today."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import in_unit, plain, wrong
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import Day, ErrorOut, Moment, Text, UnitOut
from loopwell.surveys.enums import SurveyKind
from loopwell.targets.enums import Period
from loopwell.targets.operations import TargetDraft, remove_target, set_target
from loopwell.targets.queries import (
    Standing,
    standings,
    target_by_ref,
    units_to_aim_for,
    visible_targets,
)
from loopwell.targets.queries.standing import Track

router = Router(tags=["Targets"])
SET = (Right.READ_ANSWERS, Right.SET_TARGETS)
Slug = Annotated[Text, Field(max_length=40)]


class StandingOut(Schema):
    """How it stands; `probability` that it is met is null where there is nothing to judge by."""

    aim: float = Field(
        description="The target it is judged by: where it was changed after the period, the one "
        "in force at its end."
    )
    value: float | None
    low: float | None
    high: float | None
    n: int
    expected_more: float = Field(description="Counts still to come until the end.")
    probability: float | None
    track: Track = Field(
        description="Beyond: its number is made of more than the key's units; "
        "within: missed by less than the margin of error."
    )


class TargetOut(Schema):
    ref: str
    metric: str
    unit: UnitOut | None = Field(description="Null is the whole company.")
    kind: str
    channel: str
    touchpoint: str
    period: Period
    start: Day
    end: Day = Field(description="Not included.")
    value: float
    above: str | None = Field(description="Reference of the target it was handed down from.")
    set_at: Moment
    standing: StandingOut


class TargetQuery(Paging):
    unit: Annotated[Text, Field(max_length=100)] = Field(
        "", description="Reference or external id; with all below it."
    )
    metric: Slug = ""
    on: Day | None = Field(None, description="Only those whose period holds this day.")


class TargetIn(Schema):
    """The same metric, place and period again changes the value."""

    metric: Slug = Field("nps", description="As in GET /metrics.")
    unit: Annotated[Text, Field(max_length=100)] = Field(
        "", description="Reference or external id; empty is the whole company."
    )
    kind: SurveyKind | None = None
    channel: Annotated[Text, Field(max_length=20)] = ""
    touchpoint: Annotated[Text, Field(max_length=60)] = ""
    period: Period
    day: Day = Field(description="Any day of the month, quarter or calendar year meant.")
    value: Annotated[float, Field(allow_inf_nan=False)]


@router.get(
    "",
    response={200: Page[TargetOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="List targets with how they stand",
    operation_id="list_targets",
)
def index(request: HttpRequest, wanted: Query[TargetQuery]) -> Any:
    """Those of the key's units, and of all above them."""
    actor = caller(request)
    mine = visible_targets(actor)
    rows = in_unit(actor, mine, wanted.unit)
    if wanted.metric:
        rows = rows.filter(metric=wanted.metric)
    if wanted.on:
        rows = rows.filter(start__lte=wanted.on, end__gt=wanted.on)
    page = page_of(rows, wanted, among=mine)
    return {**page, "items": _told(actor, page["items"])}


@router.put(
    "",
    response={200: TargetOut, ERRORS: ErrorOut},
    auth=ApiKey(*SET),
    summary="Set or change a target",
    operation_id="set_target",
)
def put(request: HttpRequest, body: TargetIn) -> Any:
    actor = caller(request)
    draft = TargetDraft(
        metric=body.metric,
        period=body.period,
        day=body.day,
        value=body.value,
        unit=_unit(actor, body.unit),
        kind=body.kind or "",
        channel=body.channel.strip(),
        touchpoint=body.touchpoint.strip(),
    )
    return _told(actor, [set_target(actor=actor, now=timezone.now(), draft=draft)])[0]


@router.delete(
    "/{ref}",
    response={204: None, ERRORS: ErrorOut},
    auth=ApiKey(*SET),
    summary="Remove a target",
    operation_id="remove_target",
)
def remove(request: HttpRequest, ref: str) -> Any:
    """Those handed down from it stay."""
    actor = caller(request)
    remove_target(actor=actor, now=timezone.now(), target=target_by_ref(actor, plain(ref)))
    return Status(204, None)


def _unit(actor: Actor, wanted: str) -> Any:
    if not wanted:
        return None
    units = units_to_aim_for(actor)
    unit = units.filter(ref=wanted).first() or units.filter(external_id=wanted).first()
    if unit is None:
        raise wrong("body.unit", _("There is no such unit."))
    return unit


def _told(actor: Actor, targets: list[Any]) -> list[dict[str, Any]]:
    return [_out(each) for each in standings(actor, targets, timezone.localdate())]


def _out(found: Standing) -> dict[str, Any]:
    target, row = found.target, found.row
    names = ("ref", "metric", "unit", "kind", "channel", "touchpoint", "period", "start", "end",
             "value", "set_at")  # fmt: skip
    return {
        **{name: getattr(target, name) for name in names},
        "above": target.above.ref if target.above else None,
        "standing": {
            "aim": found.aimed.value,
            "value": row.value,
            "low": row.low,
            "high": row.high,
            "n": row.n,
            "expected_more": round(found.expected_more, 1),
            "probability": found.probability,
            "track": found.track,
        },
    }
