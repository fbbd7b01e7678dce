"""Ready-made surveys: each can be published and sent as it is, in every language."""

import re
from datetime import datetime

import pytest

from loopwell.kit.errors import NotFound
from loopwell.surveys import operations, queries
from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.questions import questions_of
from loopwell.surveys.rules import OPTIONAL, faults, filled, questions_faults, texts_of
from loopwell.surveys.templates import TEMPLATES, template_by_key
from tests.conftest import Company

LANGUAGES = ["en", "ru", "uk", "pl"]
ALLOWED = re.compile(r"\{(company|name|(product|unit|employee|date)\|[^{}]+)\}")
every = pytest.mark.parametrize("template", TEMPLATES.values(), ids=list(TEMPLATES))
in_each = pytest.mark.parametrize("language", LANGUAGES)


def test_there_is_one_for_each_occasion() -> None:
    assert list(TEMPLATES) == [
        "relationship", "purchase", "call", "delivery", "onboarding", "visit", "recovery", "b2b",
        "employees", "benchmark",
    ]  # fmt: skip


@every
@in_each
def test_every_text_is_there_and_right(template, language) -> None:  # type: ignore[no-untyped-def]  # parametrised
    texts = template.texts[language]
    keys = {text.key for text in texts_of(template.questions)}

    assert faults(texts, template.questions) == {}
    assert keys - set(texts) <= OPTIONAL
    assert not {key for key in texts if "." in key} - keys
    assert not [text for text in texts.values() if "{" in ALLOWED.sub("", text)]


@every
def test_the_questions_can_be_asked_and_counted(template) -> None:  # type: ignore[no-untyped-def]  # parametrised
    assert questions_faults(template.questions) == {}
    assert len(template.asked) <= 6
    assert 1 <= template.minutes <= 2


@every
@in_each
def test_words_read_well_without_a_name(template, language) -> None:  # type: ignore[no-untyped-def]  # parametrised
    for key, text in filled(template.texts[language], company="Acme").items():
        assert "{" not in text, key
        assert text[0].isupper() or text[0].isdigit(), key
        assert not re.search(r" [,!.?]|  ", text), key
        assert text.strip() == text, key


@in_each
def test_other_languages_are_really_written_in_them(language) -> None:  # type: ignore[no-untyped-def]  # parametrised
    for template in TEMPLATES.values():
        same = [k for k, v in template.texts[language].items() if template.texts["en"].get(k) == v]
        assert language == "en" or not same, (template.key, same)


@in_each
def test_a_panel_never_learns_who_asks(language: str) -> None:
    texts = TEMPLATES["benchmark"].texts[language]

    assert not [key for key, text in texts.items() if "{company}" in text]


@in_each
def test_employees_stay_anonymous(language: str) -> None:
    template = TEMPLATES["employees"]
    kinds = {question.type for question in template.questions}
    said = template.texts[language]

    assert QuestionType.CONSENT not in kinds
    assert not [key for key, text in said.items() if "{name}" in text]
    assert re.search("anonym|anonim|анонимн|анонімн", said["greeting"].lower())
    assert "call_when" not in said


@every
def test_it_is_published_as_it_is(template, company: Company, now: datetime) -> None:  # type: ignore[no-untyped-def]  # parametrised
    alice = company.actor("alice")
    survey = operations.create_survey(
        actor=alice,
        name="Ready",
        kind=SurveyKind.RELATIONSHIP,
        languages=LANGUAGES,
        template=template.key,
        now=now,
    )
    version = operations.publish_version(actor=alice, survey=survey, now=now)

    assert (survey.kind, survey.touchpoint) == (template.kind, template.touchpoint)
    assert questions_of(version) == template.questions
    assert queries.published(survey) == version
    assert version.texts["uk"] == template.texts["uk"]


def test_an_unknown_one_is_no_survey() -> None:
    with pytest.raises(NotFound):
        template_by_key("nothing")
