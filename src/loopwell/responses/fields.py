"""How does a question stand on the page: its label, its choices, what is chosen, what is wrong?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from loopwell.responses.reading import OTHER_LIMIT, WITHOUT_WORDS
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.questions import Question, category_of


@dataclass(frozen=True)
class Choice:
    """One radio button or box."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Row:
    """One line of points: the whole question, or one aspect of a grid."""

    name: str
    label: str
    points: Sequence[Choice]


@dataclass(frozen=True)
class Field:
    """One question as `respond/_questions.html` draws it; `kind` says which part of it does."""

    key: str
    kind: str
    label: str = ""
    required: bool = False
    error: str = ""
    value: str = ""
    low: str = ""
    high: str = ""
    choices: Sequence[Choice] = ()
    rows: Sequence[Row] = ()
    other: str = ""
    """What the choice of own words is called; empty where there is none."""
    other_chosen: bool = False
    other_words: str = ""
    points: int = 0
    choice_type: str = "radio"


@dataclass(frozen=True)
class Given:
    """What stands in the fields: what was said before, or what was typed and not taken."""

    comment: str = ""
    contact_consent: bool | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


def fields_of(
    questions: Sequence[Question],
    texts: Mapping[str, str],
    *,
    score: int | None,
    given: Given,
    errors: Mapping[str, str] | None = None,
) -> list[Field]:
    """Everything but the score, in order; a question without words is not drawn."""
    found = [_field(each, texts, score, given, (errors or {}).get(each.key, "")) for each in
             questions if each.type != QuestionType.NPS]  # fmt: skip
    return [each for each in found if each.label or each.kind == "hidden"]


def why_text(texts: Mapping[str, str], score: int | None) -> str:
    """How whoever gave this score is asked for its reason."""
    own = "" if score is None else texts.get(f"why_{category_of(score)}")
    return own or texts.get("why", "")


def hidden_values(questions: Sequence[Question], known: Mapping[str, Any]) -> dict[str, str]:
    """What fills the hidden fields, from properties or a link's parameters; nothing else of
    these gets into an answer."""
    return {
        each.key: " ".join(str(known[each.source]).split())[:OTHER_LIMIT]
        for each in questions
        if each.type == QuestionType.HIDDEN and known.get(each.source)
    }


def _field(
    question: Question, texts: Mapping[str, str], score: int | None, given: Given, error: str
) -> Field:
    key = question.key
    base: dict[str, Any] = {"key": key, "required": question.required, "error": error}
    said = given.answers.get(key)
    match question.type:
        case QuestionType.COMMENT:
            return Field(kind="comment", label=why_text(texts, score), value=given.comment, **base)
        case QuestionType.CONSENT:
            return Field(
                kind="consent",
                label=texts.get("consent", ""),
                value={True: "yes", False: "no"}.get(given.contact_consent, ""),  # type: ignore[arg-type]  # None is no key
                **base,
            )
        case QuestionType.HIDDEN:
            return Field(kind="hidden", value=str(said or ""), **base)
    base["label"] = texts.get(f"{key}.label", "")
    match question.type:
        case QuestionType.TEXT:
            return Field(kind="text", value=str(said or ""), **base)
        case QuestionType.SINGLE | QuestionType.MULTIPLE:
            return _choices(question, texts, said, base)
    return _points(question, texts, said, base)


def _points(question: Question, texts: Mapping[str, str], said: Any, base: dict[str, Any]) -> Field:
    key, grid = question.key, question.type == QuestionType.GRID
    rated = said if grid and isinstance(said, Mapping) else {}
    rows = [
        Row(f"q.{key}.{each}", texts.get(f"{key}.{each}", each), _scale(question, rated.get(each)))
        for each in question.options
    ] if grid else [Row(f"q.{key}", "", _scale(question, said))]  # fmt: skip
    return Field(
        kind="grid" if grid else "points",
        low=texts.get(f"{key}.low", ""),
        high=texts.get(f"{key}.high", ""),
        rows=rows,
        points=question.points,
        **base,
    )


def _scale(question: Question, said: Any) -> list[Choice]:
    return [Choice(str(n), str(n), n == said) for n in range(1, question.points + 1)]


def _choices(
    question: Question, texts: Mapping[str, str], said: Any, base: dict[str, Any]
) -> Field:
    key = question.key
    parts = said if isinstance(said, Mapping) else {"chosen": [said]}
    words = str(parts.get("other") or "")
    several = question.type == QuestionType.MULTIPLE
    return Field(
        kind="choices",
        choice_type="checkbox" if several else "radio",
        choices=[
            Choice(each, texts.get(f"{key}.{each}", each), each in parts.get("chosen", ()))
            for each in question.options
        ],
        other=texts.get(f"{key}.other", "") if question.other else "",
        other_chosen=bool(words),
        other_words="" if words == WITHOUT_WORDS else words,
        **base,
    )
