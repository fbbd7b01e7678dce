"""Is our score held against the rival's of the right panel?"""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from loopwell.benchmarks.models import Brand, Panel, PanelAnswer
from loopwell.calc.nps import Counts, difference
from loopwell.insights.asking import Against, Comparison, Filters, Question
from loopwell.insights.comparing import compare
from tests import factories
from tests.conftest import Company

Build = Callable[[], int]


@pytest.fixture
def rivals(company: Company, built: Build) -> tuple[Brand, Brand]:
    us = Brand.objects.create(name="Acme", is_us=True)
    first, second = (Brand.objects.create(name=name) for name in ("Borealis", "Cirrus"))
    for year, scores in ((2025, {us: [0], first: [0], second: [0]}),
                         (2026, {us: [10], first: [10, 10, 0], second: [8]})):  # fmt: skip
        day = date(year, 1, 10)
        panel = Panel.objects.create(
            name=f"Panel {year}", source="file", fielded_from=day, fielded_to=day
        )
        for brand, given in scores.items():
            for score in given:
                PanelAnswer.objects.create(panel=panel, brand=brand, score=score, answered_on=day)
    for score in (10, 9, 3):
        at = datetime(2026, 2, 2, tzinfo=UTC)
        factories.response(unit=company.north, score=score, answered_at=at)
    built()
    return first, second


def test_one_rival_all_of_them_and_an_earlier_panel(
    company: Company, rivals: tuple[Brand, Brand]
) -> None:
    alice = company.actor("alice")

    def other(name: str, filters: Filters = Filters(), metric: str = "nps") -> tuple[int, float]:  # noqa: B008 it is frozen
        found = compare(
            Question(metric, filters=filters), Comparison(Against.COMPETITOR, name=name), alice
        )
        held = found[0].other
        assert held is not None
        assert held.value is not None
        return held.n, held.value

    assert other("borealis") == (3, pytest.approx(100 / 3))
    assert other(rivals[1].ref) == (1, 0.0)
    assert other("") == (4, 25.0)
    assert other("", metric="detractors") == (4, 25.0)
    assert other("Borealis", Filters(end=date(2025, 12, 1))) == (1, -100.0)


def test_the_difference_heeds_both_margins(company: Company, rivals: tuple[Brand, Brand]) -> None:
    alice = company.actor("alice")
    rival = Comparison(Against.COMPETITOR, name="Borealis")
    found = compare(Question("nps"), rival, alice)[0]
    assert found.difference == difference(Counts(1, 0, 2), Counts(1, 0, 2))
    assert found.p_adjusted is None
    nobody = Comparison(Against.COMPETITOR, name="Nobody")
    assert compare(Question("nps"), nobody, alice)[0].other is None
    assert compare(Question("answers"), rival, alice)[0].other is None


def test_weighted_panels_count_by_their_weights(
    company: Company, rivals: tuple[Brand, Brand]
) -> None:
    PanelAnswer.objects.filter(brand=rivals[0], score=0).update(weight=4.0)
    rival = Comparison(Against.COMPETITOR, name="Borealis")
    found = compare(Question("nps"), rival, company.actor("alice"))[0]
    assert found.other is not None
    assert found.other.value == pytest.approx(-100 / 3)
    assert found.difference is not None
