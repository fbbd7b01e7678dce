"""What does a survey ask besides the score, in which order, and which of it does one customer see?

A version keeps its questions as JSON. Keys never change once used: an answer is kept under its
question's key, so the numbers of the same question go on across versions. The score, its reason
and consent have fields of their own (Response.score, comment, contact_consent); the answers to
all others are `Response.answers[key]`:

    csat, ces   int, 1 to `points`
    grid        {aspect: int}, 1 to `points`; aspects left out were not rated
    single      option key, or {"other": "own words"}
    multiple    {"chosen": [option keys], "other": "own words or empty"}
    text        str
    hidden      str
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loopwell.surveys.enums import QuestionType
from loopwell.surveys.models import Version

CATEGORIES = ("promoter", "passive", "detractor")
SCORE, REASON, CONSENT = "nps", "why", "consent"


@dataclass(frozen=True)
class Condition:
    """Holds if an earlier question was answered so: `values` are categories for the score,
    option keys for a choice, and numbers as text for a rating."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question; `options` are choices, or the aspects of a grid. `source` is the property or
    link parameter that fills a hidden field."""

    key: str
    type: QuestionType
    required: bool = False
    options: tuple[str, ...] = ()
    other: bool = False
    points: int = 5
    shown_if: Condition | None = None
    source: str = ""

    @property
    def rated(self) -> bool:
        """Whether its answers are points on a scale of its own."""
        return self.type in (QuestionType.CSAT, QuestionType.CES, QuestionType.GRID)

    def to_json(self) -> dict[str, Any]:
        values: dict[str, Any] = {"key": self.key, "type": self.type.value}
        if self.required:
            values["required"] = True
        if self.options:
            values["options"] = list(self.options)
        if self.other:
            values["other"] = True
        if self.points != 5:
            values["points"] = self.points
        if self.shown_if is not None:
            values["shown_if"] = {
                "question": self.shown_if.question,
                "values": list(self.shown_if.values),
            }
        if self.source:
            values["source"] = self.source
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Question":
        """Unknown keys are an error: a question half understood would ask something else."""
        condition = values.get("shown_if")
        return cls(
            **{
                **values,
                "type": QuestionType(values["type"]),
                "options": tuple(values.get("options", ())),
                "shown_if": condition
                and Condition(condition["question"], tuple(condition["values"])),
            }
        )


DEFAULT = (
    Question(SCORE, QuestionType.NPS, required=True),
    Question(REASON, QuestionType.COMMENT),
    Question(CONSENT, QuestionType.CONSENT),
)


def questions_of(version: Version) -> tuple[Question, ...]:
    """In the order shown; the score always comes first, because it counts when it is given."""
    return tuple(Question.from_json(each) for each in version.questions) or DEFAULT


def text_keys(question: Question) -> tuple[str, ...]:
    """Under which keys of `texts` the words of one question are kept."""
    match question.type:
        case QuestionType.NPS:
            return ("question", "low", "high")
        case QuestionType.COMMENT:
            return ("why",)
        case QuestionType.CONSENT:
            return ("consent",)
        case QuestionType.HIDDEN:
            return ()
    keys = [f"{question.key}.label"]
    if question.rated:
        keys += [f"{question.key}.low", f"{question.key}.high"]
    keys += [f"{question.key}.{option}" for option in question.options]
    if question.other:
        keys.append(f"{question.key}.other")
    return tuple(keys)


def category_of(score: int) -> str:
    return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"


def shown(
    questions: Iterable[Question], score: int | None, answers: Mapping[str, Any]
) -> Sequence[Question]:
    """The questions this customer sees now; those that depend on others wait for them."""
    return [each for each in questions if _holds(each.shown_if, score, answers)]


def _holds(condition: Condition | None, score: int | None, answers: Mapping[str, Any]) -> bool:
    if condition is None:
        return True
    if condition.question == SCORE:
        return score is not None and category_of(score) in condition.values
    return bool(set(condition.values) & _said(answers.get(condition.question)))


def _said(answer: Any) -> set[str]:
    """An answer as the values a condition can name."""
    if isinstance(answer, Mapping):
        chosen = {str(each) for each in answer.get("chosen", ())}
        return chosen | ({"other"} if answer.get("other") else set())
    return set() if answer is None else {str(answer)}
