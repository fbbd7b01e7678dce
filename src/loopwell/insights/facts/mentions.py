"""Which themes do answers speak of, as people or programs found them?"""

from loopwell.insights.facts.source import Context, Rows, Source, at, categories
from loopwell.insights.warehouse.engine import Columns
from loopwell.insights.warehouse.tables import MENTIONS
from loopwell.themes.models import Mention

_ANSWER = (
    "score", "answered_at", "survey__ref", "kind", "touchpoint", "language", "unit_id",
    "account_id", "properties",
)  # fmt: skip
_FIELDS = (
    "pk", "theme__slug", "theme__kind", "source", "weight",
    *(f"response__{name}" for name in _ANSWER),
)  # fmt: skip


def _shape(rows: Rows, context: Context) -> Columns:
    answer = {name: rows[f"response__{name}"] for name in _ANSWER}
    return {
        "id": list(rows["pk"]),
        "answer_id": list(rows["response_id"]),
        "theme": list(rows["theme__slug"]),
        "theme_kind": list(rows["theme__kind"]),
        "source": list(rows["source"]),
        "weight": [float(weight) for weight in rows["weight"]],
        **categories(answer["score"]),
        **at(answer, answer["answered_at"], context),
        "survey": list(answer["survey__ref"]),
        "kind": list(answer["kind"]),
        "touchpoint": list(answer["touchpoint"]),
        "language": list(answer["language"]),
        "properties": list(answer["properties"]),
    }


MENTION_FACTS = Source(
    MENTIONS, lambda: Mention.objects.filter(response__is_test=False), _FIELDS, _shape,
    key="response_id",
)  # fmt: skip
