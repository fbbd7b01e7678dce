"""What comes after the score that somebody gave through a link: questions, how to reach, thanks?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid
from loopwell.respond.steps import FIRST, on_page, page_after
from loopwell.responses.fields import Field, Given, fields_of, hidden_values
from loopwell.responses.open_answers import OpenAnswer, change_open_response, open_answer
from loopwell.responses.reading import answers_from, missing
from loopwell.responses.rules import Answer, Effect
from loopwell.sampling.linking.opening import Opened
from loopwell.surveys.questions import category_of, questions_of

REACH = "reach"
QUESTIONS, DONE, GONE = "questions", "done", "gone"
REACH_LIMIT = 200
_REACHABLE = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|(\D*\d){6,}\D*")


@dataclass(frozen=True)
class Step:
    """What is shown next; `page` and `fields` belong to questions, `error` to how to reach."""

    name: str
    page: int = FIRST
    fields: Sequence[Field] = ()
    error: str = ""
    value: str = ""
    may_skip: bool = False
    said: OpenAnswer | None = field(default=None, compare=False)

    @property
    def is_wrong(self) -> bool:
        return bool(self.error) or any(each.error for each in self.fields)


def thanks_to(link: Opened, said: OpenAnswer, language: str) -> dict[str, str]:
    """What whoever gave this score reads at the end, and where a promoter may say it again."""
    texts, category = link.texts(language), category_of(said.score)
    review = category == "promoter" and bool(texts.get("review_label"))
    return {
        "thanks": texts.get(f"thanks_{category}") or texts.get("thanks", ""),
        "review_url": texts.get("review_url", "").strip() if review else "",
    }


def first_answer(link: Opened, post: QueryDict, language: str, known: Mapping[str, Any]) -> Answer:
    """The score with what fills hidden fields; raises Invalid without a score."""
    questions = questions_of(link.version)
    given = answers_from(post, questions, link.texts(language))
    hidden = hidden_values(questions, known)
    return replace(given, answers={**(given.answers or {}), **hidden} or None)


def step_at(link: Opened, said: OpenAnswer, language: str, wanted: str) -> Step:
    """What stands at an address: "2" is the second page of questions, others by their name."""
    if wanted == DONE:
        return Step(DONE, said=said)
    if wanted == REACH:
        return Step(REACH, value=str(said.answers.get(REACH, "")), said=said)
    page = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 3 else FIRST
    return _questions(link, said, language, page)


def next_step(link: Opened, said: OpenAnswer, language: str, page: int) -> Step:
    """After this page of questions (0: after the score)."""
    questions = questions_of(link.version)
    if page < FIRST and _questions(link, said, language, FIRST).fields:
        return _questions(link, said, language, FIRST)
    later = page_after(questions, max(page, FIRST), score=said.score, answers=said.answers)
    if later is not None:
        return _questions(link, said, language, later)
    wanted = link.settings.ask_reach and said.contact_consent and not said.answers.get(REACH)
    return Step(REACH if wanted else DONE, said=said)


def take(link: Opened, said: OpenAnswer, language: str, post: QueryDict, now: datetime) -> Step:
    """Stores what a form says and tells what comes next; the same step again if it is wrong."""
    if post.get("step") == REACH:
        return _take_reach(link, said, language, post, now)
    text = post.get("page", "")
    page = int(text) if text in ("1", "2", "3", "4", "5", "6", "7", "8", "9") else FIRST
    questions, texts = questions_of(link.version), link.texts(language)
    try:
        given = answers_from(post, questions, texts, earlier=said.answers)
    except Invalid as error:
        faults = {key: words[0] for key, words in error.fields.items() if words}
        return _questions(link, said, language, page, faults)
    after = _change(link, said, given, now)
    if after is None:
        return Step(GONE)
    if "finish" not in post and "skip" not in post:
        return _questions(link, after, language, page)  # another score was pressed
    asked = on_page(questions, page, score=after.score, answers=after.answers)
    lacking = missing(
        asked, after.answers, comment=after.comment, contact_consent=after.contact_consent
    )
    if lacking and "skip" not in post:
        return replace(_questions(link, after, language, page, lacking), may_skip=True)
    return next_step(link, after, language, page)


def _take_reach(
    link: Opened, said: OpenAnswer, language: str, post: QueryDict, now: datetime
) -> Step:
    """Somebody who agreed may still keep their number to themselves."""
    value = " ".join(post.get(REACH, "").replace("\x00", "").split())[:REACH_LIMIT]
    if value and not _REACHABLE.fullmatch(value) and "skip" not in post:
        error = _("Write a phone number or an e-mail address.")
        return Step(REACH, error=error, value=value, said=said)
    if value and "skip" not in post:
        after = _change(link, said, Answer(score=said.score, answers={REACH: value}), now)
        return Step(DONE, said=after) if after else Step(GONE)
    return Step(DONE, said=said)


def _change(link: Opened, said: OpenAnswer, given: Answer, now: datetime) -> OpenAnswer | None:
    effect = change_open_response(link_ref=link.ref, ref=said.ref, answer=given, now=now)
    if effect is Effect.REFUSED:
        return None
    return open_answer(link_ref=link.ref, ref=said.ref, now=now)


def _questions(
    link: Opened,
    said: OpenAnswer,
    language: str,
    page: int,
    errors: Mapping[str, str] | None = None,
) -> Step:
    asked = on_page(questions_of(link.version), page, score=said.score, answers=said.answers)
    given = Given(said.comment, said.contact_consent, said.answers)
    fields = fields_of(asked, link.texts(language), score=said.score, given=given, errors=errors)
    return Step(QUESTIONS, page=page, fields=fields, said=said)
