"""Numbers: which are there, and what do they say? Asked with the words of Explore's address."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.api.v1.auth import ApiKey, caller
from loopwell.api.v1.bodies import StrictParser
from loopwell.api.v1.customers import ERRORS as USUAL
from loopwell.api.v1.types import ErrorOut, Text
from loopwell.insights.asking import Key, Row
from loopwell.insights.beside import asked_beside, kinds_mixed
from loopwell.insights.comparing import Compared, NoReference
from loopwell.insights.judging.clustering import heeded_with_effect, note
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing import (
    Asked,
    cut_choices,
    from_query,
    labels,
    references,
    title,
)
from loopwell.kit.errors import Invalid
from loopwell.surveys.enums import SurveyKind

router = Router(tags=["Numbers"])
questions = Router(tags=["Numbers"])
ERRORS = USUAL | {503}
MOST = 5_000
"""Rows of one answer."""


class MetricOut(Schema):
    slug: str
    name: str
    group: str
    unit: str = Field(description="points, percent, count, score (0–10) or hours.")
    formula: str
    help: str
    interval: str = Field(description="How low and high are found, in words.")
    minimum: int = Field(description="Below this count a value is too small to judge.")
    higher_is_better: bool
    counted: str = Field(description="What n counts.")
    cuts: list[str] = Field(description="What it can be cut by: the words of `by` and `by2`.")


Word = Annotated[Text, Field(max_length=200, coerce_numbers_to_str=True)] | None


class QuestionIn(Schema):
    """The words of Explore's address; a filter is any of its words, a property is `p_<name>`."""

    model_config = ConfigDict(extra="allow")

    metric: Word = None
    by: Word = None
    by2: Word = None
    grain: Word = Field(None, description="day, week, month, quarter or year.")
    period: Word = Field(None, description="30d, 90d, 12m, last_month, … or all.")
    unit: Word = Field(None, description="Reference; covers the units below.")
    kind: Word = None
    vs: Word = Field(
        None,
        description="previous, year_before, company, segment (with words o_…), target, competitor.",
    )
    beside: Word = Field(None, description="1: the response rate beside each row.")


class KeyOut(Schema):
    """One part of a row's key."""

    dimension: str
    value: str | int | float | date | None = Field(
        description="A reference of a unit, person or account; null: not known."
    )
    label: str


class DifferenceOut(Schema):
    value: float
    low: float
    high: float
    p: float | None = Field(
        description="Corrected for the number of rows; null where there are too few to judge."
    )
    real: bool


class OtherOut(Schema):
    """What a row is held against."""

    n: int
    value: float | None
    low: float | None
    high: float | None


class RowOut(Schema):
    key: list[KeyOut]
    n: int
    value: float | None = Field(description="null: nothing was counted, or it must stay hidden.")
    low: float | None
    high: float | None
    too_few: bool = Field(description="Fewer than the metric's minimum: too small to judge.")
    response_rate: float | None = None
    against: OtherOut | None = None
    difference: DifferenceOut | None = None


class AnswerOut(Schema):
    title: str
    address: str = Field(description="The question in the words of Explore's address.")
    metric: str
    unit: str
    first_day: date | None
    last_day: date | None
    mixes: list[SurveyKind] = Field(
        description="Kinds of survey mixed in these numbers; ask for one `kind` to keep them apart."
    )
    note: str = Field(
        description="What the margins allow for, in words: people of one account who answer alike. "
        "Empty: nothing."
    )
    rows: list[RowOut]
    left_off: int = Field(description="Rows beyond the first 5,000.")


@router.get(
    "",
    response={200: list[MetricOut], ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="List metrics",
    operation_id="list_metrics",
)
def index(request: HttpRequest) -> Any:
    return [
        {
            **{name: getattr(each, name) for name in ("slug", "group", "unit", "minimum")},
            **{name: str(getattr(each, name)) for name in _TEXTS},
            "higher_is_better": each.higher_is_better,
            "cuts": [choice.value for choice in cut_choices(each.slug, "")],
        }
        for each in METRICS.values()
    ]


_TEXTS = ("name", "formula", "help", "interval", "counted")


@questions.get(
    "",
    response={200: AnswerOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="Ask a question",
    operation_id="ask_question",
)
def asked_by_address(request: HttpRequest) -> Any:
    """The words of Explore's address: metric, by, by2, grain, period or from and to, unit, kind,
    survey, touchpoint, …, p_<property>, vs, beside. Copy them from the page."""
    return _answered(request.GET.urlencode(), caller(request), "query")


@questions.post(
    "",
    response={200: AnswerOut, ERRORS: ErrorOut},
    auth=ApiKey(Right.READ_ANSWERS),
    summary="Ask a question, in a body",
    operation_id="ask_question_in_body",
)
def asked_by_body(request: HttpRequest, body: QuestionIn) -> Any:
    """The same words as fields of an object."""
    return _answered(urlencode(_words(request)), caller(request), "body")


def _words(request: HttpRequest) -> dict[str, str | int]:
    """From the body itself: Ninja drops the fields that a schema does not name."""
    words = {n: v for n, v in StrictParser().parse_body(request).items() if v is not None}
    wrong = [name for name, value in words.items() if not isinstance(value, str | int)]
    if wrong:
        reason = _("Write a word or a number.")
        fields = {f"body.{name}": [reason] for name in wrong}
        raise Invalid(f"body.{wrong[0]}: {reason}", fields=fields)
    return words


def _answered(words: str, actor: Actor, place: str) -> dict[str, Any]:
    now = timezone.now()
    asked = from_query(words, actor, now)
    if asked.problems:
        first = asked.problems[0]
        fields = {f"{place}.{each.word}": [each.reason] for each in asked.problems}
        raise Invalid(f"{place}.{first.word}: {first.reason}", fields=fields)
    question = asked.question(now)
    compared, effect = _compared(asked, actor, now, place)
    rates = asked_beside(question, actor) if asked.beside else {}
    start, end = asked.days(now)
    return {
        "title": title(asked),
        "address": asked.to_query(),
        "metric": asked.metric,
        "unit": METRICS[asked.metric].unit,
        "first_day": start,
        "last_day": end and end - timedelta(days=1),
        "mixes": kinds_mixed(question, actor),
        "note": note(effect),
        "rows": _rows(asked, compared[:MOST], rates, actor),
        "left_off": max(len(compared) - MOST, 0),
    }


def _compared(
    asked: Asked, actor: Actor, now: datetime, place: str
) -> tuple[list[Compared], float]:
    """With the design effect that their margins allow for."""
    try:
        return heeded_with_effect(asked.question(now), asked.comparison(now), actor)
    except NoReference as error:
        reason = _("There is nothing to compare with.")
        raise Invalid(reason, fields={f"{place}.vs": [reason]}) from error


def _rows(
    asked: Asked, compared: list[Compared], rates: dict[tuple[Key, ...], Row], actor: Actor
) -> list[dict[str, Any]]:
    rows = [each.row for each in compared]
    named = labels(asked.by, asked.grain, rows, actor)
    refs = references(asked.by, rows, actor)
    dimensions = (*asked.by, *([asked.grain] if asked.grain else []))
    least = METRICS[asked.metric].minimum
    found = []
    for each in compared:
        rate = rates.get(each.row.key)
        keys = [
            {"dimension": dimension, "value": _value(dimension, key, refs), "label": label}
            for dimension, key, label in zip(
                dimensions, each.row.key, named[each.row.key], strict=True
            )
        ]
        found.append(
            {
                "key": keys,
                **_numbers(each.row),
                "too_few": each.row.n < least,
                "response_rate": rate.value if rate else None,
                "against": _numbers(each.other) if each.other else None,
                "difference": _difference(each),
            }
        )
    return found


_BY_ID = ("unit", "employee", "owner", "account")


def _value(dimension: str, key: Key, refs: dict[str, dict[Key, str]]) -> Key:
    """Ids never leave."""
    if dimension in _BY_ID:
        return refs[dimension].get(key)
    return key


def _numbers(row: Row) -> dict[str, Any]:
    return {"n": row.n, "value": row.value, "low": row.low, "high": row.high}


def _difference(each: Compared) -> dict[str, Any] | None:
    gap = each.difference
    if gap is None:
        return None
    p = each.p_adjusted
    return {
        "value": gap.value, "low": gap.low, "high": gap.high, "p": p, "real": each.is_real,
    }  # fmt: skip
