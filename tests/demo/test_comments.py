"""Do the demo company's customers write like people?"""

import random
import re
from collections import Counter

import pytest

from loopwell.demo.causes import CAUSES, PROBLEM_SLUGS
from loopwell.demo.comments.phrases import spoken
from loopwell.demo.comments.weave import PHRASES, mood
from loopwell.demo.records import Company


def test_some_55_percent_write(company: Company) -> None:
    written = sum(bool(answer.comment) for answer in company.answers)

    assert 0.5 < written / len(company.answers) < 0.6
    assert all(bool(a.comment) == (a.commented_at is not None) for a in company.answers)


@pytest.mark.parametrize("language", ["en", "ru", "uk", "pl"])
def test_comments_rarely_repeat(company: Company, language: str) -> None:
    written = [a.comment for a in company.answers if a.comment and a.language == language]
    counts = Counter(written)

    assert len(counts) / len(written) > 0.85
    assert counts.most_common(1)[0][1] / len(written) < 0.02
    assert min(map(len, written)) <= 8
    assert max(map(len, written)) > 160


def test_no_markup_of_the_phrases_is_left(company: Company) -> None:
    written = [answer.comment for answer in company.answers]
    notes = [f"{c.closure.learnt}\n{c.closure.done}" for c in company.cases if c.closure]

    assert [text for text in written + notes if re.search(r"[\[\]{}|]|//| \.|  ", text)] == []


@pytest.mark.parametrize("language", ["en", "ru", "uk", "pl"])
def test_every_cause_and_mood_has_words(language: str) -> None:
    phrases = PHRASES[language]

    for cause in CAUSES:
        assert len(phrases.core[cause.slug]) >= 5
        assert len(phrases.detail[cause.slug]) >= 3
    for score in (0, 4, 7, 9):
        assert len(phrases.short[mood(score)]) >= 10
        assert len(phrases.opening[mood(score)]) >= 6
        assert len(phrases.closing[mood(score)]) >= 6
    assert len({line for group in phrases.core.values() for line in group}) >= 125


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_cyrillic_phrases_hold_no_latin_look_alikes(language: str) -> None:
    phrases = PHRASES[language]
    tables = (phrases.short, phrases.opening, phrases.closing, phrases.core, phrases.detail)
    lines = [line for table in tables for group in table.values() for line in group]

    assert [line for line in lines if re.search("[a-zA-Z]", line)] == []


def test_gender_and_choice_are_resolved() -> None:
    draw = random.Random(1)

    assert spoken(draw, "Ждал{/а} [час]", "m") == "Ждал час"
    assert spoken(draw, "{Пришёл/Пришла} [час]", "f") == "Пришла час"


def test_the_happy_praise_and_the_unhappy_complain(company: Company) -> None:
    for answer in company.answers:
        if answer.score <= 6:
            assert answer.causes[0] in PROBLEM_SLUGS
        if answer.score >= 9:
            assert answer.causes[0] not in PROBLEM_SLUGS
