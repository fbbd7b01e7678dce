"""Do words find all their forms in four languages, and can no expression hold us up?"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopwell.kit.errors import Invalid
from loopwell.themes.rules.expressions import SlowPattern
from loopwell.themes.rules.patterns import patterns_of


@pytest.mark.parametrize(
    ("pattern", "comment", "shown"),
    [
        ("wait", "I was WAITING for hours", "WAITING"),
        ("ждать", "Ждали целый час", "Ждали"),
        ("чекати", "Ми чекали годину", "чекали"),
        ("kolejka", "Długo stałem w kolejce", "kolejce"),
        ("late deliver*", "A late delivery again", "late delivery"),
        ("can't", "I can’t log in, can't you see", "can't"),
        ("зв'язок", "Зв’язок поганий", "Зв’язок"),
        ("пароль", "🙂🙂 паролі і пароль 🙂", "пароль"),
    ],
)
def test_words_in_all_their_forms(pattern: str, comment: str, shown: str) -> None:
    spans = patterns_of(pattern).spans(comment)
    assert shown in [comment[span.start : span.end] for span in spans]


def test_a_word_is_no_part_of_another() -> None:
    assert patterns_of("bill").spans("The billiard table") == []
    assert patterns_of("not good").spans("good, not bad") == []


def test_an_exception_silences_the_rule() -> None:
    rule = patterns_of("price", "price list")
    assert rule.spans("The price is too high")
    assert rule.spans("Send me the price list") == []


def test_expressions_with_their_line_when_wrong() -> None:
    rule = patterns_of(r"\b\d{3,} ?zł", regular=True)
    assert rule.spans("Zapłaciłem 1200 zł!")[0] == (11, 18)
    with pytest.raises(Invalid, match="Line 2"):
        patterns_of("fine\n(broken", regular=True)
    with pytest.raises(Invalid, match="holds no word"):
        patterns_of("!!!")
    with pytest.raises(Invalid, match="at least one"):
        patterns_of(" \n ")


def test_an_expression_that_would_take_years_is_stopped() -> None:
    rule = patterns_of(r"(a|aa)+$", regular=True)
    began = time.monotonic()
    with pytest.raises(SlowPattern, match="takes too long"):
        rule.spans("a" * 3000 + "b")
    assert time.monotonic() - began < 5


@given(st.text(max_size=300))
def test_any_text_is_read(comment: str) -> None:
    for span in patterns_of("a\nдом\nto be").spans(comment):
        assert 0 <= span.start < span.end <= len(comment)


def test_four_thousand_emoji() -> None:
    assert patterns_of("smile").spans("😀" * 4096) == []
