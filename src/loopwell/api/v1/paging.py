"""How is a long list read in parts, so that nothing is missed or seen twice?

A page ends at a row; its cursor is that row's reference, wrapped. Rows come in the order in
which they were added, which never changes, so that rows added meanwhile come at the end.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from loopwell.api.v1.types import Moment, Text
from loopwell.kit.errors import Invalid

REF = re.compile(r"[a-z0-9]{14}")
Item = TypeVar("Item")


class Page(Schema, Generic[Item]):
    items: list[Item]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


class Paging(Schema):
    cursor: Annotated[Text, Field(max_length=100)] = ""
    limit: int = Field(100, ge=1, le=1000)


class Since(Paging):
    updated_since: Moment | None = Field(
        None, description="Only what was added or changed at or after this moment."
    )


def page_of(rows: QuerySet[Any], paging: Paging, *, among: QuerySet[Any]) -> dict[str, Any]:
    """One part of `rows`; `among` is everything the caller sees: cursors point into it."""
    if paging.cursor:
        rows = rows.filter(pk__gt=_position(paging.cursor, among))
    found = list(rows.order_by("pk")[: paging.limit + 1])
    items = found[: paging.limit]
    more = len(found) > paging.limit
    return {"items": items, "next_cursor": _cursor(items) if more else None}


def since(rows: QuerySet[Any], moment: datetime | None) -> QuerySet[Any]:
    return rows.filter(updated_at__gte=moment) if moment else rows


def _cursor(items: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(f"1:{items[-1].ref}".encode()).decode().rstrip("=")


def _position(cursor: str, among: QuerySet[Any]) -> int:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        version, _colon, ref = base64.urlsafe_b64decode(padded).decode("ascii").partition(":")
    except (binascii.Error, ValueError):
        version, ref = "", ""
    place = None
    if version == "1" and REF.fullmatch(ref):
        place = among.filter(ref=ref).values_list("pk", flat=True).first()
    if place is None:
        message = _("This cursor is not valid here: begin again without one.")
        raise Invalid(message, fields={"query.cursor": [message]})
    return int(place)
