"""Does every metric say what it claims, however it is cut, and explain itself?"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from loopwell.calc.nps import Counts, Estimate, interval
from loopwell.calc.proportion import wilson
from loopwell.calc.weighted import WeightedSums, weighted_nps
from loopwell.cases.models import Case
from loopwell.insights.asking import GRAINS, Filters, Question, Row
from loopwell.insights.beside import asked_beside, kinds_mixed
from loopwell.insights.metrics import GROUPS, METRICS, Metric, register, values
from loopwell.insights.metrics.values import EDGES, bucket, median_hours
from loopwell.insights.questions import (
    UnknownDimension,
    UnknownMetric,
    ask,
    ask_one,
    can_be_asked,
    row_of,
    sum_up,
)
from loopwell.insights.warehouse.compiling import DIMENSIONS
from loopwell.people.models import Property
from loopwell.themes.models import Mention, Theme
from tests import factories
from tests.conftest import NOW, Company

Build = Callable[[], int]
pytestmark = pytest.mark.usefixtures("engine")


def test_every_metric_explains_itself() -> None:
    for slug, metric in METRICS.items():
        assert metric.slug == slug
        assert metric.group in GROUPS
        assert all(str(t) for t in (metric.name, metric.formula, metric.help, metric.interval))
        assert (metric.test == "share") == bool(metric.part)


def test_a_slug_is_taken_once() -> None:
    with pytest.raises(ValueError, match="nps"):
        register(METRICS["nps"])


def test_every_metric_with_every_cut_and_grain(company: Company, built: Build) -> None:
    Property.objects.create(name="segment", label="Segment")
    answer = factories.response(unit=company.north, score=3, properties={"segment": "Gold"})
    theme = Theme.objects.create(slug="slow", kind="defect")
    Mention.objects.create(response=answer, theme=theme, source="caller", weight=100)
    factories.invitation(version=factories.version(), unit=company.north)
    built()
    alice = company.actor("alice")
    for slug in METRICS:
        for dimension in (*sorted(DIMENSIONS), "property:segment"):
            question = Question(slug, (dimension,))
            if not can_be_asked(slug, dimension):
                with pytest.raises(UnknownDimension):
                    ask(question, alice)
                continue
            rows = ask(question, alice)
            assert all(isinstance(row, Row) for row in rows)
        for grain in GRAINS:
            ask(Question(slug, ("unit",), grain), alice)
        whole = ask_one(Question(slug), alice)
        assert (whole.value is None) == (whole.low is None)


def test_every_filter_narrows(company: Company, built: Build) -> None:
    Property.objects.create(name="segment", label="Segment")
    account = factories.account()
    wanted = factories.response(
        unit=company.north, score=7, source="kiosk", product="Tea", employee=company.fiona,
        account=account, customer=factories.customer(decision_role="decides"), language="pl",
        properties={"segment": "Gold"}, answered_at=NOW, touchpoint="Shop",
    )  # fmt: skip
    factories.response(unit=company.south, score=10, answered_at=NOW - timedelta(days=1, hours=3))
    theme = Theme.objects.create(slug="slow", kind="defect")
    for source in ("caller", "customer"):
        Mention.objects.create(response=wanted, theme=theme, source=source, weight=100)
    built()
    alice = company.actor("alice")
    told: list[dict[str, Any]] = [
        {"source": "kiosk"}, {"product": "Tea"}, {"employee": company.fiona.pk},
        {"account": account.pk}, {"decision_role": "decides"}, {"language": "pl"},
        {"category": "passive"}, {"scores": (6, 8)}, {"hour": 10}, {"weekday": 2},
        {"theme": "slow"}, {"touchpoint": "Shop"}, {"properties": (("segment", "Gold"),)},
        {"unit_path": company.north.path}, {"survey": wanted.survey.ref},
    ]  # fmt: skip
    for filters in told:
        row = ask_one(Question("mean_score", filters=Filters(**filters)), alice)
        assert (row.n, row.value) == (1, 7.0), filters
    assert ask_one(Question("answers", filters=Filters(theme="—")), alice).n == 1
    by_theme = ask(Question("nps", ("theme",)), alice)
    assert [(row.key, row.n) for row in by_theme] == [(("slow",), 1)]
    assert ask_one(Question("mentions"), alice).n == 2
    categories = {row.key[0]: row.n for row in ask(Question("answers", ("category",)), alice)}
    assert categories == {"passive": 1, "promoter": 1}


def test_what_cannot_be_asked_is_refused_in_words(company: Company) -> None:
    alice = company.actor("alice")
    with pytest.raises(UnknownMetric, match="happiness"):
        ask(Question("happiness"), alice)
    with pytest.raises(UnknownDimension, match="Response rate"):
        ask(Question("response_rate", filters=Filters(category="promoter")), alice)
    with pytest.raises(UnknownDimension):
        ask(Question("nps", ("unit", "kind", "language")), alice)


def test_weighted_and_unweighted(company: Company, built: Build) -> None:
    survey = factories.survey()
    version = factories.version(survey=survey)
    for score, weight in ((10, 3.0), (0, 1.0), (8, None)):
        asked = factories.invitation(version=version, unit=company.north, weight=weight)
        factories.response(survey=survey, unit=company.north, score=score, invitation=asked)
    built()
    alice = company.actor("alice")
    expected = weighted_nps(WeightedSums(n=3, w=5, ww=11, wp=3, wd=1, wwp=9, wwd=1))

    row = ask_one(Question("nps_weighted"), alice)

    assert (row.value, row.low, row.high) == (
        pytest.approx(expected.value), pytest.approx(expected.low), pytest.approx(expected.high),
    )  # fmt: skip
    assert row.value == pytest.approx(40)
    assert ask_one(Question("nps"), alice).value == 0


def test_an_account_counts_once_for_what_it_brings(company: Company, built: Build) -> None:
    large = factories.account(revenue=900)
    small = factories.account(revenue=100)
    unknown = factories.account(revenue=None)
    for account, scores in ((large, (10, 10, 0)), (small, (0,)), (unknown, (9,))):
        for score in scores:
            factories.response(unit=company.north, account=account, score=score)
    built()
    alice = company.actor("alice")

    row = ask_one(Question("nps_revenue"), alice)
    lost = ask_one(Question("detractor_revenue"), alice)

    assert (row.n, row.value) == (4, pytest.approx(20.0))
    assert lost.value == pytest.approx(40.0)
    assert lost.low is not None
    assert lost.high is not None
    assert 0 < lost.low < 40 < lost.high < 100
    by_account = {r.key[0]: r.value for r in ask(Question("nps_revenue", ("account",)), alice)}
    assert by_account[large.pk] == pytest.approx(100 / 3)
    assert by_account[unknown.pk] is None


def test_cases_reached_and_recovered(company: Company, built: Build) -> None:
    customer = factories.customer(unit=company.north)
    for place, hours in enumerate((1, 3, 30)):
        answer = factories.response(
            unit=company.north, score=2, customer=customer, answered_at=NOW - timedelta(days=40)
        )
        opened = NOW - timedelta(days=39 - place)
        Case.objects.create(
            response=answer, customer=customer, unit=company.north, owner=company.mark, score=2,
            opened_at=opened, due_at=opened + timedelta(hours=24), next_step_at=opened,
            reached_at=opened + timedelta(hours=hours),
        )  # fmt: skip
    built()
    alice = company.actor("alice")

    time = ask_one(Question("first_contact_hours"), alice)
    in_time = ask_one(Question("reached_in_time"), alice)

    assert time.n == 3
    assert time.value is not None
    assert 2 <= time.value <= 4
    assert (in_time.n, in_time.value) == (3, wilson(2, 3).value)
    by_owner = ask(Question("reached_in_time", ("owner",)), alice)
    assert [row.key for row in by_owner] == [(company.mark.pk,)]
    assert ask_one(Question("recovery"), alice).value is None


def test_the_median_is_read_off_its_steps() -> None:
    stats: dict[str, float] = dict.fromkeys(map(bucket, range(len(EDGES) + 1)), 0)
    assert median_hours({**stats, "n": 0}) is None
    within_a_day = {**stats, "n": 100, bucket(EDGES.index(24)): 100}
    found = median_hours(within_a_day)
    assert found is not None
    assert found.value == pytest.approx(18)
    assert 12 < found.low < 18 < found.high < 24
    late = median_hours({**stats, "n": 1, bucket(len(EDGES)): 1})
    assert late == Estimate(pytest.approx(1080), pytest.approx(720), pytest.approx(1440), 1)


def test_rates_of_asking(company: Company, built: Build) -> None:
    version = factories.version()
    for bounced, declined in ((None, None), (NOW, None), (None, NOW), (None, None)):
        factories.invitation(
            version=version, unit=company.north, bounced_at=bounced, declined_at=declined
        )
    built()
    alice = company.actor("alice")

    assert ask_one(Question("bounce_rate"), alice).value == 25.0
    assert ask_one(Question("opt_out_rate"), alice).value == pytest.approx(100 / 3)


def test_rolled_up_rows_are_as_if_asked_together(company: Company, built: Build) -> None:
    for unit, scores in ((company.north, (10, 3)), (company.south, (9, 8, 7))):
        for score in scores:
            factories.response(unit=unit, score=score)
    built()
    alice = company.actor("alice")
    for slug in ("nps", "nps_weighted", "passives", "mean_score"):
        rows = ask(Question(slug, ("unit",)), alice)
        whole = ask_one(Question(slug), alice)
        together = row_of(slug, (), sum_up(rows))
        assert together.value == pytest.approx(whole.value)
        assert together.low == pytest.approx(whole.low)


def test_the_response_rate_stands_beside(company: Company, built: Build) -> None:
    version = factories.version()
    factories.invitation(version=version, unit=company.north, answered_at=NOW)
    factories.invitation(version=version, unit=company.north)
    factories.response(unit=company.north)
    built()
    alice = company.actor("alice")

    assert asked_beside(Question("nps", ("unit",)), alice)[company.north.pk,].value == 50
    assert asked_beside(Question("nps", ("score",)), alice) == {}
    assert asked_beside(Question("nps", filters=Filters(category="promoter")), alice) == {}


def test_kinds_that_a_number_mixes(company: Company, built: Build) -> None:
    for kind in ("relationship", "transactional", "benchmark"):
        factories.response(survey=factories.survey(kind=kind, name=kind), unit=company.north)
    built()
    alice = company.actor("alice")
    assert kinds_mixed(Question("nps"), alice) == ["relationship", "transactional"]
    assert kinds_mixed(Question("nps", ("kind",)), alice) == []
    assert kinds_mixed(Question("nps", filters=Filters(kind="benchmark")), alice) == []
    assert kinds_mixed(Question("nps", filters=Filters(end=date(2020, 1, 1))), alice) == []


def test_scores_equal_calc() -> None:
    row = row_of("nps", (), {"n": 9, "promoters": 4, "detractors": 2})
    found = interval(Counts(2, 3, 4))
    assert (row.value, row.low, row.high) == (found.value, found.low, found.high)
    assert values.weighted_score({"n": 0}) is None
    assert isinstance(METRICS["nps"], Metric)
