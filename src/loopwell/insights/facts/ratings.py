"""What did customers rate beside the recommendation: satisfaction, effort, single aspects?"""

from django.db.models import QuerySet

from loopwell.insights.facts.source import Context, Rows, Source, at, categories
from loopwell.insights.rating_scales import rated
from loopwell.insights.warehouse.engine import Columns
from loopwell.insights.warehouse.tables import RATINGS
from loopwell.responses.models import Response

MOST = 1000
"""Ratings that one answer can have; a rating's id is made from its answer's and its place."""
_FIELDS = (
    "score", "answered_at", "survey__ref", "kind", "touchpoint", "language", "unit_id",
    "account_id", "employee_id", "interaction__channel", "product", "answers", "version_id",
    "properties",
)  # fmt: skip


def _rows() -> QuerySet[Response]:
    return Response.objects.filter(is_test=False, version__isnull=False).exclude(answers={})


def _shape(rows: Rows, context: Context) -> Columns:
    found: Columns = {name: [] for name in ("id", "question", "aspect", "points", "share")}
    whose: list[int] = []
    known = zip(rows["pk"], rows["version_id"], rows["answers"], strict=True)
    for place, (answer_id, version_id, answers) in enumerate(known):
        for number, rating in enumerate(rated(context.scales, version_id, answers)):
            whose.append(place)
            found["id"].append(answer_id * MOST + number)
            for column in ("question", "aspect", "points", "share"):
                found[column].append(getattr(rating, column))
    each = {name: [values[place] for place in whose] for name, values in rows.items()}
    return {
        **found,
        **categories(each["score"]),
        **at(each, each["answered_at"], context),
        "answer_id": each["pk"],
        "survey": each["survey__ref"],
        "kind": each["kind"],
        "touchpoint": each["touchpoint"],
        "language": each["language"],
        "employee_id": each["employee_id"],
        "channel": [channel or "" for channel in each["interaction__channel"]],
        "product": each["product"],
        "properties": each["properties"],
    }


RATING_FACTS = Source(RATINGS, _rows, _FIELDS, _shape, json=("properties", "answers"))
