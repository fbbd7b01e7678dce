"""Key figures of units in and out."""

import re
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import in_unit, wrong
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import ErrorOut, Text, UnitOut
from loopwell.targets.enums import Better
from loopwell.targets.operations.figures import (
    AT_ONCE,
    FigureValue,
    declare_figure,
    put_values,
)
from loopwell.targets.queries import units_to_aim_for
from loopwell.targets.queries.figures import figure_by_ref, key_figures, values_of

router = Router(tags=["Key figures"])
SET = (Right.READ_ANSWERS, Right.SET_TARGETS)
SLUG = re.compile(r"[a-z0-9_-]{1,40}")
Month = Annotated[Text, Field(pattern=r"^(19[7-9]|2[01]\d)\d-(0[1-9]|1[0-2])$")]


class FigureOut(Schema):
    ref: str
    slug: str
    name: str
    measured_in: str
    better: str = Field(description="higher, lower, or empty where neither is better.")


class FigureIn(Schema):
    name: Annotated[Text, Field(min_length=1, max_length=120)]
    measured_in: Annotated[Text, Field(max_length=20)] = ""
    better: Better | None = None


class ValueOut(Schema):
    unit: UnitOut
    month: str
    value: float


class ValuesOut(Schema):
    items: list[ValueOut]


class ValuesQuery(Schema):
    unit: Annotated[Text, Field(max_length=100)] = Field(
        "", description="Reference or external id; with all below it."
    )
    first: Month | None = Field(None, description="The first month, such as 2026-03.")
    last: Month | None = Field(None, description="The last month.")


class ValueIn(Schema):
    unit: Annotated[Text, Field(min_length=1, max_length=100)] = Field(
        description="Reference or external id."
    )
    month: Month = Field(description="Such as 2026-03.")
    value: Annotated[float, Field(allow_inf_nan=False)]


class ValuesIn(Schema):
    values: Annotated[list[ValueIn], Field(min_length=1, max_length=AT_ONCE)]


class WrittenOut(Schema):
    written: int


@router.get(
    "",
    response={200: Page[FigureOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="List key figures",
    operation_id="list_key_figures",
)
def index(request: HttpRequest, wanted: Query[Paging]) -> Any:
    rows = key_figures(caller(request))
    return page_of(rows, wanted, among=rows)


@router.put(
    "",
    response={200: FigureOut, ERRORS: ErrorOut},
    auth=ApiKey(*SET),
    summary="Declare a key figure, or change how it is measured",
    operation_id="declare_key_figure",
)
def declare(request: HttpRequest, body: FigureIn) -> Any:
    """Found by its name."""
    return declare_figure(
        actor=caller(request),
        now=timezone.now(),
        name=body.name,
        measured_in=body.measured_in,
        better=body.better,
    )


@router.get(
    "/{ref}/values",
    response={200: ValuesOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="A key figure by unit and month",
    operation_id="list_key_figure_values",
)
def values(request: HttpRequest, ref: str, wanted: Query[ValuesQuery]) -> Any:
    """By reference or slug; of the key's units."""
    actor = caller(request)
    rows = in_unit(actor, values_of(actor, _figure(actor, ref)), wanted.unit)
    if wanted.first:
        rows = rows.filter(month__gte=_day(wanted.first))
    if wanted.last:
        rows = rows.filter(month__lte=_day(wanted.last))
    return {
        "items": [
            {"unit": row.unit, "month": f"{row.month:%Y-%m}", "value": row.value} for row in rows
        ]
    }


@router.put(
    "/{ref}/values",
    response={200: WrittenOut, ERRORS: ErrorOut},
    auth=ApiKey(*SET),
    summary="Write values of a key figure, all or none",
    operation_id="put_key_figure_values",
)
def put(request: HttpRequest, ref: str, body: ValuesIn) -> Any:
    """A value for the same unit and month takes the place of the old one."""
    actor = caller(request)
    figure = _figure(actor, ref)
    found = _values(actor, body.values)
    return {"written": put_values(actor=actor, now=timezone.now(), figure=figure, values=found)}


def _figure(actor: Actor, ref: str) -> Any:
    """By reference or slug; what can be neither is not asked for."""
    return figure_by_ref(actor, ref if SLUG.fullmatch(ref) else "-")


def _values(actor: Actor, told: list[ValueIn]) -> list[FigureValue]:
    units = list(units_to_aim_for(actor))
    known = {unit.external_id: unit for unit in units if unit.external_id}
    known |= {unit.ref: unit for unit in units}
    for place, each in enumerate(told):
        if each.unit not in known:
            raise wrong(f"body.values[{place}].unit", _("There is no such unit."))
    return [FigureValue(known[each.unit], _day(each.month), each.value) for each in told]


def _day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
