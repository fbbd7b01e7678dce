"""Which answers does somebody see, who was asked, and which of them meet a filter?"""

from loopwell.responses.queries.answers import (
    Tally,
    answer_by_key,
    answer_by_ref,
    answers,
    languages,
    newest_answer_at,
    newest_comments,
    tally,
    touchpoints,
    visible_to,
)
from loopwell.responses.queries.asked import AskedTally, asked, asked_tally
from loopwell.responses.queries.filters import CATEGORIES, NOTHING, AnswerFilter

__all__ = [
    "CATEGORIES",
    "NOTHING",
    "AnswerFilter",
    "AskedTally",
    "Tally",
    "answer_by_key",
    "answer_by_ref",
    "answers",
    "asked",
    "asked_tally",
    "languages",
    "newest_answer_at",
    "newest_comments",
    "tally",
    "touchpoints",
    "visible_to",
]
