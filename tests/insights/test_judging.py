"""Is only what is real called so: over time, of the silent, in a change, ahead of time?"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from loopwell.access.models import Unit
from loopwell.calc.clustered import clustered_nps
from loopwell.calc.finite import with_population
from loopwell.calc.nps import Counts, Estimate, interval
from loopwell.insights.asking import Filters, Question
from loopwell.insights.judging import (
    band,
    decomposed,
    forecasted,
    judged_trend,
    paired,
    sharpened,
)
from loopwell.insights.judging.sharpening import _linearised
from loopwell.insights.questions import ask
from loopwell.people.models import Account, Customer
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey
from tests import factories
from tests.conftest import Company

Build = Callable[[], int]
pytestmark = pytest.mark.django_db


@pytest.fixture
def survey() -> Survey:
    return factories.survey(kind=SurveyKind.RELATIONSHIP)


def give(survey: Survey, unit: Unit, at: date, counts: Counts, **fields: object) -> None:
    moment = datetime(at.year, at.month, at.day, 12, tzinfo=UTC)
    scores = [0] * counts.detractors + [7] * counts.passives + [10] * counts.promoters
    for score in scores:
        factories.response(survey=survey, unit=unit, score=score, answered_at=moment, **fields)


def test_a_quiet_year_and_one_with_a_jump(company: Company, survey: Survey, built: Build) -> None:
    for month in range(1, 13):
        give(survey, company.north, date(2025, month, 3), Counts(4, 4, 7 + month % 2))
        jump = Counts(8, 3, 4) if month < 7 else Counts(1, 2, 12)
        give(survey, company.south, date(2025, month, 3), jump)
    built()
    alice = company.actor("alice")
    with override("en"):
        quiet = judged_trend(Question("nps", filters=Filters(unit_path=company.north.path)), alice)
        jumped = judged_trend(Question("nps", filters=Filters(unit_path=company.south.path)), alice)

    assert quiet.sentence == "No real change since January 2025."
    assert (len(quiet.moments), quiet.shifts) == (12, [])
    assert quiet.control is not None
    assert quiet.control.signals == 0
    assert [shift.index for shift in jumped.shifts] == [6]
    assert jumped.moments[6].start == date(2025, 7, 1)
    assert jumped.sentence == "Up by 100 since July 2025: a real change."


def test_gaps_and_too_few_answers(company: Company, survey: Survey, built: Build) -> None:
    give(survey, company.north, date(2026, 1, 3), Counts(1, 1, 1))
    give(survey, company.north, date(2026, 3, 3), Counts(1, 1, 1))
    built()
    alice = company.actor("alice")
    with override("en"):
        found = judged_trend(Question("nps"), alice)
        empty = judged_trend(Question("nps", filters=Filters(end=date(2020, 1, 1))), alice)

    assert [moment.row is None for moment in found.moments] == [False, True, False]
    assert found.moments[1].end == date(2026, 3, 1)
    assert found.sentence == "Too few answers to judge a trend."
    assert found.control is None
    assert empty.moments == []
    assert empty.sentence == "Too few answers to judge a trend."


def test_shares_are_judged_against_the_time_before(
    company: Company, survey: Survey, built: Build
) -> None:
    for month, promoters in ((1, 10), (2, 12), (3, 38)):
        give(survey, company.north, date(2026, month, 3), Counts(40 - promoters, 0, promoters))
    built()
    alice = company.actor("alice")
    with override("en"):
        assert judged_trend(Question("promoters"), alice).sentence == (
            "March 2026 is really higher than the time before."
        )
        assert judged_trend(Question("answers"), alice).sentence == ""
        until = Filters(end=date(2026, 3, 1))
        assert judged_trend(Question("promoters", filters=until), alice).sentence == (
            "No real change since January 2026."
        )


def test_what_the_silent_could_change(company: Company, survey: Survey) -> None:
    version = factories.version(survey=survey)
    at = datetime(2026, 2, 1, 9, tzinfo=UTC)

    def asked(score: int | None, *, reminded: bool = False) -> None:
        invitation = factories.invitation(
            version=version, unit=company.north, sent_at=at,
            reminded_at=at + timedelta(days=3) if reminded else None,
            answered_at=None if score is None else at + timedelta(days=4),
        )  # fmt: skip
        if score is not None:
            factories.response(
                survey=survey, unit=company.north, score=score, invitation=invitation,
                answered_at=at + timedelta(days=4),
            )  # fmt: skip

    for score in (10, 10, 9, 3):
        asked(score)
    asked(0, reminded=True)
    for _silent in range(5):
        asked(None)

    found = band(Question("nps"), company.actor("alice"))

    assert found is not None
    assert (found.asked, found.silent) == (10, 5)
    assert (found.low, found.high, found.middle) == (-40.0, 60.0, -40.0)
    assert band(Question("nps"), company.actor("oscar")) is None
    assert (
        band(Question("nps", filters=Filters(category="promoter")), company.actor("alice")) is None
    )


def test_what_a_change_is_made_of(company: Company, survey: Survey, built: Build) -> None:
    give(survey, company.north, date(2026, 1, 3), Counts(5, 5, 10))
    give(survey, company.south, date(2026, 1, 3), Counts(10, 5, 5))
    give(survey, company.north, date(2026, 2, 3), Counts(5, 5, 30))
    built()
    january = Filters(start=date(2026, 1, 1), end=date(2026, 2, 1))
    february = Filters(start=date(2026, 2, 1), end=date(2026, 3, 1))
    alice = company.actor("alice")

    found = decomposed(Question("nps"), "unit", january, february, alice)

    assert found is not None
    assert found.change == pytest.approx(62.5)
    assert sum(part.total for part in found.parts) == pytest.approx(found.change)
    assert {part.name for part in found.parts} == {str(company.north.pk), str(company.south.pk)}
    assert (
        decomposed(Question("nps"), "unit", february, Filters(start=date(2027, 1, 1)), alice)
        is None
    )
    anonymous = Filters(kind=SurveyKind.EMPLOYEE)
    assert decomposed(Question("nps"), "unit", anonymous, anonymous, alice) is None


def test_where_the_month_will_end(company: Company, survey: Survey, built: Build) -> None:
    give(survey, company.north, date(2026, 3, 3), Counts(5, 5, 20))
    built()
    month = Question("nps", filters=Filters(start=date(2026, 3, 1), end=date(2026, 4, 1)))
    alice = company.actor("alice")

    found = forecasted(month, alice, date(2026, 3, 10), target=30)

    assert found is not None
    assert found.expected_more == pytest.approx(63)
    assert found.at_end is not None
    assert (found.at_end.value, found.at_end.n) == (50, 93)
    assert found.probability is not None
    assert 0.8 < found.probability < 1
    assert found.still_needed is not None
    assert forecasted(month, alice, date(2026, 3, 31)) is None
    assert forecasted(month, alice, date(2026, 2, 28)) is None
    assert forecasted(Question("nps"), alice, date(2026, 3, 10)) is None
    nothing = forecasted(month, company.actor("oscar"), date(2026, 3, 10))
    assert nothing is not None
    assert nothing.at_end is None


def test_people_of_one_account_answer_alike(company: Company, survey: Survey, built: Build) -> None:
    clusters = [Counts(4, 0, 0) if place % 2 else Counts(0, 0, 4) for place in range(12)]
    for counts in clusters:
        account: Account = factories.account(unit=company.north)
        give(survey, company.north, date(2026, 3, 3), counts, account=account)
    give(survey, company.north, date(2026, 3, 3), Counts(0, 3, 0))
    built()
    alice = company.actor("alice")
    question = Question("nps")
    rows = ask(question, alice)

    with CaptureQueriesContext(connection) as seen:
        found = sharpened(question, rows, alice)

    expected = clustered_nps([*clusters, *[Counts(0, 1, 0)] * 3])
    assert found[0].low == pytest.approx(expected.low, abs=3)
    assert rows[0].low is not None
    assert found[0].low is not None
    assert found[0].low < rows[0].low
    assert (found[0].value, found[0].n) == (rows[0].value, rows[0].n)
    assert len(seen) <= 2
    by_unit = Question("nps", ("unit",))
    assert sharpened(by_unit, ask(by_unit, alice), alice)[0].low == pytest.approx(found[0].low)


def test_many_accounts_are_linearised() -> None:
    clusters = [Counts(2, 0, 0), Counts(0, 1, 1), Counts(0, 0, 2)] * 100
    drawn, linear = clustered_nps(clusters), _linearised(clusters)
    assert linear.low == pytest.approx(drawn.low, abs=0.7)
    assert linear.high == pytest.approx(drawn.high, abs=0.7)


def test_when_most_customers_answered_little_is_left_to_guess(
    company: Company, survey: Survey, built: Build
) -> None:
    people = [factories.customer(unit=company.north) for _each in range(20)]
    for customer in people[:15]:
        give(survey, company.north, date(2026, 3, 3), Counts(0, 0, 1), customer=customer)
    factories.customer(unit=company.south)
    built()
    alice = company.actor("alice")
    kind = Filters(kind=SurveyKind.RELATIONSHIP)
    question = Question("nps", ("unit",), "", kind)
    rows = ask(question, alice)

    found = sharpened(question, rows, alice)

    plain = interval(Counts(0, 0, 15))
    expected = with_population(Estimate(plain.value, plain.low, plain.high, 15), 20)
    assert (found[0].low, found[0].high) == (expected.low, expected.high)
    whole = sharpened(
        Question("nps", filters=kind), ask(Question("nps", filters=kind), alice), alice
    )
    assert whole[0].low == with_population(plain, 21).low
    anywhere = Question("nps")
    rows = ask(anywhere, alice)
    assert sharpened(anywhere, rows, alice) == rows
    assert Customer.objects.count() == 21


def test_coverage_counts_customers_once(company: Company, survey: Survey, built: Build) -> None:
    first, *others = [factories.customer(unit=company.north) for _each in range(4)]
    silent = factories.customer(unit=company.south)
    for customer in (first, first, others[0]):
        give(survey, company.north, date(2026, 3, 3), Counts(0, 0, 1), customer=customer)
    built()
    alice = company.actor("alice")

    whole = ask(Question("coverage"), alice)[0]
    by_unit = {row.key[0]: row for row in ask(Question("coverage", ("unit",)), alice)}

    assert (whole.n, whole.value, whole.low) == (2, 40.0, 40.0)
    assert by_unit[company.north.pk].value == 50.0
    assert (by_unit[silent.unit_id].n, by_unit[silent.unit_id].value) == (0, 0.0)
    mine = ask(Question("coverage"), company.actor("mark"))[0]
    assert mine.value == 50.0
    assert ask(Question("coverage", ("language",)), alice)[0].value is None


@pytest.mark.usefixtures("engine")
def test_the_same_customers_twice(company: Company, survey: Survey, built: Build) -> None:
    people = [factories.customer(unit=company.north) for _each in range(4)]
    january, march = date(2026, 1, 5), date(2026, 3, 5)
    no, some, yes = Counts(1, 0, 0), Counts(0, 1, 0), Counts(0, 0, 1)
    for customer, was, now in zip(people, (no, no, some, yes), (yes, yes, yes, yes), strict=True):
        give(survey, company.north, january, was, customer=customer)
        give(survey, company.north, march, now, customer=customer)
    give(survey, company.north, date(2026, 1, 4), yes, customer=people[0])  # the later one counts
    give(survey, company.south, march, no, customer=factories.customer(unit=company.south))
    built()
    before = Filters(start=date(2026, 1, 1), end=date(2026, 2, 1))
    after = Filters(start=date(2026, 3, 1), end=date(2026, 4, 1))
    alice = company.actor("alice")

    found = paired(Question("nps"), before, after, alice)

    assert found is not None
    assert found.table == ((0, 0, 2), (0, 0, 1), (0, 0, 1))
    assert (found.n, found.difference.value) == (4, 125.0)
    assert paired(Question("nps"), before, after, company.actor("oscar")) is None
    employees = Filters(kind=SurveyKind.EMPLOYEE)
    assert paired(Question("nps"), employees, after, alice) is None
