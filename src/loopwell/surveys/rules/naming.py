"""Under which keys are questions and choices kept? People never see or write them."""

from collections.abc import Callable, Collection, Mapping

from loopwell.people.rules.properties import property_name
from loopwell.surveys.questions import Question

_KEPT = frozenset(
    {"nps", "why", "consent", "score", "comment", "contact_consent", "question", "thanks", "text"}
)
"""Names that answers, texts or forms use already."""
_KEPT_OPTIONS = frozenset({"label", "low", "high", "other", "chosen"})


def question_key(
    label: str, kind: Question, used: Collection[str], past: Mapping[str, Question]
) -> str:
    """A key made from the question's words. One that was published for the same kind of question
    is taken up again, so that its numbers go on; for another kind it is left alone."""

    def is_free(key: str) -> bool:
        before = past.get(key)
        return key not in used and key not in _KEPT and (before is None or alike(before, kind))

    return _first(property_name(label)[:30].strip("_"), is_free)


def option_key(label: str, used: Collection[str]) -> str:
    return _first(
        property_name(label)[:30].strip("_"), lambda k: k not in used and k not in _KEPT_OPTIONS
    )


def alike(before: Question, after: Question) -> bool:
    """Whether answers to both can be counted together."""
    return before.type == after.type and (not after.rated or before.points == after.points)


def _first(stem: str, is_free: Callable[[str], bool]) -> str:
    key, number = stem, 1
    while not is_free(key):
        number += 1
        key = f"{stem}_{number}"
    return key
