"""What would the score be if the silent had answered?"""

from typing import TYPE_CHECKING

from loopwell.access.rules import Actor
from loopwell.calc.nps import Counts
from loopwell.insights.asking import Question
from loopwell.responses.queries import AnswerFilter, asked_scores

if TYPE_CHECKING:
    from loopwell.calc.silence import Band

_UNKNOWN = ("channel", "theme", "aspect", "programme", "source", "decision_role", "category")


def band(question: Question, actor: Actor) -> "Band | None":
    """Of those asked in the question's stretch of time, by the day of asking. Late answers, those
    after a reminder, stand for the silent. None where nobody was asked or answered, and where the
    question is narrowed by what is not known of the silent."""
    from loopwell.calc.silence import silent_band

    wanted = _wanted(question)
    if wanted is None:
        return None
    found = asked_scores(actor, wanted)
    answered, late = _counts(found.answered), _counts(found.late)
    if answered.n == 0:
        return None
    return silent_band(answered, max(found.n - answered.n, 0), late=late if late.n else None)


def _wanted(question: Question) -> AnswerFilter | None:
    filters = question.filters
    narrowed = any(getattr(filters, name) for name in _UNKNOWN)
    if narrowed or filters.scores is not None:
        return None
    return AnswerFilter(
        start=filters.start,
        end=filters.end,
        unit_path=filters.unit_path,
        kind=filters.kind,
        survey=filters.survey,
        touchpoint=filters.touchpoint,
        language=filters.language,
        properties=filters.properties,
        weekday=filters.weekday,
        hour=filters.hour,
    )


def _counts(found: tuple[int, int, int]) -> Counts:
    promoters, passives, detractors = found
    return Counts(detractors, passives, promoters)
