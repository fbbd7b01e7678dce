"""Is the order honest about what is not known, and is the budget's best set really the best?"""

import itertools
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loopwell.initiatives.rules.candidates import By, Candidate, Missing, Range
from loopwell.initiatives.rules.ranking import draws, rank
from loopwell.initiatives.rules.scenario import Aim, Why, scenario


def sure(value: float) -> Range:
    return Range(value, value, value)


def project(pk: int, nps: float | None, cost: float | None, **more: object) -> Candidate:
    return Candidate(pk, None if nps is None else sure(nps), cost=cost, **more)  # type: ignore[arg-type]


def test_draws_have_the_three_quantiles_that_were_said() -> None:
    drawn = draws(Range(2.0, 1.0, 5.0), 7)

    low, middle, high = np.quantile(drawn, [0.1, 0.5, 0.9])
    assert (low, middle, high) == pytest.approx((1.0, 2.0, 5.0), abs=0.01)


def test_what_is_surely_better_comes_first_and_equals_share_a_place() -> None:
    found = rank(
        [
            Candidate(1, Range(1.0, 0.9, 1.1), cost=100),
            Candidate(2, Range(3.0, 2.0, 4.0), cost=100),
            Candidate(3, Range(3.1, 2.0, 4.2), cost=100),
        ],
        By.NPS_PER_COST,
    )

    assert [(row.candidate.id, row.place) for row in found.ranked] == [(3, 1), (2, 1), (1, 3)]
    first, _second, last = found.ranked
    assert (first.best, first.worst) == (1, 2)
    assert (last.best, last.worst) == (3, 3)


def test_a_cheap_small_effect_beats_a_dear_large_one_per_cost_but_not_per_effort() -> None:
    both = [
        Candidate(1, sure(1.0), cost=10, people=5),
        Candidate(2, sure(4.0), cost=100, people=1),
    ]

    assert [r.candidate.id for r in rank(both, By.NPS_PER_COST).ranked] == [1, 2]
    assert [r.candidate.id for r in rank(both, By.NPS_PER_EFFORT).ranked] == [2, 1]


def test_what_is_not_known_stands_apart_and_is_never_zero() -> None:
    found = rank(
        [project(1, None, 10), project(2, 1, None), project(3, -1, 10), project(4, 1, 0)],
        By.NPS_PER_COST,
    )

    assert [row.candidate.id for row in found.ranked] == [3]
    assert {row.candidate.id: row.missing for row in found.unranked} == {
        1: (Missing.EFFECT,),
        2: (Missing.COST,),
        4: (Missing.COST,),
    }


def test_a_competing_project_is_ranked_by_money_alone() -> None:
    rows = [
        Candidate(1, sure(2), sure(50), 100),
        Candidate(2, None, sure(80), 100, competes=True),
    ]

    by_money, by_nps = rank(rows, By.MONEY_PER_COST), rank(rows, By.NPS_PER_COST)
    assert [row.candidate.id for row in by_money.ranked] == [2, 1]
    assert [row.candidate.id for row in by_nps.ranked] == [1]
    assert by_nps.unranked == ()


def test_another_candidate_does_not_change_the_others_luck() -> None:
    one, two = Candidate(1, Range(1, 0, 2), cost=1), Candidate(2, Range(1.2, 0, 3), cost=1)
    alone = rank([one, two], By.NPS_PER_COST)
    together = rank([two, project(3, -50, 1), one], By.NPS_PER_COST)

    assert alone.ranked == together.ranked[:2]


def test_the_best_set_is_not_the_greedy_one() -> None:
    rows = [project(1, 6, 6), project(2, 5, 5), project(3, 5, 5)]
    found = scenario(rows, Decimal(10), Aim.NPS)

    assert [each.id for each in found.chosen] == [2, 3]
    assert found.cost == 10
    assert found.gain == sure(10)
    assert [(each.id, why) for each, why in found.left_out] == [(1, Why.NO_ROOM)]


def test_what_a_project_needs_is_paid_for_too() -> None:
    rows = [
        project(1, 9, 6, needs=frozenset({2})),
        project(2, None, 5),
        project(3, 4, 10),
        project(4, 50, 1, needs=frozenset({99})),
        project(5, 50, None),
        project(6, None, 1),
    ]

    enough = scenario(rows, Decimal(11), Aim.NPS)
    assert [each.id for each in enough.chosen] == [1, 2]
    assert [each.id for each in enough.uncounted] == [2]
    assert enough.gain == sure(9)
    assert {each.id: why for each, why in enough.left_out} == {
        3: Why.NO_ROOM,
        4: Why.BLOCKED,
        5: Why.UNKNOWN_COST,
        6: Why.UNKNOWN_GAIN,
    }
    less = scenario(rows, Decimal(10), Aim.NPS)
    assert [each.id for each in less.chosen] == [3]


def test_money_lets_other_projects_into_the_same_budget() -> None:
    rows = [
        Candidate(1, sure(2), sure(30), 100),
        Candidate(2, None, sure(80), 100, competes=True),
    ]

    assert [e.id for e in scenario(rows, Decimal(100), Aim.MONEY).chosen] == [2]
    assert [e.id for e in scenario(rows, Decimal(100), Aim.NPS).chosen] == [1]


def test_without_money_nothing_is_chosen() -> None:
    found = scenario([project(1, 5, 0.01)], Decimal(0), Aim.NPS)

    assert (found.chosen, found.cost, found.gain) == ((), 0, None)


def test_a_large_budget_is_kept_to_the_cent() -> None:
    rows = [project(1, 10, 60_000_000.00), project(2, 9, 40_000_000.01), project(3, 1, 40_000_000)]

    found = scenario(rows, Decimal(100_000_000), Aim.NPS)
    assert [each.id for each in found.chosen] == [1, 3]
    assert found.cost == Decimal(100_000_000)


numbers = st.integers(-5, 20)


@st.composite
def portfolios(draw: st.DrawFn) -> list[Candidate]:
    count = draw(st.integers(1, 7))
    return [
        project(
            pk,
            draw(st.none() | numbers),
            draw(st.none() | st.integers(0, 12)),
            needs=frozenset(draw(st.sets(st.integers(1, pk - 1), max_size=2)))
            if pk > 1
            else frozenset(),
        )
        for pk in range(1, count + 1)
    ]


@settings(max_examples=60, deadline=None)
@given(portfolios(), st.integers(0, 40))
def test_no_other_set_within_the_budget_gives_more(rows: list[Candidate], budget: int) -> None:
    found = scenario(rows, Decimal(budget), Aim.NPS)
    best = 0.0
    for size in range(len(rows) + 1):
        for chosen in itertools.combinations(rows, size):
            ids = {each.id for each in chosen}
            whole = all(each.needs <= ids and each.cost is not None for each in chosen)
            if whole and sum(each.cost or 0 for each in chosen) <= budget:
                best = max(best, sum(each.nps.value for each in chosen if each.nps))

    assert found.cost <= budget
    assert (found.gain.value if found.gain else 0.0) == pytest.approx(best)
    ids = {each.id for each in found.chosen}
    assert all(each.needs <= ids for each in found.chosen)
