"""Complaints and other reports of themes in and out."""

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
from loopwell.api.v1.types import Day, ErrorOut, Text, UnitOut
from loopwell.people.rules.problems import Problem
from loopwell.themes.enums import ReportWay
from loopwell.themes.operations.reporting import AT_ONCE, MOST, ReportDraft, record_reports
from loopwell.themes.queries.reporting import Themes, reports, units_to_report_for

MOST_ROWS = 10_000
router = Router(tags=["Complaints and other reports"])


class ReportedThemeOut(Schema):
    slug: str
    name: str

    @staticmethod
    def resolve_name(obj: Any) -> str:
        return str(obj)


class ReportOut(Schema):
    theme: ReportedThemeOut
    unit: UnitOut
    way: str
    on: date = Field(description="A month's count stands on its first day.")
    count: int


class ReportsOut(Schema):
    items: list[ReportOut]


class ReportsQuery(Schema):
    unit: Annotated[Text, Field(max_length=100)] = Field(
        "", description="Reference or external id; with all below it."
    )
    way: ReportWay | None = None
    first: Day | None = Field(None, description="From this day on.")
    last: Day | None = Field(None, description="Up to this day.")


class ReportIn(Schema):
    theme: Annotated[Text, Field(min_length=1, max_length=200)] = Field(
        description="Slug, or the name in any of its languages."
    )
    unit: Annotated[Text, Field(min_length=1, max_length=100)] = Field(
        description="Reference or external id."
    )
    on: Day = Field(description="The day; for a month its first day.")
    count: Annotated[int, Field(ge=0, le=MOST)]
    way: ReportWay = ReportWay.COMPLAINTS


class ReportsIn(Schema):
    reports: Annotated[list[ReportIn], Field(min_length=1, max_length=AT_ONCE)]


class RecordedOut(Schema):
    written: int


@router.get(
    "",
    response={200: ReportsOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="List complaints and other reports",
    operation_id="list_reports",
)
def index(request: HttpRequest, wanted: Query[ReportsQuery]) -> Any:
    """Of the key's units, the newest first; at most 10,000 at once."""
    actor = caller(request)
    rows = in_unit(actor, reports(actor), wanted.unit)
    if wanted.way:
        rows = rows.filter(way=wanted.way)
    if wanted.first:
        rows = rows.filter(on__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(on__lte=wanted.last)
    found = list(rows[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        message = _("More than 10,000 counts: ask for a shorter time, one unit or one way.")
        raise wrong("query.first", message)
    return {"items": found}


@router.post(
    "",
    response={200: RecordedOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.IMPORT_DATA),
    summary="Write complaints and other reports, all or none",
    operation_id="record_reports",
)
def record(request: HttpRequest, body: ReportsIn) -> Any:
    """A count for the same theme, unit, way and day takes the place of the old one."""
    actor = caller(request)
    told = _drafts(actor, body.reports)
    return {"written": record_reports(actor=actor, now=timezone.now(), reports=told)}


def _drafts(actor: Actor, told: list[ReportIn]) -> list[ReportDraft]:
    units = list(units_to_report_for(actor))
    known = {unit.external_id: unit for unit in units if unit.external_id}
    known |= {unit.ref: unit for unit in units}
    themes, today = Themes(), timezone.localdate()
    drafts = []
    for place, each in enumerate(told):
        where = f"body.reports[{place}]"
        theme = themes.find(each.theme)
        if isinstance(theme, Problem):
            raise wrong(f"{where}.theme", theme.reason)
        if each.unit not in known:
            raise wrong(f"{where}.unit", _("There is no such unit."))
        if each.on > today:
            raise wrong(f"{where}.on", _("This day is still to come."))
        drafts.append(ReportDraft(theme, known[each.unit], each.way, each.on, each.count))
    return drafts
