"""What costs most loyalty, as the pain map says it."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.access.queries import visible_units
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import wrong
from loopwell.api.v1.types import Day, ErrorOut, Text
from loopwell.insights.asking import Filters
from loopwell.insights.pains import Pain, PainMap, pain_map
from loopwell.surveys.enums import SurveyKind

router = Router(tags=["Pain map"])


class EstimateOut(Schema):
    """A share of 0 to 1, or points of NPS, with its 95 % interval."""

    value: float
    low: float
    high: float


class PainOut(Schema):
    theme: str
    kind: str
    answers: int = Field(description="That name it.")
    of_unhappy: EstimateOut | None = Field(
        description="Share of detractors who name it (of promoters for a delight)."
    )
    of_all: EstimateOut
    points: EstimateOut | None = Field(
        description="The score as it is less the score without the answers that name it."
    )
    trend: Literal["more often", "less often", "no real change"]
    revenue: float | None = Field(description="Of accounts with a detractor naming it, a year.")
    accounts: int


class PainMapOut(Schema):
    voice: str
    base: int = Field(description="Answers that could name something.")
    answers: int
    pains: list[PainOut] = Field(description="What costs most comes first.")
    delights: list[PainOut]


class PainQuery(Schema):
    voice: Literal["comment", "call"] = "comment"
    by: Literal["theme", "area"] = "theme"
    first: Day | None = Field(None, description="From this day on.")
    last: Day | None = Field(None, description="Up to this day.")
    unit: Annotated[Text, Field(max_length=100)] = Field(
        "", description="Reference or external id; with all below it."
    )
    kind: SurveyKind | None = None
    touchpoint: Annotated[Text, Field(max_length=60)] = ""


@router.get(
    "",
    response={200: PainMapOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="The pain map",
    operation_id="get_pain_map",
)
def index(request: HttpRequest, wanted: Query[PainQuery]) -> Any:
    """Two voices, kept apart: what comments say and what was found in calls."""
    actor = caller(request)
    filters = Filters(
        start=wanted.first, end=_after(wanted.last), unit_path=_path(actor, wanted.unit),
        kind=wanted.kind or "", touchpoint=wanted.touchpoint,
    )  # fmt: skip
    return _told(pain_map(filters, wanted.voice, actor, wanted.by))


def _path(actor: Any, unit: str) -> str:
    if not unit:
        return ""
    units = visible_units(actor)
    found = units.filter(ref=unit).first() or units.filter(external_id=unit).first()
    if found is None:
        raise wrong("query.unit", _("There is no such unit."))
    return str(found.path)


def _after(day: date | None) -> date | None:
    """Filters end before their end."""
    return date.fromordinal(day.toordinal() + 1) if day else None


def _told(found: PainMap) -> dict[str, Any]:
    return {
        "voice": found.voice, "base": found.base.n, "answers": found.answers,
        "pains": [_pain(each) for each in found.pains],
        "delights": [_pain(each) for each in found.delights],
    }  # fmt: skip


def _pain(pain: Pain) -> dict[str, Any]:
    trend = {1: "more often", -1: "less often", 0: "no real change"}[pain.direction]
    return {
        "theme": pain.theme.slug, "kind": pain.theme.kind, "answers": pain.counts.n,
        "of_unhappy": pain.of_unhappy, "of_all": pain.of_all, "points": pain.impact.change,
        "trend": trend, "revenue": pain.revenue, "accounts": pain.accounts,
    }  # fmt: skip
