"""What is known of an answer when it is counted?"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from loopwell.insights.facts.source import Context, Rows, Source, at, categories
from loopwell.insights.rating_scales import Rating, rated
from loopwell.insights.warehouse.engine import Columns
from loopwell.insights.warehouse.tables import ANSWERS
from loopwell.responses.models import Response
from loopwell.surveys.enums import QuestionType
from loopwell.themes.models import Coding

_FIELDS = (
    "ref", "score", "answered_at", "survey__ref", "kind", "touchpoint", "language", "unit_id",
    "account_id", "employee_id", "customer_id", "source", "comment", "product", "answers",
    "version_id", "invitation__weight", "interaction__channel", "customer__decision_role",
    "account__revenue", "properties", "is_coded",
)  # fmt: skip


def _shape(rows: Rows, context: Context) -> Columns:
    ratings = [
        rated(context.scales, version, answers) if answers else ()
        for version, answers in zip(rows["version_id"], rows["answers"], strict=True)
    ]
    return {
        "id": list(rows["pk"]),
        "ref": list(rows["ref"]),
        **categories(rows["score"]),
        **at(rows, rows["answered_at"], context),
        "survey": list(rows["survey__ref"]),
        "kind": list(rows["kind"]),
        "touchpoint": list(rows["touchpoint"]),
        "language": list(rows["language"]),
        "employee_id": list(rows["employee_id"]),
        "customer_id": list(rows["customer_id"]),
        "source": list(rows["source"]),
        "channel": [channel or "" for channel in rows["interaction__channel"]],
        "product": list(rows["product"]),
        "decision_role": [role or "" for role in rows["customer__decision_role"]],
        "has_comment": [bool(comment) for comment in rows["comment"]],
        "is_coded": list(rows["is_coded"]),
        "weight": [1.0 if weight is None else weight for weight in rows["invitation__weight"]],
        "csat": [_first(QuestionType.CSAT, each) for each in ratings],
        "ces": [_first(QuestionType.CES, each) for each in ratings],
        "revenue": [None if sum_ is None else float(sum_) for sum_ in rows["account__revenue"]],
        "properties": list(rows["properties"]),
    }


def _first(wanted: QuestionType, ratings: Sequence[Rating]) -> float | None:
    """How the first such question was answered, as a share of its scale."""
    return next((each.share for each in ratings if each.type == wanted.value), None)


def _answers() -> QuerySet[Any]:
    coded = Exists(Coding.objects.filter(response=OuterRef("pk")))
    return Response.objects.filter(is_test=False).annotate(is_coded=coded)


ANSWER_FACTS = Source(ANSWERS, _answers, _FIELDS, _shape, json=("properties", "answers"))
