"""What did somebody say in the form of a respondent's page?

Names of its fields: `score` (the button pressed) or `chosen` (the score so far), `comment`,
`contact`, and for every other question `q.<key>`; a grid's aspects are `q.<key>.<aspect>`, own
words beside a choice `q.<key>.other`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid
from loopwell.responses.rules import Answer
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.questions import Question, shown

TEXT_LIMIT, OTHER_LIMIT = 5000, 300
WITHOUT_WORDS = "…"
"""Stored when somebody chose "other" and wrote nothing beside it."""
OWN_FIELDS = (QuestionType.NPS, QuestionType.COMMENT, QuestionType.CONSENT)


def answers_from(
    post: QueryDict,
    questions: Sequence[Question],
    texts: Mapping[str, str],
    *,
    earlier: Mapping[str, Any] | None = None,
) -> Answer:
    """The answer in the shapes of surveys.questions; raises Invalid, `fields` by question's key.

    `earlier` are the further answers given so far: branching counts them, and what is emptied
    now replaces them. Questions that this customer does not see are not listened to, and those
    left out stay as they were.
    """
    score = score_from(post)
    if score is None:
        message = _("Please choose a number from 0 to 10.")
        raise Invalid(message, fields={"score": [message]})
    given, faults = _read(post, questions, texts, score, earlier or {})
    if faults:
        raise Invalid(next(iter(faults.values()))[0], fields=faults)
    return Answer(
        score=score,
        comment=post.get("comment"),
        contact_consent={"yes": True, "no": False}.get(post.get("contact", "")),
        answers=given or None,
    )


def typed_in(
    post: QueryDict, questions: Sequence[Question], *, earlier: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The further answers as far as they can be read, to stand in the form again."""
    given, _faults = _read(post, questions, {}, score_from(post), earlier)
    return {**earlier, **given}


def _read(
    post: QueryDict,
    questions: Sequence[Question],
    texts: Mapping[str, str],
    score: int | None,
    earlier: Mapping[str, Any],
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """What is given and what is wrong, by question's key."""
    given: dict[str, Any] = {}
    faults: dict[str, list[str]] = {}
    for question in questions:
        if question.type in OWN_FIELDS or not shown([question], score, {**earlier, **given}):
            continue
        try:
            value = _value(post, question)
        except ValueError:
            label = texts.get(f"{question.key}.label", question.key)
            words = _("We could not read your answer to “%(question)s”. Please choose again.")
            faults[question.key] = [words % {"question": label}]
            continue
        if not is_empty(value) or (question.key in earlier and _was_asked(post, question)):
            given[question.key] = value
    return given, faults


def score_from(post: QueryDict) -> int | None:
    """The button pressed, else the score so far: 0 to 10 as one or two digits."""
    pressed = read_score(post.get("score"))
    return read_score(post.get("chosen")) if pressed is None else pressed


def read_score(text: str | None) -> int | None:
    """Anything but one or two ASCII digits is no score."""
    number = text if text is not None and text.isascii() and text.isdigit() else ""
    return int(number) if 0 < len(number) <= 2 and int(number) <= 10 else None


def is_empty(value: Any) -> bool:
    """Whether this says nothing: no words, nothing chosen, nothing rated."""
    if isinstance(value, Mapping):
        return not any(value.values())
    return value is None or value == ""


def missing(
    questions: Sequence[Question],
    answers: Mapping[str, Any],
    *,
    comment: str,
    contact_consent: bool | None,
) -> dict[str, str]:
    """What to say at those of the questions that want an answer and have none."""
    found = {}
    for question in questions:
        value = answers.get(question.key)
        if question.type == QuestionType.COMMENT:
            value = comment
        elif question.type == QuestionType.CONSENT:
            value = contact_consent
        hidden = question.type in (QuestionType.NPS, QuestionType.HIDDEN)
        if question.required and not hidden and is_empty(value):
            found[question.key] = _("Please answer this one too, or go on without it.")
    return found


def _was_asked(post: QueryDict, question: Question) -> bool:
    """Whether the form had this question, of the types that can be emptied again."""
    emptied = question.type in (QuestionType.TEXT, QuestionType.MULTIPLE)
    return emptied and question.key in post.get("asked", "").split()


def _value(post: QueryDict, question: Question) -> Any:
    """Raises ValueError for what our form cannot send."""
    name = f"q.{question.key}"
    said = post.get(name, "")
    match question.type:
        case QuestionType.CSAT | QuestionType.CES:
            return _point(said, question.points)
        case QuestionType.GRID:
            rated = {
                each: _point(post.get(f"{name}.{each}", ""), question.points)
                for each in question.options
            }
            return {each: point for each, point in rated.items() if point is not None}
        case QuestionType.SINGLE:
            return _single(said, _words(post, question), question)
        case QuestionType.MULTIPLE:
            return _multiple(post.getlist(name), _words(post, question), question)
        case QuestionType.TEXT:
            return _clean(said)[:TEXT_LIMIT]
    return _clean(said)[:OTHER_LIMIT]


def _point(said: str, points: int) -> int | None:
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= 2 and 1 <= int(said) <= points):
        raise ValueError(said)
    return int(said)


def _single(said: str, words: str, question: Question) -> str | dict[str, str] | None:
    """Own words alone count as "other"; beside a choice they do not."""
    if said in question.options:
        return said
    if said and not (said == "other" and question.other):
        raise ValueError(said)
    return {"other": words or WITHOUT_WORDS} if said or words else None


def _multiple(said: list[str], words: str, question: Question) -> dict[str, Any]:
    ticked = "other" in said and "other" not in question.options
    unknown = set(said) - {*question.options, *(["other"] if question.other else [])}
    if unknown:
        raise ValueError(unknown)
    chosen = [option for option in question.options if option in said]
    return {"chosen": chosen, "other": words or (WITHOUT_WORDS if ticked else "")}


def _words(post: QueryDict, question: Question) -> str:
    return _clean(post.get(f"q.{question.key}.other", ""))[:OTHER_LIMIT] if question.other else ""


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()
