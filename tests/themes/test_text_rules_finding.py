"""Is what all rules find together what each finds alone, in any language and any text?"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopwell.themes.rules.finding import Code, ReadyRule, codes_by_rules
from loopwell.themes.rules.patterns import patterns_of

WRITTEN = (
    ("wait\nlate deliver*\nto be", ""),
    ("deliver", "late delivery"),
    ("ждать\nдоставка", "не ждал"),
    ("zażalenie*\nkolejka", ""),
    ("чекати", ""),
)


def ready(key: int, patterns: str, exceptions: str = "", *, regular: bool = False) -> ReadyRule:
    return ReadyRule(key, key, -1, patterns_of(patterns, exceptions, regular=regular))


RULES = [ready(key, *each) for key, each in enumerate(WRITTEN, 1)]
WORDS = st.sampled_from(
    [
        "wait",
        "waited",
        "late",
        "delivery",
        "deliveries",
        "to",
        "be",
        "ждали",
        "не",
        "ждал",
        "доставку",
        "kolejce",
        "zażalenia",
        "чекали",
        ",",
        "😀",
        "зв’язок",
    ]
)


def shown(patterns: str, comment: str, exceptions: str = "", *, regular: bool = False) -> list[str]:
    codes = codes_by_rules({1: comment}, [ready(1, patterns, exceptions, regular=regular)])
    return [comment[a:b] for code in codes.found.get(1, []) for a, b in code.words]


@pytest.mark.parametrize(
    ("patterns", "comment", "words"),
    [
        ("ждать", "Мы ждали час и ещё ждём", ["ждали", "ждём"]),
        ("доставка", "О доставке ни слова", ["доставке"]),
        ("чекати", "Ми чекали годину", ["чекали"]),
        ("рахунок", "У рахунку помилка, рахунки дивні", ["рахунку", "рахунки"]),
        ("посилк*", "Де моя посилка? Посилку загубили", ["посилка", "Посилку"]),
        ("kolejka", "W kolejkach same kolejki", ["kolejkach", "kolejki"]),
        ("paczka", "Paczkę zgubili, paczki nie ma", ["Paczkę", "paczki"]),
        ("תור", "התור ארוך. תור של שעה", ["תור"]),
        ("خدمة سيئة", "كانت خدمة سيئة جدا", ["خدمة سيئة"]),
        ("सेवा", "बहुत खराब सेवा थी", ["सेवा"]),
        ("йогурт", "и\u0306огурт скис", ["и\u0306огурт"]),
        ("café", "Le cafe\u0301 froid", ["cafe\u0301"]),
        ("cash on delivery", "Paid cash on deliveries", ["cash on deliveries"]),
        ("late", "Late, late, LATE", ["Late", "late", "LATE"]),
    ],
)
def test_words_of_many_languages_and_directions(
    patterns: str, comment: str, words: list[str]
) -> None:
    assert shown(patterns, comment) == words


def test_an_exception_silences_only_its_rule() -> None:
    both = [ready(1, "price", "price list"), ready(2, "list")]
    codes = codes_by_rules({7: "the price list"}, both)
    assert codes.found == {7: [Code(2, -1, ((10, 14),))]}
    assert shown(r"\d+ zł", "100 zł za nic", "za nic", regular=True) == []
    assert shown(r"\d+ zł", "100 zł za coś", "za nic", regular=True) == ["100 zł"]


def test_four_thousand_emoji_and_one_endless_word() -> None:
    began = time.monotonic()
    texts = {1: "😀" * 4096, 2: "ж" * 4096, 3: "a" * 4096, 4: "wait " * 900}
    codes = codes_by_rules(texts, RULES)
    assert list(codes.found) == [4]
    assert time.monotonic() - began < 5


def test_a_slow_expression_is_counted_and_the_others_go_on() -> None:
    rules = [ready(1, "(a+)+$", regular=True), ready(2, "late")]
    codes = codes_by_rules({1: "late " + "a" * 3900 + "b", 2: "late aaa"}, rules)
    assert codes.slow == {1: 1}
    assert [code.theme for code in codes.found[1]] == [2]
    assert [code.theme for code in codes.found[2]] == [1, 2]


@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=200))
def test_together_they_find_what_each_finds_alone(comment: str) -> None:
    codes = codes_by_rules({1: comment}, RULES)
    found = {code.theme: code.words for code in codes.found.get(1, [])}
    alone = {rule.key: rule.patterns.spans(comment) for rule in RULES}
    assert set(found) == {key for key, spans in alone.items() if spans}
    for key, words in found.items():
        places = {n for start, end in words for n in range(start, end)}
        assert places == {n for start, end in alone[key] for n in range(start, end)}
