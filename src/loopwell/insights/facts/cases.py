"""What was done about an answer, how soon, and did the customer come round?"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import (
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from loopwell.cases.enums import RedressState
from loopwell.cases.models import Case, Policy
from loopwell.cases.rules.recovery import SOONEST
from loopwell.insights.facts.source import DETRACTOR, Context, Rows, Source, at, naive
from loopwell.insights.warehouse.engine import Columns
from loopwell.insights.warehouse.tables import CASES
from loopwell.responses.models import Response
from loopwell.sampling.models import Invitation
from loopwell.surveys.enums import OUR_CUSTOMERS

_FIELDS = (
    "opened_at", "reached_at", "closed_at", "due_at", "unit_id", "account_id", "owner_id",
    "score", "response_id", "response__survey__ref", "response__kind", "response__touchpoint",
    "response__language", "invitation__version__survey__ref", "invitation__version__survey__kind",
    "invitation__touchpoint", "invitation__language", "again_score", "asked", "cost",
)  # fmt: skip


def _rows() -> QuerySet[Any]:
    """With the first answer at least a week after the one that opened the case (as the page on
    recovery has it), and what the customer got in the company's own currency."""
    since = ExpressionWrapper(
        Coalesce(F("response__answered_at"), F("opened_at"))
        + Value(SOONEST, output_field=DurationField()),
        output_field=DateTimeField(),
    )
    later = Response.objects.filter(
        customer=OuterRef("customer"), is_test=False, kind__in=OUR_CUSTOMERS,
        answered_at__gte=OuterRef("since"),
    ).order_by("answered_at", "pk")  # fmt: skip
    asked = Invitation.objects.filter(
        customer=OuterRef("customer"), is_test=False, sent_at__gte=OuterRef("since")
    )
    currency = Coalesce(
        Subquery(Policy.objects.order_by("pk").values("currency")[:1]), Value("EUR")
    )
    given = Q(redress__state__in=(RedressState.GIVEN, RedressState.APPROVED))
    return Case.objects.exclude(response__is_test=True).annotate(
        since=since,
        again_score=Subquery(later.values("score")[:1]),
        asked=Exists(asked),
        cost=Sum("redress__amount", filter=given & Q(redress__currency=currency)),
    )


def _shape(rows: Rows, context: Context) -> Columns:
    return {
        "id": list(rows["pk"]),
        **at(rows, rows["opened_at"], context),
        "answer_id": list(rows["response_id"]),
        "survey": _either(rows["response__survey__ref"], rows["invitation__version__survey__ref"]),
        "kind": _either(rows["response__kind"], rows["invitation__version__survey__kind"]),
        "touchpoint": _either(rows["response__touchpoint"], rows["invitation__touchpoint"]),
        "language": _either(rows["response__language"], rows["invitation__language"]),
        "owner_id": list(rows["owner_id"]),
        "score": [None if score is None else float(score) for score in rows["score"]],
        "reached_at": naive(rows["reached_at"]),
        "closed_at": naive(rows["closed_at"]),
        "due_at": naive(rows["due_at"]),
        "first_contact_hours": list(map(_hours, rows["opened_at"], rows["reached_at"])),
        "in_time": [
            _in_time(*each, context.now)
            for each in zip(rows["reached_at"], rows["due_at"], rows["closed_at"], strict=True)
        ],
        "closed": [0.0 if each is None else 1.0 for each in rows["closed_at"]],
        **_again(rows),
        "cost": [float(cost or 0) for cost in rows["cost"]],
    }


def _again(rows: Rows) -> Columns:
    """Only an unhappy customer can come round: of others nothing is said."""
    unhappy = [score is not None and DETRACTOR[score] == 1.0 for score in rows["score"]]
    scores = [
        float(score) if score is not None and was else None
        for score, was in zip(rows["again_score"], unhappy, strict=True)
    ]
    return {
        "asked_again": [
            float(asked or score is not None)
            for asked, score in zip(rows["asked"], rows["again_score"], strict=True)
        ],
        "again_score": scores,
        "recovered": [None if score is None else float(score > 6) for score in scores],
    }


def _either(of_answer: Sequence[Any], of_silence: Sequence[Any]) -> list[Any]:
    pairs = zip(of_answer, of_silence, strict=True)
    return [(silent or "") if said is None else said for said, silent in pairs]


def _hours(opened: datetime, reached: datetime | None) -> float | None:
    return None if reached is None else (reached - opened).total_seconds() / 3600


def _in_time(
    reached: datetime | None, due: datetime, closed: datetime | None, now: datetime
) -> float | None:
    """None while there is still time."""
    if reached is not None:
        return float(reached <= due)
    return 0.0 if closed is not None or due < now else None


CASE_FACTS = Source(CASES, _rows, _FIELDS, _shape, json=())
