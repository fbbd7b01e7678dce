"""Which kinds of values does the API take and give?"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field

EARLIEST, LATEST = 1970, 2200


def _clean(text: str) -> str:
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError(_("This text contains a character that cannot be stored."))
    return text


def _this_age(moment: datetime) -> datetime:
    if not EARLIEST < moment.year < LATEST:
        raise ValueError(_("This year cannot be meant."))
    return moment.astimezone(UTC)


def _this_age_day(day: date) -> date:
    if not EARLIEST <= day.year < LATEST:
        raise ValueError(_("This year cannot be meant."))
    return day


Text = Annotated[str, AfterValidator(_clean)]
Moment = Annotated[
    AwareDatetime,
    AfterValidator(_this_age),
    Field(description="With time zone, such as 2026-03-04T10:00:00Z."),
]
Day = Annotated[date, AfterValidator(_this_age_day)]
Money = Annotated[Decimal, Field(max_digits=14, decimal_places=2)]
ExternalId = Annotated[str, Field(max_length=100)]
Properties = Annotated[
    dict[
        Annotated[str, Field(max_length=40)],
        Annotated[str, Field(max_length=1000, coerce_numbers_to_str=True)] | None,
    ],
    Field(max_length=100, description="Names a–z, digits, _; null removes a property."),
]


class Problem(Schema):
    code: str
    message: str
    fields: dict[str, list[str]]


class ErrorOut(Schema):
    """What every error looks like; `fields` maps places such as body.customers[3].email."""

    error: Problem


class UnitOut(Schema):
    ref: str
    name: str
    external_id: str | None


class PersonOut(Schema):
    ref: str
    name: str
    email: str


class CustomerLine(Schema):
    ref: str
    external_id: str | None
    email: str | None
    name: str


class AccountLine(Schema):
    ref: str
    external_id: str | None
    name: str


class IdempotencyKey(Schema):
    idempotency_key: Annotated[Text, Field(min_length=1, max_length=200)] | None = Field(
        None,
        alias="Idempotency-Key",
        description="The same body again with the same key gets the same answer, for 24 hours.",
    )


class CustomerRef(Schema):
    """Exactly one of these."""

    ref: Annotated[str, Field(max_length=14)] | None = None
    external_id: ExternalId | None = None
    email: Annotated[str, Field(max_length=254)] | None = None


def texts_of(properties: dict[str, str | None]) -> dict[str, str]:
    """As operations want them: an empty text removes."""
    return {name: value or "" for name, value in properties.items()}


def said(body: Schema, name: str) -> Any:
    """None where the caller said nothing, "" where they said null, else the value."""
    if name not in body.model_fields_set:
        return None
    value = getattr(body, name)
    return "" if value is None else value
