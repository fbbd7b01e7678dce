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
from loopwell.responses.queries.asked import (
    AskedScores,
    AskedTally,
    asked,
    asked_scores,
    asked_tally,
)
from loopwell.responses.queries.filters import CATEGORIES, NOTHING, AnswerFilter
from loopwell.responses.queries.further import (
    Said,
    Text,
    chosen,
    further_in,
    further_questions,
    further_said,
    other_words,
    test_answers,
)
from loopwell.responses.queries.groups import GroupResults, group_results

__all__ = [
    "CATEGORIES",
    "NOTHING",
    "AnswerFilter",
    "AskedScores",
    "AskedTally",
    "GroupResults",
    "Said",
    "Tally",
    "Text",
    "answer_by_key",
    "answer_by_ref",
    "answers",
    "asked",
    "asked_scores",
    "asked_tally",
    "chosen",
    "further_in",
    "further_questions",
    "further_said",
    "group_results",
    "languages",
    "newest_answer_at",
    "newest_comments",
    "other_words",
    "tally",
    "test_answers",
    "touchpoints",
    "visible_to",
]
