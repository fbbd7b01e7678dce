"""Which answer meets which condition of a rule, and what may be promised?"""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from loopwell.access.models import Unit
from loopwell.cases.enums import Trigger
from loopwell.cases.models import Rule
from loopwell.cases.rules import Facts, first_match, promised_hours, rule_matches
from loopwell.cases.rules.matching_text import any_word, as_number, in_share

NORTH = Unit(pk=7, path="/1/7/")


def matches(fields: dict[str, Any], **facts: Any) -> bool:
    rule = Rule(**{"highest_score": 10, **fields})
    return rule_matches(rule, Facts(**{"ref": "r", "score": 3, **facts}))


@pytest.mark.parametrize(
    ("fields", "meets", "fails"),
    [
        ({"lowest_score": 2, "highest_score": 3}, {"score": 2}, {"score": 4}),
        ({"requires_consent": True}, {"consent": True}, {"consent": None}),
        ({}, {"consent": None}, {"consent": False}),
        ({"contact_requested": True}, {"requested": True}, {"requested": False}),
        ({"dropped": True}, {"score": 8, "previous": 9}, {"score": 9, "previous": 10}),
        ({"dropped": True}, {"score": 6, "previous": 7}, {"score": 6, "previous": None}),
        ({"survey_id": 4}, {"survey_id": 4}, {"survey_id": 5}),
        ({"touchpoint": "visit"}, {"touchpoint": "visit"}, {"touchpoint": ""}),
        ({"unit": NORTH}, {"unit_path": "/1/7/9/"}, {"unit_path": "/1/70/"}),
        (
            {"decision_roles": ["decides", "influences"]},
            {"decision_role": "influences"},
            {"decision_role": "uses"},
        ),
        ({"least_revenue": Decimal(100)}, {"revenue": Decimal(100)}, {"revenue": None}),
        ({"least_revenue": Decimal(100)}, {"revenue": Decimal(101)}, {"revenue": Decimal(99)}),
        (
            {"property_name": "tier", "property_values": ["Gold", "Platinum"]},
            {"properties": {"tier": " gold "}},
            {"properties": {"tier": "silver"}},
        ),
        (
            {"property_name": "tier", "property_values": ["Gold"]},
            {"properties": {"tier": "GOLD"}},
            {"properties": {}},
        ),
        (
            {"value_property": "bill", "least_value": Decimal(1000)},
            {"properties": {"bill": "1 000,50"}},
            {"properties": {"bill": "lots"}},
        ),
        (
            {"value_property": "bill", "least_value": Decimal(50)},
            {"properties": {"bill": "50.0"}},
            {"properties": {"bill": "49.99"}},
        ),
        ({"words": ["deliver"]}, {"comment": "DELIVERED late"}, {"comment": "undelivered"}),
        ({"words": ["достав"]}, {"comment": "Не Доставили!"}, {"comment": "предоставили"}),
        ({"words": ["lawyer", "адвокат"]}, {"comment": "мой адвокатЪ"}, {"comment": ""}),
        ({"themes": ["price"]}, {"themes": frozenset({"price"})}, {"themes": frozenset({"x"})}),
        ({"is_active": True}, {}, {"score": None}),
    ],
)
def test_each_condition(
    fields: dict[str, Any], meets: dict[str, Any], fails: dict[str, Any]
) -> None:
    assert matches(fields, **meets)
    assert not matches(fields, **fails)


def test_all_conditions_must_hold_and_the_first_rule_decides() -> None:
    strict = Rule(name="a", highest_score=3, words=["late"])
    wide = Rule(name="b", highest_score=6)
    off = Rule(name="c", highest_score=6, is_active=False)
    found = [
        first_match([off, strict, wide], Facts(ref="r", score=score, comment=comment))
        for score, comment in [(3, "too late"), (3, "bad"), (5, "late"), (7, "late")]
    ]
    assert found == [strict, wide, wide, None]


def test_silence_looks_at_the_person_only() -> None:
    rule = Rule(trigger=Trigger.SILENCE, decision_roles=["decides"], words=["x"], dropped=True)
    assert rule_matches(rule, Facts(ref="r", decision_role="decides"))
    assert not rule_matches(rule, Facts(ref="r", decision_role="uses"))
    assert not rule_matches(rule, Facts(ref="r", decision_role="decides", score=0))


def test_shares_are_always_the_same_part_and_grow() -> None:
    refs = [f"answer{n}" for n in range(4000)]
    parts = {percent: {r for r in refs if in_share(r, percent)} for percent in (1, 10, 25, 50, 100)}
    assert parts[1] < parts[10] < parts[25] < parts[50] < parts[100]
    sizes = Counter({percent: len(part) for percent, part in parts.items()})
    assert all(abs(sizes[p] / 40 - p) < 2.5 for p in parts), sizes


def test_expressions_and_odd_words() -> None:
    assert any_word(("cancel my contract",), "I will CANCEL  my contracts")
    assert not any_word(("(", ""), "nothing")
    assert any_word(("c++",), "Your C++ course")
    assert not any_word((), "anything")


@pytest.mark.parametrize(
    ("text", "number"), [("12 500,5", "12500.5"), ("−3", "-3.0"), ("12 EUR", None), ("", None)]
)
def test_numbers_in_properties(text: str, number: str | None) -> None:
    assert as_number(text) == (None if number is None else Decimal(number))


PLAIN = {"highest_score": 6, "due_working_hours": 24}


@pytest.mark.parametrize(
    ("rules", "score", "consent", "hours"),
    [
        ([PLAIN], 3, None, 24),
        ([PLAIN], 7, True, None),
        ([PLAIN], 3, False, None),
        ([{**PLAIN, "requires_consent": True}], 3, None, None),
        ([{**PLAIN, "words": ["late"]}], 3, None, None),
        ([{**PLAIN, "share": 50}], 3, None, None),
        # A rule that may take it first is quicker: the longer time stays true.
        ([{"due_working_hours": 4, "decision_roles": ["decides"]}, PLAIN], 3, None, 24),
        # It may be slower: then that time is promised.
        ([{"due_working_hours": 48, "touchpoint": "visit"}, PLAIN], 3, None, 48),
        ([{"due_working_hours": 48, "highest_score": 2, "dropped": True}, PLAIN], 3, None, 24),
        ([PLAIN, {"due_working_hours": 99, "touchpoint": "visit"}], 3, None, 24),
    ],
)
def test_only_what_is_certain_is_promised(
    rules: list[dict[str, Any]], score: int, consent: bool | None, hours: int | None
) -> None:
    known = [Rule(**{"highest_score": 10, **fields}) for fields in rules]
    assert promised_hours(known, score=score, consent=consent) == hours
