"""Which themes do answers speak of, as people or programs found them?

`voice` says for whom a mention counts: "call" is what an interviewer found; "comment" what the
comment says, once however many sources found it. Where a person coded the comment, what rules and
the model found in it is silent: the person read it.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from loopwell.insights.facts.source import Context, Rows, Source, at, categories
from loopwell.insights.warehouse.engine import Columns
from loopwell.insights.warehouse.tables import MENTIONS
from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Coding, Mention
from loopwell.themes.queries.taxonomy import where

_ANSWER = (
    "score", "answered_at", "survey__ref", "kind", "touchpoint", "language", "unit_id",
    "account_id", "properties", "invitation__weight", "account__revenue",
)  # fmt: skip
_FIELDS = (
    "pk", "theme__slug", "theme__kind", "source", "weight", "sentiment", "is_coded",
    *(f"response__{name}" for name in _ANSWER),
)  # fmt: skip


def _shape(rows: Rows, context: Context) -> Columns:
    stands = where()
    places = [stands[slug] for slug in rows["theme__slug"]]
    answer = {name: rows[f"response__{name}"] for name in _ANSWER}
    return {
        "id": list(rows["pk"]),
        "answer_id": list(rows["response_id"]),
        "theme": list(rows["theme__slug"]),
        "theme_1": [place.top for place in places],
        "theme_2": [place.second for place in places],
        "theme_kind": list(rows["theme__kind"]),
        "source": list(rows["source"]),
        "voice": _voices(rows),
        "weight": [float(weight) for weight in rows["weight"]],
        "sentiment": [None if each is None else float(each) for each in rows["sentiment"]],
        "answer_weight": [1.0 if each is None else each for each in answer["invitation__weight"]],
        "revenue": [None if each is None else float(each) for each in answer["account__revenue"]],
        **categories(answer["score"]),
        **at(answer, answer["answered_at"], context),
        "survey": list(answer["survey__ref"]),
        "kind": list(answer["kind"]),
        "touchpoint": list(answer["touchpoint"]),
        "language": list(answer["language"]),
        "properties": list(answer["properties"]),
    }


def _voices(rows: Rows) -> list[str]:
    """In the order of the rows; all mentions of an answer are among them."""
    best: dict[tuple[int, str], int] = {}
    keys = list(zip(rows["response_id"], rows["theme__slug"], strict=True))
    ranks = [_rank(*each) for each in zip(rows["source"], rows["is_coded"], strict=True)]
    for key, rank in zip(keys, ranks, strict=True):
        if rank is not None:
            best[key] = min(rank, best.get(key, rank))
    return [
        "call" if source == MentionSource.INTERVIEWER else _speaks(rank, best.get(key))
        for key, rank, source in zip(keys, ranks, rows["source"], strict=True)
    ]


def _speaks(rank: int | None, best: int | None) -> str:
    return "comment" if rank is not None and rank == best else ""


_READERS: Sequence[str] = (MentionSource.CODER, MentionSource.RULE, MentionSource.MODEL)


def _rank(source: str, is_coded: bool) -> int | None:
    """None where it says nothing of the comment."""
    if source not in _READERS or (is_coded and source != MentionSource.CODER):
        return None
    return _READERS.index(source)


def _mentions() -> QuerySet[Any]:
    coded = Exists(Coding.objects.filter(response=OuterRef("response")))
    return Mention.objects.filter(response__is_test=False).annotate(is_coded=coded)


MENTION_FACTS = Source(
    MENTIONS, _mentions, _FIELDS, _shape, "response_id", ("response__properties",)
)
