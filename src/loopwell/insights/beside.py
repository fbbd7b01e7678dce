"""What must stand beside a number: how many of those asked answered, and what it mixes?"""

from dataclasses import replace

from loopwell.access.rules import Actor
from loopwell.insights.asking import Key, Question, Row
from loopwell.insights.questions import ask, can_be_asked, filtered_by
from loopwell.surveys.enums import OUR_CUSTOMERS

RATE = "response_rate"


def asked_beside(question: Question, actor: Actor) -> dict[tuple[Key, ...], Row]:
    """The response rate by the key of each row, of the same cut and filters; empty where those
    who were asked are not known by them (by score, by what they said)."""
    needed = (*question.by, *filtered_by(question.filters))
    if "channel" in needed:  # by which a message went, not where the customer was served
        return {}
    if not all(can_be_asked(RATE, dimension) for dimension in needed):
        return {}
    return {row.key: row for row in ask(replace(question, metric=RATE), actor)}


def kinds_mixed(question: Question, actor: Actor) -> list[str]:
    """The kinds of survey that a number without a chosen one is made of, where they are several:
    such a number moves when they are asked in other shares, and pages show the kinds apart."""
    filters = question.filters
    if filters.kind or filters.survey or "kind" in question.by or "survey" in question.by:
        return []
    if not can_be_asked(question.metric, "kind"):
        return []
    rows = ask(Question(question.metric, ("kind",), "", filters), actor)
    found = [str(row.key[0]) for row in rows if row.n and row.key[0] in OUR_CUSTOMERS]
    return found if len(found) > 1 else []
