"""Surveys: ready-made words, drafts, and versions that never change."""

from datetime import datetime

import pytest

from loopwell.kit.errors import Forbidden, Invalid
from loopwell.surveys import operations, queries
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.operations.drafts import write
from loopwell.surveys.rules import TEXTS, faults, filled, language_for, languages_of, texts_for
from loopwell.surveys.wording import WORDING
from tests.conftest import Company


@pytest.fixture
def survey(company: Company, now: datetime) -> Survey:
    return operations.create_survey(
        actor=company.actor("alice"),
        name="Relationship",
        kind=SurveyKind.RELATIONSHIP,
        languages=["en", "ru"],
        now=now,
    )


def save(company: Company, survey: Survey, now: datetime, **texts: str) -> Version:
    return operations.save_draft(
        actor=company.actor("alice"), survey=survey, language="en", texts=texts, now=now
    )


def publish(company: Company, survey: Survey, now: datetime) -> Version:
    return operations.publish_version(actor=company.actor("alice"), survey=survey, now=now)


@pytest.mark.parametrize("language", ["en", "ru", "uk", "pl"])
@pytest.mark.parametrize("kind", SurveyKind.values)
def test_ready_made_words_can_be_sent_as_they_are(language: str, kind: str) -> None:
    texts = WORDING[language][kind]

    assert {text.key for text in TEXTS if not text.optional} <= set(texts)
    assert faults(texts) == {}


@pytest.mark.parametrize("language", ["en", "ru", "uk", "pl"])
@pytest.mark.parametrize("kind", SurveyKind.values)
def test_words_read_well_without_a_name(language: str, kind: str) -> None:
    for text in filled(WORDING[language][kind], company="Acme").values():
        assert "{" not in text
        assert text[0].isupper()
        assert " ," not in text
        assert " !" not in text
        assert text.strip() == text


def test_placeholders_are_filled_and_names_cannot_break_lines() -> None:
    texts = {"a": "Hello {name},\n\nfrom {company}", "b": "{name}, would you?"}

    assert filled(texts, company="Acme", name="Ann\r\nBcc: x") == {
        "a": "Hello Ann Bcc: x,\n\nfrom Acme",
        "b": "Ann Bcc: x, would you?",
    }
    assert filled(texts, company="Acme") == {"a": "Hello,\n\nfrom Acme", "b": "Would you?"}


def test_a_new_survey_is_a_draft_ready_to_publish(
    company: Company, survey: Survey, now: datetime
) -> None:
    version = publish(company, survey, now)

    assert (version.number, version.published_at, version.published_by) == (1, now, company.alice)
    assert languages_of(version) == ["en", "ru"]


def test_a_published_version_never_changes(company: Company, survey: Survey, now: datetime) -> None:
    first = publish(company, survey, now)
    words = Version.objects.get(pk=first.pk).texts

    second = save(company, survey, now, question="Another question?")

    assert (second.number, second.published_at) == (2, None)
    assert second.texts["en"]["question"] == "Another question?"
    assert Version.objects.get(pk=first.pk).texts == words


def test_a_draft_published_meanwhile_is_not_written_to(
    company: Company, survey: Survey, now: datetime
) -> None:
    stale = queries.newest(survey)
    published = publish(company, survey, now)

    with pytest.raises(operations.AlreadyPublished):
        write(stale, {"en": {}})
    assert Version.objects.get(pk=stale.pk).texts == published.texts


def test_customers_keep_the_published_words_while_a_draft_is_written(
    company: Company, survey: Survey, now: datetime
) -> None:
    publish(company, survey, now)
    save(company, survey, now, question="Draft?")
    save(company, survey, now, why="Second change")

    live = queries.published(survey)

    assert live is not None
    assert live.number == 1
    assert [v.number for v in queries.versions_of(survey)] == [2, 1]


def test_what_is_missing_is_said_before_publishing(
    company: Company, survey: Survey, now: datetime
) -> None:
    save(company, survey, now, question=" ", subject="Dear {nome}", low="x" * 61)

    with pytest.raises(operations.TextsMissing) as error:
        publish(company, survey, now)

    assert set(error.value.fields) == {"en.question", "en.subject", "en.low"}
    assert "{nome}" in error.value.fields["en.subject"][0]


def test_publishing_twice_is_a_conflict(company: Company, survey: Survey, now: datetime) -> None:
    publish(company, survey, now)

    with pytest.raises(operations.AlreadyPublished):
        publish(company, survey, now)


def test_languages_come_with_words_and_go(company: Company, survey: Survey, now: datetime) -> None:
    version = operations.set_languages(
        actor=company.actor("alice"), survey=survey, languages=["pl", "en"], default="pl", now=now
    )

    assert languages_of(version) == ["pl", "en"]
    assert version.texts["pl"] == WORDING["pl"]["relationship"]


@pytest.mark.parametrize("languages", [[], ["xx"]])
def test_languages_must_be_known(company: Company, now: datetime, languages: list[str]) -> None:
    with pytest.raises(Invalid):
        operations.create_survey(
            actor=company.actor("alice"),
            name="S",
            kind=SurveyKind.RELATIONSHIP,
            languages=languages,
            now=now,
        )


def test_a_customer_reads_their_language_else_the_default(survey: Survey) -> None:
    version = queries.newest(survey)

    assert [language_for(version, code) for code in ("ru", "RU-ru", "ru_UA", "pl", "")] == [
        "ru", "ru", "ru", "en", "en",
    ]  # fmt: skip
    assert texts_for(version, "ru")["question"].startswith("С какой вероятностью")


def test_a_missing_text_is_our_ready_made_one(survey: Survey) -> None:
    version = queries.newest(survey)
    version.texts = {"en": {"question": "Mine?", "why": ""}}

    texts = texts_for(version, "en")

    assert texts["question"] == "Mine?"
    assert texts["why"] == WORDING["en"]["relationship"]["why"]


def test_readers_cannot_change_surveys(company: Company, survey: Survey, now: datetime) -> None:
    mark = company.actor("mark")
    with pytest.raises(Forbidden):
        operations.publish_version(actor=mark, survey=survey, now=now)
    with pytest.raises(Forbidden):
        operations.save_draft(actor=mark, survey=survey, language="en", texts={}, now=now)
    with pytest.raises(Forbidden):
        operations.archive_survey(actor=mark, survey=survey, now=now)


def test_archived_surveys_leave_the_lists(company: Company, survey: Survey, now: datetime) -> None:
    alice = company.actor("alice")
    publish(company, survey, now)
    operations.archive_survey(actor=alice, survey=survey, now=now)

    assert list(queries.surveys_listed(alice)) == []
    assert queries.sendable(alice) == []
    assert list(queries.surveys_listed(alice, archived=True)) == [survey]
