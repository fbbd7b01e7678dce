"""Surveys: what is asked, out."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import plain
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import ErrorOut
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.queries import published, survey_by_ref, visible_to

router = Router(tags=["Surveys"])


class SurveyOut(Schema):
    ref: str
    name: str
    kind: SurveyKind
    touchpoint: str
    created_at: datetime
    archived_at: datetime | None


class SurveyWithTexts(SurveyOut):
    """`version` and `texts` (by language) are those that customers get now."""

    version: int | None
    default_language: str
    texts: dict[str, dict[str, Any]]


class SurveyQuery(Paging):
    kind: SurveyKind | None = None
    archived: bool = Field(False, description="Also those no longer used.")


@router.get(
    "",
    response={200: Page[SurveyOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="List surveys",
    operation_id="list_surveys",
)
def index(request: HttpRequest, wanted: Query[SurveyQuery]) -> Any:
    everything = visible_to(caller(request))
    rows = everything if wanted.archived else everything.filter(archived_at=None)
    rows = rows.filter(kind=wanted.kind) if wanted.kind else rows
    return page_of(rows, wanted, among=everything)


@router.get(
    "/{ref}",
    response={200: SurveyWithTexts, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="One survey with its words",
    operation_id="get_survey",
)
def one(request: HttpRequest, ref: str) -> Any:
    survey = survey_by_ref(caller(request), plain(ref))
    now_shown = published(survey)
    return {
        **SurveyOut.from_orm(survey).model_dump(),
        "version": now_shown.number if now_shown else None,
        "default_language": now_shown.default_language if now_shown else "",
        "texts": now_shown.texts if now_shown else {},
    }
