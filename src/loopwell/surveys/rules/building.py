"""Which questions make a questionnaire that can be asked and counted?"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from loopwell.surveys.enums import QuestionType
from loopwell.surveys.questions import CATEGORIES, SCORE, Question
from loopwell.surveys.rules.naming import alike

MOST_QUESTIONS = 12
MOST_OPTIONS = 20
MOST_POINTS = 10
CHOICES = (QuestionType.SINGLE, QuestionType.MULTIPLE)
ONCE = (QuestionType.NPS, QuestionType.COMMENT, QuestionType.CONSENT)
WHOLE = ""
"""Under this key stand the faults of the questionnaire as a whole."""

Faults = dict[str, list[str]]


def questions_faults(
    questions: Sequence[Question], past: Mapping[str, Question] | None = None
) -> Faults:
    """What must be mended, by question's key; `past` are the questions published so far."""
    found: Faults = {}

    def note(key: str, message: str) -> None:
        if message:
            found.setdefault(key, []).append(message)

    note(WHOLE, _order_fault(questions))
    note(WHOLE, _count_fault(questions))
    for place, question in enumerate(questions):
        earlier = {each.key: each for each in questions[:place]}
        if question.key in earlier:
            note(WHOLE, _("Two questions are kept under the same name: remove one of them."))
        note(question.key, _shape_fault(question))
        note(question.key, _condition_fault(question, earlier))
        before = (past or {}).get(question.key)
        if before is not None and not alike(before, question):
            note(question.key, _another_fault())
    return found


def _order_fault(questions: Sequence[Question]) -> str:
    scores = [each for each in questions if each.type == QuestionType.NPS]
    if len(scores) != 1 or questions[0] is not scores[0] or scores[0].key != SCORE:
        return _("The recommendation comes first, and once.")
    return ""


def _count_fault(questions: Sequence[Question]) -> str:
    if len(questions) > MOST_QUESTIONS:
        words = _("At most %(most)d questions: customers leave long questionnaires.")
        return words % {"most": MOST_QUESTIONS}
    for kind in ONCE[1:]:
        if sum(each.type == kind for each in questions) > 1:
            return _("“%(kind)s” can be asked once.") % {"kind": kind.label}
    return ""


def _shape_fault(question: Question) -> str:
    options = question.options
    if question.type in CHOICES and len(options) < 2:
        return _("Give at least two choices.")
    if question.type == QuestionType.GRID and not options:
        return _("Give at least one aspect to rate.")
    if len(options) > MOST_OPTIONS:
        return _("At most %(most)d choices.") % {"most": MOST_OPTIONS}
    if len(set(options)) < len(options):
        return _("Two choices are the same.")
    if question.rated and not 2 <= question.points <= MOST_POINTS:
        return _("A scale has 2 to %(most)d points.") % {"most": MOST_POINTS}
    if question.type == QuestionType.HIDDEN and not question.source.strip():
        return _("Say which property or link parameter fills it.")
    return ""


def _condition_fault(question: Question, earlier: Mapping[str, Question]) -> str:
    condition = question.shown_if
    if condition is None:
        return ""
    asked = earlier.get(condition.question)
    if asked is None:
        return _("It depends on a question that does not come before it.")
    known = values_of(asked)
    if not known:
        return _("It depends on a question that has no fixed answers.")
    if not condition.values or not set(condition.values) <= set(known):
        return _("It depends on an answer that the earlier question does not have.")
    return ""


def values_of(question: Question) -> tuple[str, ...]:
    """The answers to this question that a later one can depend on."""
    match question.type:
        case QuestionType.NPS:
            return CATEGORIES
        case QuestionType.CSAT | QuestionType.CES:
            return tuple(str(point) for point in range(1, question.points + 1))
        case QuestionType.SINGLE | QuestionType.MULTIPLE:
            return question.options + (("other",) if question.other else ())
    return ()


def _another_fault() -> str:
    return _(
        "This question was published with another kind of answer, and the numbers would not fit "
        "together. Remove it and add a new one."
    )
