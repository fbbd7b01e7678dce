"""How do questions come into a draft, change, move and go?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Invalid, NotFound
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.operations.drafts import Texts, draft_of, write
from loopwell.surveys.queries import past_questions
from loopwell.surveys.questions import (
    CONSENT,
    REASON,
    SCORE,
    Question,
    questions_of,
    text_keys,
)
from loopwell.surveys.rules.building import WHOLE, questions_faults
from loopwell.surveys.rules.naming import option_key, question_key
from loopwell.surveys.rules.suggestions import suggested_in
from loopwell.surveys.rules.texts import texts_of_question

FIXED_KEYS = {
    QuestionType.NPS: SCORE,
    QuestionType.COMMENT: REASON,
    QuestionType.CONSENT: CONSENT,
}


class QuestionsWrong(Invalid):
    """The questions cannot be asked like this; `fields` maps a question's key to messages."""


def check_questions(questions: Sequence[Question], past: Mapping[str, Question]) -> None:
    """Raises QuestionsWrong; an empty list stands for the score, why and consent."""
    wrong = questions_faults(questions, past) if questions else {}
    if wrong:
        first = wrong.get(WHOLE) or next(iter(wrong.values()))
        raise QuestionsWrong(first[0], fields=wrong)


@dataclass(frozen=True)
class Words:
    """What a person writes about one question in one language; `options` are (key, words), the
    key empty for a new one, `more` the optional texts of a fixed question by their keys."""

    label: str = ""
    low: str = ""
    high: str = ""
    other: str = ""
    options: tuple[tuple[str, str], ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def save_questions(
    *, actor: Actor, survey: Survey, questions: Sequence[Question], now: datetime
) -> Version:
    """Puts these questions into the draft; words of questions and choices that go leave too."""
    require(actor, Right.RUN_SURVEYS)
    draft = draft_of(survey, now)
    return _save(draft, questions, draft.texts)


@transaction.atomic
def add_question(
    *,
    actor: Actor,
    survey: Survey,
    question: Question,
    words: Words,
    language: str,
    now: datetime,
) -> Question:
    """Adds it after the last; its key and those of its choices are made from the words."""
    require(actor, Right.RUN_SURVEYS)
    draft = draft_of(survey, now)
    others = questions_of(draft)
    key = FIXED_KEYS.get(question.type) or question_key(
        words.label or question.source,
        question,
        {each.key for each in others},
        past_questions(survey),
    )
    made, texts = worded(replace(question, key=key, options=()), words, language, draft.texts)
    _save(draft, (*others, made), texts)
    return made


@transaction.atomic
def change_question(
    *,
    actor: Actor,
    survey: Survey,
    question: Question,
    words: Words,
    language: str,
    now: datetime,
) -> Question:
    """Changes the question of this key; its words only in this language."""
    require(actor, Right.RUN_SURVEYS)
    draft = draft_of(survey, now)
    before = questions_of(draft)
    place = _place(before, question.key)
    kept = replace(question, type=before[place].type, options=before[place].options)
    made, texts = worded(kept, words, language, draft.texts)
    _save(draft, (*before[:place], made, *before[place + 1 :]), texts)
    return made


@transaction.atomic
def remove_question(*, actor: Actor, survey: Survey, key: str, now: datetime) -> Version:
    """Answers given to it stay; customers are no longer asked."""
    require(actor, Right.RUN_SURVEYS)
    draft = draft_of(survey, now)
    before = questions_of(draft)
    _place(before, key)
    depend = [each for each in before if each.shown_if and each.shown_if.question == key]
    if depend:
        message = _(
            "Another question is shown only to those who answer this one. Change that first."
        )
        raise QuestionsWrong(message, fields={depend[0].key: [message]})
    return _save(draft, [each for each in before if each.key != key], draft.texts)


@transaction.atomic
def move_question(*, actor: Actor, survey: Survey, key: str, up: bool, now: datetime) -> Version:
    """One place up or down; at the end nothing changes."""
    require(actor, Right.RUN_SURVEYS)
    draft = draft_of(survey, now)
    order = list(questions_of(draft))
    place = _place(order, key)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return _save(draft, order, draft.texts)


def _place(questions: Sequence[Question], key: str) -> int:
    for place, question in enumerate(questions):
        if question.key == key:
            return place
    raise NotFound(_("There is no such question."))


def worded(
    question: Question, words: Words, language: str, texts: Mapping[str, Mapping[str, str]]
) -> tuple[Question, Texts]:
    """The question with its choices' keys, and the texts with its words put in."""
    keys: list[str] = []
    said: dict[str, str] = {}
    for known, label in words.options:
        if not (label := " ".join(label.split())):
            continue
        key = known if known in question.options else option_key(label, {*keys, *question.options})
        keys.append(key)
        said[f"{question.key}.{key}"] = label
    made = replace(question, options=tuple(keys))
    for name in text_keys(made):
        said.setdefault(name, _word(name, made, words))
    for text in texts_of_question(made):
        if text.key in words.more:
            said[text.key] = words.more[text.key].replace("\r\n", "\n").strip()
    mended: Texts = {code: dict(own) for code, own in texts.items()}
    mended.setdefault(language, {}).update(said)
    for code, own in mended.items():
        if code != language:
            ours = suggested_in(made, said, language, code)
            own.update({k: v for k, v in ours.items() if not own.get(k, "").strip()})
    return made, mended


def _word(name: str, question: Question, words: Words) -> str:
    part = name.rpartition(".")[2]
    found = {"low": words.low, "high": words.high, "other": words.other}.get(part, words.label)
    return found.replace("\r\n", "\n").strip()


def _save(draft: Version, questions: Sequence[Question], texts: Texts) -> Version:
    check_questions(questions, past_questions(draft.survey))
    known = {key for question in questions for key in text_keys(question)}
    kept = {
        code: {key: text for key, text in own.items() if "." not in key or key in known}
        for code, own in texts.items()
    }
    return write(draft, kept, questions=questions)
