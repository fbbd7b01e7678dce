"""Do people of one account who answer alike make numbers less sure, by as much as they should?"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from loopwell.access.models import Unit
from loopwell.calc.nps import Counts, Difference, interval
from loopwell.insights.asking import Against, Comparison, Question, Row
from loopwell.insights.comparing import compare
from loopwell.insights.judging.accounts import Accounts
from loopwell.insights.judging.clustering import (
    design_effect,
    effect_of,
    heeded,
    heeded_with_effect,
    less_sure,
    note,
    widened,
    widened_estimate,
)
from loopwell.insights.questions import ask
from loopwell.responses.models import Response
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db
Build = Callable[[], int]


def accounts(unit: Unit, answers: Sequence[Sequence[int]]) -> None:
    """One account for each list of scores."""
    survey = factories.survey()
    Response.objects.bulk_create(
        Response(
            survey=survey, kind=survey.kind, unit=unit, score=score, account=account,
            source="email", answered_at=NOW, updated_at=NOW,
        )
        for scores in answers
        for account in [factories.account(unit=unit)]
        for score in scores
    )  # fmt: skip


def test_copies_of_one_answer_count_once(company: Company, built: Build) -> None:
    """Twenty accounts of five alike: an account says as much as one answer; Student's t of 19."""
    accounts(company.north, [[10] * 5] * 10 + [[3] * 5] * 10)
    built()
    alice = company.actor("alice")

    for metric in ("nps", "detractors", "mean_score"):
        found = design_effect(Question(metric), alice)
        linearised = 5 * (20 / 19) / (100 / 99)
        assert found == pytest.approx(linearised * (2.0930241 / 1.9599640) ** 2), metric


def test_accounts_whose_people_differ_change_nothing(company: Company, built: Build) -> None:
    accounts(company.north, [[10, 3]] * 20)
    built()

    assert design_effect(Question("nps"), company.actor("alice")) == 1.0


def test_groups_that_differ_are_no_clusters(company: Company, built: Build) -> None:
    """All of North happy and all of South unhappy: within each everybody is alike."""
    accounts(company.north, [[10, 10, 3]] * 10)
    accounts(company.south, [[3, 3, 10]] * 10)
    built()
    alice = company.actor("alice")

    assert design_effect(Question("nps", ("unit",)), alice) == 1.0
    assert design_effect(Question("nps", ("unit",)), alice, group=lambda key: "all") == 1.0


def test_where_most_have_no_account_each_answer_is_for_itself(
    company: Company, built: Build
) -> None:
    accounts(company.north, [[10] * 5, [3] * 5])
    survey = factories.survey()
    for _number in range(11):
        row = factories.response(survey=survey, unit=company.north, score=9)
        Response.objects.filter(pk=row.pk).update(account=None)
    built()

    assert design_effect(Question("nps"), company.actor("alice")) == 1.0


def test_without_accounts_nothing_more_is_asked(
    company: Company, built: Build, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    built()
    alice = company.actor("alice")
    with django_assert_num_queries(1):
        assert design_effect(Question("nps"), alice) == 1.0
    with django_assert_num_queries(0):
        assert design_effect(Question("nps", ("account",)), alice) == 1.0
        assert design_effect(Question("answers"), alice) == 1.0


def test_the_warehouse_adds_up_as_one_by_one(company: Company, engine: str, built: Build) -> None:
    """Two units, answers without an account among them, by month and by two cuts."""
    accounts(company.north, [[10] * 4, [10, 3], [3] * 3, [9, 9, 7]])
    accounts(company.south, [[3] * 4, [10, 10]])
    survey = factories.survey()
    lone = factories.response(survey=survey, unit=company.south, score=9)
    Response.objects.filter(pk=lone.pk).update(account=None)
    built()
    alice = company.actor("alice")

    for question in (
        Question("nps"),
        Question("detractors", ("unit",)),
        Question("mean_score", ("unit",), "month"),
        Question("nps", ("kind", "unit")),
    ):
        summed = design_effect(question, alice)
        by_one = design_effect(question, alice, group=lambda key: key)
        assert summed > 1, question
        assert summed == pytest.approx(by_one), question


def test_an_account_in_two_units_of_a_group_is_one(company: Company, built: Build) -> None:
    """Half of each account's people in North, half in South: six accounts, not twelve."""
    survey = factories.survey()
    for score in (10, 10, 10, 3, 3, 3):
        account = factories.account(unit=company.north)
        for unit in (company.north, company.south):
            for _person in range(3):
                row = factories.response(survey=survey, unit=unit, score=score)
                Response.objects.filter(pk=row.pk).update(account=account)
    built()
    alice, question = company.actor("alice"), Question("nps", ("unit",))

    together = design_effect(question, alice, group=lambda key: "all")

    assert together == pytest.approx(design_effect(Question("nps"), alice))
    assert together == pytest.approx(6 * (6 / 5) / (36 / 35) * (2.5705818 / 1.9599640) ** 2)


def test_that_margins_are_wider_is_said_where_they_are(company: Company, built: Build) -> None:
    assert (note(1.0), note(1.04)) == ("", "")
    assert note(2.0) == "Several people of one account answer alike: the margins allow for that."
    accounts(company.north, [[10] * 5] * 3 + [[3] * 5] * 3)
    built()

    assert note(heeded_with_effect(Question("nps"), None, company.actor("alice"))[1]) == note(2.0)
    assert heeded_with_effect(Question("answers"), None, company.actor("alice"))[1] == 1.0


@pytest.mark.slow
@pytest.mark.parametrize("clusters", [8, 15, 40])
@pytest.mark.parametrize("alike", [2, 20])
def test_few_accounts_cover_what_they_should(clusters: int, alike: int) -> None:
    """Accounts of one to ten people who mostly agree (Dirichlet of 2) or a little (of 20)."""
    random, mix, held, draws = np.random.default_rng(7), np.array((10, 20, 70)) / 100, 0, 2_000
    shares = random.dirichlet(mix * alike, size=(draws, clusters))
    for each in shares:
        n = random.integers(1, 11, clusters)
        drawn = random.multinomial(n, each)
        total = drawn[:, 2] - drawn[:, 0]
        squares = float((drawn[:, 2] + drawn[:, 0]).sum())
        sums = Accounts(
            clusters, 0, n.sum(), total.sum(), squares,
            (n * n).sum(), (n * total).sum(), (total * total).sum(),
        )  # fmt: skip
        plain = interval(Counts(*map(int, drawn.sum(axis=0))))
        found = widened_estimate(plain, "nps", effect_of([sums]))
        held += found.low - 1e-6 <= 60 <= found.high + 1e-6
    assert 0.93 <= held / draws <= 0.97


def test_margins_and_differences_are_as_wide_as_they_should_be() -> None:
    row = Row((), 100, 20.0, 4.0, 36.0)

    assert widened(row, "nps", 4.0) == replace(row, low=-12.0, high=52.0)
    assert widened(replace(row, high=90.0), "nps", 4.0).high == 100.0
    assert widened(row, "nps", 1.0) is row
    gap = less_sure(Difference(10.0, 2.0, 18.0, 0.0143), 4.0)
    assert (gap.low, gap.high) == (-6.0, 26.0)
    assert gap.p == pytest.approx(0.2207, abs=2e-3)


def test_a_difference_of_few_accounts_is_not_real(company: Company, built: Build) -> None:
    """Eighty answers apart by 40 points look real, but eight accounts gave them."""
    accounts(company.north, [[10] * 10] * 3 + [[3] * 10])
    accounts(company.south, [[10] * 10] * 2 + [[3] * 10] * 2)
    built()
    alice, question = company.actor("alice"), Question("nps", ("unit",))
    plain = compare(question, Comparison(Against.COMPANY), alice)

    found = heeded(question, Comparison(Against.COMPANY), alice)
    alone = heeded(question, None, alice)

    assert [each.is_real for each in plain] == [True, True]
    assert [each.is_real for each in found] == [False, False]
    assert [each.row.value for each in found] == [each.row.value for each in plain]
    assert [each.row for each in alone] == [each.row for each in found]
    assert all(w.row.low < p.row.low for w, p in zip(found, plain, strict=True))


@pytest.mark.slow
def test_widened_intervals_cover_what_they_should(company: Company, built: Build) -> None:
    """Forty accounts of ten, most alike: the plain margin misses the truth far too often."""
    random = np.random.default_rng(3)
    drawn: list[list[int]] = []
    for _number in range(60 * 40):
        usual = random.random() < 0.6
        drawn.append([10 if (random.random() < 0.85) == usual else 3 for _person in range(10)])
    accounts(company.north, drawn)
    built()
    # rows of 40 accounts each, cut from what was drawn
    truth = 100 * (2 * (0.6 * 0.85 + 0.4 * 0.15) - 1)
    rows = ask(Question("nps", ("account",)), company.actor("alice"))
    by_wave = [rows[start : start + 40] for start in range(0, len(rows), 40)]
    effect = design_effect(Question("nps"), company.actor("alice"))
    plain = wide = 0
    for wave in by_wave:
        up = sum(row.stats["promoters"] for row in wave)
        n = sum(row.n for row in wave)
        value = 100 * (2 * up / n - 1)
        reach = 196 * np.sqrt(1 - (value / 100) ** 2) / np.sqrt(n)
        row = widened(Row((), n, value, value - reach, value + reach), "nps", effect)
        plain += abs(value - truth) <= reach
        wide += row.low is not None and row.high is not None and row.low <= truth <= row.high
    assert plain / len(by_wave) < 0.75
    assert wide / len(by_wave) >= 0.9
