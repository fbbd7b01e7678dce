"""What did somebody say in the form of a respondent's page? Callers' pages ask it too."""

from loopwell.responses.reading import (
    OTHER_LIMIT,
    WITHOUT_WORDS,
    answers_from,
    is_empty,
    missing,
    read_score,
    score_from,
    typed_in,
)

__all__ = [
    "OTHER_LIMIT",
    "WITHOUT_WORDS",
    "answers_from",
    "is_empty",
    "missing",
    "read_score",
    "score_from",
    "typed_in",
]
