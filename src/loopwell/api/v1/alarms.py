"""Alarms: what whoever made the key was told, out; what they have read, in."""

from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from loopwell.access.enums import Right
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.customers import ERRORS
from loopwell.api.v1.finding import plain
from loopwell.api.v1.paging import Page, Paging, page_of
from loopwell.api.v1.types import ErrorOut, Moment
from loopwell.notify import operations, queries

router = Router(tags=["Alarms"])


class AlarmOut(Schema):
    """`words` are in the language asked for (`Accept-Language`)."""

    ref: str
    kind: str = Field(description="The event's type, such as case.opened.")
    words: str
    url: str
    is_urgent: bool
    created_at: Moment
    read_at: Moment | None

    @staticmethod
    def resolve_words(alarm: Any) -> str:
        return queries.tidings([alarm])[0].words

    @staticmethod
    def resolve_url(alarm: Any) -> str:
        return f"{settings.BASE_URL}{queries.tidings([alarm])[0].path}"


class AlarmQuery(Paging):
    read: bool | None = Field(None, description="false: only those not read.")


class ReadIn(Schema):
    read: Literal[True]


@router.get(
    "",
    response={200: Page[AlarmOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_CASES),
    summary="List the alarms of whoever made the key",
    operation_id="list_alarms",
)
def index(request: HttpRequest, wanted: Query[AlarmQuery]) -> Any:
    mine = queries.inbox(caller(request))
    rows = mine if wanted.read is None else mine.filter(read_at__isnull=not wanted.read)
    return page_of(rows, wanted, among=mine)


@router.post(
    "/{ref}",
    response={200: AlarmOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_CASES),
    summary="Mark an alarm as read",
    operation_id="read_alarm",
)
def read(request: HttpRequest, ref: str, body: ReadIn) -> Any:
    return operations.mark_read(actor=caller(request), now=timezone.now(), ref=plain(ref))
