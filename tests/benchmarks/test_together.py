"""Does the comparison of brands heed that the same people rated several?"""

import random
from datetime import date

import numpy as np
import pytest

from loopwell.access.rules import SYSTEM
from loopwell.benchmarks.models import Panel
from loopwell.benchmarks.operations import (
    AnswerDraft,
    PanelDraft,
    add_panel,
    put_answers,
    say_who_we_are,
)
from loopwell.benchmarks.queries import brands, standing
from loopwell.benchmarks.queries.panels import Sums
from loopwell.benchmarks.queries.standing import difference_of, estimate_of
from loopwell.benchmarks.queries.together import Word, joint_of
from tests.conftest import NOW


def sums_of(said: list[Word], brand: int) -> Sums:
    told = [(weight, value) for _person, of, weight, value in said if of == brand]

    def total(power: int, *values: int) -> float:
        return sum(weight**power for weight, value in told if value in values)

    up, down = (sum(value == sign for _weight, value in told) for sign in (1, -1))
    return Sums(
        len(told), up, down, total(1, -1, 0, 1), total(2, -1, 0, 1),
        total(1, 1), total(1, -1), total(2, 1), total(2, -1),
    )  # fmt: skip


def test_people_who_rated_both_equally_leave_no_doubt_about_the_difference() -> None:
    said: list[Word] = []
    for person in range(20):
        said += [(f"{person}", brand, 1.0, person % 3 - 1) for brand in (1, 2)]
    found = {brand: sums_of(said, brand) for brand in (1, 2)}

    assert joint_of(said, found) == {frozenset((1, 2)): pytest.approx(1.0)}
    apart = [(f"{brand} {person}", brand, *rest) for person, brand, *rest in said]
    alone: list[Word] = [(a, b, c, d) for a, b, c, d in apart]
    assert abs(joint_of(alone, found)[frozenset((1, 2))]) < 0.2
    assert joint_of([], found) == {}


def test_the_correlation_is_that_of_the_same_people_where_all_rated_both() -> None:
    draw = random.Random(5)
    pairs = [(value, max(-1, min(1, value + draw.choice((-1, 0, 1))))) for value in
             (draw.choice((-1, 0, 1)) for _person in range(60))]  # fmt: skip
    said: list[Word] = [
        (f"{person}", brand, 1.0, pair[brand]) for person, pair in enumerate(pairs)
        for brand in (0, 1)
    ]  # fmt: skip
    found = {brand: sums_of(said, brand) for brand in (0, 1)}

    expected = np.corrcoef(np.array(pairs, float).T)[0, 1]
    assert joint_of(said, found)[frozenset((0, 1))] == pytest.approx(expected)


@pytest.mark.parametrize("mood", [1.5, 0.0], ids=["moods", "no moods"])
def test_intervals_cover_and_equal_brands_are_seldom_told_apart(mood: float) -> None:
    """150 people rate two of three equal brands; 500 panels, so that 95 % is 93.0 to 97.0."""
    draw = np.random.default_rng(11)
    covered, narrower = 0, 0
    for _panel in range(500):
        said: list[Word] = []
        for person in range(150):
            own, weight = draw.normal(0, mood), float(draw.choice((0.7, 1.0, 1.3)))
            for brand in draw.choice(3, 2, replace=False):
                liking = own + draw.normal(0, 1)
                said.append((f"{person}", int(brand), weight, int(np.sign(round(liking)))))
        found = {brand: sums_of(said, brand) for brand in range(3)}
        one, other = estimate_of(found[0]), estimate_of(found[1])
        heeding = difference_of(one, other, joint_of(said, found)[frozenset((0, 1))])
        covered += heeding.low <= 0 <= heeding.high
        alone = difference_of(one, other)
        narrower += heeding.high - heeding.low < alone.high - alone.low

    assert 0.93 <= covered / 500 <= 0.97
    assert narrower / 500 > 0.95 if mood else narrower / 500 < 0.8


@pytest.fixture
def panel(db: None) -> Panel:
    draft = PanelDraft("Spring", date(2026, 3, 2), date(2026, 3, 9))
    return add_panel(actor=SYSTEM, now=NOW, draft=draft)


@pytest.mark.parametrize(("known", "real"), [(True, True), (False, False)])
def test_the_same_people_find_what_others_cannot(panel: Panel, known: bool, real: bool) -> None:
    """A tenth of all would recommend us and not them, nobody the other way."""
    scores = [(10, 10)] * 40 + [(10, 3)] * 10 + [(3, 3)] * 50
    answers = [
        AnswerDraft(f"{person}" if known else f"{brand} {person}", brand, score)
        for person, pair in enumerate(scores)
        for brand, score in zip(("Us", "Them"), pair, strict=True)
    ]
    put_answers(actor=SYSTEM, now=NOW, panel=panel, answers=answers)
    say_who_we_are(actor=SYSTEM, now=NOW, brand=brands(SYSTEM).get(name="Us"))

    found = standing(SYSTEM, panel)

    assert [(row.brand.name, row.first) for row in found.rows] == [
        ("Us", 1), ("Them", 2 if real else 1),
    ]  # fmt: skip
    assert found.rows[1].is_real is real
