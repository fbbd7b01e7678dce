"""What was said to the further questions of a survey, and in which of its tests?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.responses.models import Response
from loopwell.responses.queries.answers import matching
from loopwell.responses.queries.filters import AnswerFilter
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.questions import Question, questions_of

NEWEST_TEXTS = 5
CHUNK = 2000
OTHER = "other"


@dataclass(frozen=True)
class Text:
    """Own words, and the answer they stand in."""

    ref: str
    text: str


@dataclass
class Said:
    """Everything said to one question: `counts` by point or option, for a grid by aspect."""

    question: Question
    n: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    by_aspect: dict[str, Counter[str]] = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)


def test_answers(actor: Actor, survey: Survey) -> QuerySet[Response]:
    """Answers to tests, the newest first; they count nowhere."""
    require(actor, Right.RUN_SURVEYS)
    rows = Response.objects.filter(
        actor.within(Right.RUN_SURVEYS).rows(account="account"), survey=survey, is_test=True
    )
    return rows.select_related("version__survey").order_by("-answered_at", "-id")


def further_said(actor: Actor, wanted: AnswerFilter, questions: Sequence[Question]) -> list[Said]:
    """Read in one pass over the selected answers, however many there are."""
    found = {each.key: Said(each) for each in questions}
    rows = matching(actor, wanted).exclude(answers={}).order_by("-answered_at", "-id")
    for ref, answers in rows.values_list("ref", "answers").iterator(chunk_size=CHUNK):
        for key, answer in answers.items():
            if key in found:
                take(found[key], ref, answer)
    return list(found.values())


def take(said: Said, ref: str, answer: Any, *, most: int = NEWEST_TEXTS) -> None:
    """Adds one answer, keeping at most so many texts; one in a shape its question does not have
    (from a file, say) is left out."""
    match said.question.type, answer:
        case QuestionType.CSAT | QuestionType.CES, int() if not isinstance(answer, bool):
            said.counts[str(answer)] += 1
        case QuestionType.GRID, dict() if answer:
            for aspect, point in answer.items():
                said.by_aspect.setdefault(aspect, Counter())[str(point)] += 1
        case QuestionType.SINGLE | QuestionType.MULTIPLE, str() | dict() if answer:
            said.counts.update(chosen(answer))
            _keep(said, ref, other_words(answer), most)
        case QuestionType.TEXT, str() if answer:
            _keep(said, ref, answer, most)
        case QuestionType.HIDDEN, str() if answer:
            said.counts[answer] += 1
        case _:
            return
    said.n += 1


def _keep(said: Said, ref: str, text: str, most: int) -> None:
    if text and len(said.texts) < most:
        said.texts.append(Text(ref, text))


def chosen(answer: Any) -> set[str]:
    """The options a choice names, own words among them as "other"."""
    if not isinstance(answer, Mapping):
        return {str(answer)}
    names = {str(each) for each in answer.get("chosen", ())}
    return names | ({OTHER} if answer.get(OTHER) else set())


def other_words(answer: Any) -> str:
    return str(answer.get(OTHER) or "") if isinstance(answer, Mapping) else ""


def further_questions(survey: Survey) -> list[tuple[Question, Version]]:
    """The further questions of all published versions as asked last, in the order asked first;
    where nothing was published yet, those of the draft."""
    return _questions(list(survey.versions.select_related("survey").order_by("number")))


def further_in(rows: QuerySet[Response]) -> list[tuple[Question, Version]]:
    """The further questions of every survey that these answers belong to."""
    surveys = list(rows.order_by().values_list("survey_id", flat=True).distinct())
    versions = Version.objects.filter(survey__in=surveys).select_related("survey")
    by_survey: dict[int, list[Version]] = {}
    for version in versions.order_by("survey__name", "survey_id", "number"):
        by_survey.setdefault(version.survey_id, []).append(version)
    return [found for each in by_survey.values() for found in _questions(each)]


def _questions(versions: Sequence[Version]) -> list[tuple[Question, Version]]:
    found: dict[str, tuple[Question, Version]] = {}
    for version in [v for v in versions if v.published_at] or versions:
        for question in questions_of(version):
            if question.type not in FIXED:
                found[question.key] = (question, version)
    return list(found.values())


FIXED = (QuestionType.NPS, QuestionType.COMMENT, QuestionType.CONSENT)
