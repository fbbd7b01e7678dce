"""What does the caller say and fill in? The survey's own words, in the customer's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import translation

from loopwell.responses.fields import Field, Given, fields_of, hidden_values
from loopwell.responses.invited import Invited
from loopwell.responses.reading import typed_in
from loopwell.surveys.questions import category_of, shown
from loopwell.surveys.rules import filled
from loopwell.surveys.wording.spoken import spoken


@dataclass(frozen=True)
class Script:
    """`fields` come after the score; `thanks` once it is given."""

    greeting: str
    question: str
    low: str
    high: str
    score: int | None
    fields: list[Field]
    thanks: str
    language: str


def script_of(
    asked: Invited,
    *,
    name: str,
    typed: QueryDict | None = None,
    errors: Mapping[str, str] | None = None,
) -> Script:
    """`typed` is what could not be taken, to stand in the form again."""
    texts, language = asked.texts, asked.language
    given = Given(asked.comment, asked.contact_consent, asked.answers)
    if typed is not None:
        given = Given(
            typed.get("comment", asked.comment),
            {"yes": True, "no": False}.get(typed.get("contact", "")),
            typed_in(typed, asked.questions, earlier=asked.answers),
        )
    hidden = hidden_values(asked.questions, asked.properties)
    given = Given(given.comment, given.contact_consent, {**given.answers, **hidden})
    with translation.override(language):
        visible = shown(asked.questions, asked.score, given.answers)
        fields = fields_of(visible, texts, score=asked.score, given=given, errors=errors)
    greeting = texts.get("call_greeting", "").strip() or spoken("call_greeting", language)
    told = filled({"greeting": greeting}, company=asked.company, name=name)
    return Script(
        greeting=told["greeting"],
        question=texts["question"],
        low=texts["low"],
        high=texts["high"],
        score=asked.score,
        fields=fields if asked.score is not None else [],
        thanks=_thanks(texts, asked.score),
        language=language,
    )


def _thanks(texts: Mapping[str, str], score: int | None) -> str:
    own = "" if score is None else texts.get(f"thanks_{category_of(score)}", "")
    return own or texts.get("thanks", "")
