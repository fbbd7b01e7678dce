"""On which page does a question stand, when it depends on the answers to others?

Page 1 has the score and what depends on it alone; each question that depends on another's answer
stands on the page after that one's. So no script is needed, and the address says where one is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from loopwell.surveys.questions import SCORE, Question, shown

FIRST = 1


def pages_of(questions: Sequence[Question]) -> dict[str, int]:
    """The page of every question by its key."""
    found: dict[str, int] = {}
    for question in questions:
        condition = question.shown_if
        waits = condition is not None and condition.question != SCORE
        found[question.key] = (
            found.get(condition.question, FIRST) + 1 if condition and waits else FIRST
        )
    return found


def on_page(
    questions: Sequence[Question], page: int, *, score: int | None, answers: Mapping[str, Any]
) -> Sequence[Question]:
    """What this customer sees on the page."""
    pages = pages_of(questions)
    return [each for each in shown(questions, score, answers) if pages[each.key] == page]


def page_after(
    questions: Sequence[Question], page: int, *, score: int | None, answers: Mapping[str, Any]
) -> int | None:
    """The next page that has something to ask of this customer; None when that was all."""
    pages = pages_of(questions)
    later = {pages[each.key] for each in shown(questions, score, answers)}
    return min((each for each in later if each > page), default=None)
