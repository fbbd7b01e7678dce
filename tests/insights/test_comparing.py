"""Is what rows are held against the right thing, and is only what is real called so?"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from loopwell.access.models import Unit
from loopwell.calc.multiple import benjamini_hochberg, holm
from loopwell.calc.nps import Counts, difference
from loopwell.insights import comparing
from loopwell.insights.asking import Against, Comparison, Filters, Question, Row
from loopwell.insights.comparing import NoReference, compare, register_reference
from loopwell.insights.differing import adjusted, apart, apart_from_whole
from loopwell.insights.questions import row_of
from loopwell.insights.stretches import (
    bucket_a_year_before,
    bucket_after,
    bucket_before,
    bucket_of,
    earlier,
    moved,
    year_before,
)
from tests import factories
from tests.conftest import Company

Build = Callable[[], int]
pytestmark = pytest.mark.django_db
MARCH = Filters(start=date(2026, 3, 1), end=date(2026, 4, 1))


def many(unit: Unit, month: int, counts: Counts, year: int = 2026, **fields: object) -> None:
    survey = factories.survey(name=f"{unit.pk} {year}-{month} {len(fields)} {counts}")
    at = datetime(year, month, 2, 12, tzinfo=UTC)
    scores = [0] * counts.detractors + [7] * counts.passives + [10] * counts.promoters
    for score in scores:
        factories.response(survey=survey, unit=unit, score=score, answered_at=at, **fields)


def test_against_the_month_before(company: Company, built: Build) -> None:
    many(company.north, 2, Counts(20, 5, 5))
    many(company.north, 3, Counts(5, 5, 25))
    many(company.north, 3, Counts(1, 0, 0), year=2025)
    built()

    found = compare(
        Question("nps", filters=MARCH), Comparison(Against.PREVIOUS), company.actor("alice")
    )

    assert len(found) == 1
    expected = difference(Counts(5, 5, 25), Counts(20, 5, 5))
    assert (found[0].difference, found[0].p_adjusted) == (expected, expected.p)
    assert found[0].other is not None
    assert found[0].other.n == 30
    assert found[0].is_real
    before = compare(
        Question("nps", filters=MARCH), Comparison(Against.YEAR_BEFORE), company.actor("alice")
    )
    assert before[0].other is not None
    assert (before[0].other.n, before[0].p_adjusted) == (1, None)
    assert before[0].difference is not None


def test_each_month_against_the_one_before(company: Company, built: Build) -> None:
    for month in (1, 2, 3):
        many(company.north, month, Counts(0, 0, month))
    built()
    question = Question("answers", grain="month", filters=Filters(start=date(2026, 2, 1)))

    found = compare(question, Comparison(Against.PREVIOUS), company.actor("alice"))

    assert [(each.row.n, each.other and each.other.n) for each in found] == [(2, 1), (3, 2)]
    assert {each.difference for each in found} == {None}


def test_units_against_the_whole_are_tested_against_the_rest(
    company: Company, built: Build
) -> None:
    north, south = Counts(10, 10, 40), Counts(30, 10, 10)
    many(company.north, 3, north)
    many(company.south, 3, south)
    built()
    question = Question("nps", ("unit",), "", MARCH)

    found = {
        each.row.key[0]: each
        for each in compare(question, Comparison(Against.COMPANY), company.actor("alice"))
    }

    one = found[company.north.pk]
    rest = difference(north, south)
    assert one.other is not None
    assert one.other.n == 110
    assert one.difference is not None
    whole = 100 * (50 - 40) / 110
    assert one.difference.value == pytest.approx(50 - whole)
    assert one.difference.low == pytest.approx(rest.low * 50 / 110)
    assert one.difference.p == rest.p
    assert one.p_adjusted == pytest.approx(min(1, 2 * rest.p))
    narrowed = Question("nps", filters=Filters(unit_path=company.north.path))
    alone = compare(narrowed, Comparison(Against.COMPANY), company.actor("alice"))
    assert alone[0].difference is not None
    assert alone[0].difference.value == pytest.approx(50 - whole)
    mark = compare(question, Comparison(Against.COMPANY), company.actor("mark"))
    assert [each.other and each.other.n for each in mark] == [60]


def test_against_a_segment_in_the_same_time(company: Company, built: Build) -> None:
    many(company.north, 3, Counts(0, 0, 40))
    many(company.south, 3, Counts(0, 40, 0))
    many(company.south, 2, Counts(40, 0, 0))
    built()
    north = Question("promoters", filters=Filters(MARCH.start, MARCH.end, company.north.path))
    there = Comparison(Against.SEGMENT, Filters(unit_path=company.south.path))

    found = compare(north, there, company.actor("alice"))

    assert found[0].other is not None
    assert (found[0].other.n, found[0].other.value) == (40, 0)
    assert found[0].difference is not None
    assert found[0].difference.value == 100
    assert found[0].is_real


@pytest.fixture
def no_references(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(comparing, "_references", {})
    return


@pytest.mark.usefixtures("no_references")
def test_apps_above_say_what_a_target_is(company: Company, built: Build) -> None:
    many(company.north, 3, Counts(5, 5, 40))
    built()
    question = Question("nps", filters=MARCH)
    with pytest.raises(NoReference):
        compare(question, Comparison(Against.TARGET), company.actor("alice"))
    register_reference(Against.TARGET, lambda *_: {(): Row((), 0, 30.0, 30.0, 30.0)})

    found = compare(question, Comparison(Against.TARGET), company.actor("alice"))

    assert found[0].difference is not None
    assert found[0].difference.value == 40
    assert found[0].is_real


def test_a_difference_is_real_where_its_interval_leaves_out_zero() -> None:
    for answered in range(40, 80):
        first = row_of("response_rate", (), {"n": 100, "answered": answered, "declined": 0})
        second = row_of("response_rate", (), {"n": 150, "answered": 75, "declined": 0})
        gap = apart("response_rate", first, second)
        assert gap is not None
        assert gap.low <= gap.value <= gap.high
        assert (gap.p < 0.05) == (gap.low > 0 or gap.high < 0)


def test_counts_have_no_chance_in_them() -> None:
    first, second = (row_of("answers", (), {"n": n}) for n in (5, 50))
    assert apart("answers", first, second) is None
    assert apart_from_whole("answers", first, second, second) is None
    nothing = row_of("nps", (), {"n": 0, "promoters": 0, "detractors": 0})
    assert apart("nps", nothing, nothing) is None


def test_many_cells_share_their_false_findings() -> None:
    few = [0.001, None, 0.04, 0.5]
    assert adjusted(few) == holm(few)
    many_cells = [0.001 * place for place in range(1, 22)]
    assert adjusted(many_cells) == benjamini_hochberg(many_cells)


def test_stretches_of_time() -> None:
    quarter = earlier(Filters(start=date(2026, 1, 1), end=date(2026, 4, 1)))
    assert quarter is not None
    assert (quarter.start, quarter.end) == (date(2025, 10, 1), date(2026, 1, 1))
    days = earlier(Filters(start=date(2026, 3, 3), end=date(2026, 3, 10)))
    assert days is not None
    assert (days.start, days.end) == (date(2026, 2, 24), date(2026, 3, 3))
    assert earlier(Filters(start=date(2026, 3, 3))) is None
    assert year_before(Filters(end=date(2026, 3, 3))) is None
    leap = year_before(Filters(start=date(2024, 2, 29), end=date(2024, 3, 1)))
    assert leap is not None
    assert (leap.start, leap.end) == (date(2023, 2, 28), date(2023, 3, 1))
    assert moved(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert moved(date(2026, 1, 31), -2) == date(2025, 11, 30)
    assert bucket_before(date(2026, 1, 1), "quarter") == date(2025, 10, 1)
    assert bucket_after(date(2026, 10, 1), "quarter") == date(2027, 1, 1)
    assert bucket_a_year_before(date(2026, 3, 2), "week") == date(2025, 3, 3)
    assert bucket_of(date(2026, 3, 4), "week") == date(2026, 3, 2)
    assert bucket_of(date(2026, 12, 31), "year") == date(2026, 1, 1)
