"""Do people of one account who answer alike make numbers less sure, by as much as they should?"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from loopwell.access.models import Unit
from loopwell.calc.nps import Difference
from loopwell.insights.asking import Against, Comparison, Question, Row
from loopwell.insights.comparing import compare
from loopwell.insights.judging.clustering import (
    design_effect,
    heeded,
    less_sure,
    widened,
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
    """Twenty accounts of five alike: each account says as much as one answer."""
    accounts(company.north, [[10] * 5] * 10 + [[3] * 5] * 10)
    built()
    alice = company.actor("alice")

    for metric in ("nps", "detractors", "mean_score"):
        found = design_effect(Question(metric), alice)
        assert found == pytest.approx(5 * (20 / 19) / (100 / 99)), metric


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


def test_whoever_must_not_wait_is_not_kept_by_many_accounts(company: Company, built: Build) -> None:
    accounts(company.north, [[10] * 5] * 3 + [[3] * 5] * 3)
    built()
    alice, question = company.actor("alice"), Question("nps")

    assert design_effect(question, alice, most=6) == design_effect(question, alice) > 4
    assert design_effect(question, alice, most=5) == 1.0


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
