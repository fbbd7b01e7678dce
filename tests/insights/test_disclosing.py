"""Numbers of anonymous surveys: of groups large enough, and nothing to subtract from."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from loopwell.access.enums import UnitKind
from loopwell.access.models import Unit
from loopwell.access.operations import create_unit
from loopwell.access.rules import SYSTEM, Actor
from loopwell.insights.operations import refresh
from loopwell.insights.questions import Filters, Question, Row, ask, ask_one
from loopwell.responses.holding import receive
from loopwell.responses.models import Response
from loopwell.responses.rules import Answer
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey
from tests import factories
from tests.conftest import NOW, Company

Build = Callable[[], int]
pytestmark = pytest.mark.usefixtures("engine")
OURS = Filters(kind=SurveyKind.EMPLOYEE)


@pytest.fixture
def survey() -> Survey:
    return factories.survey(kind=SurveyKind.EMPLOYEE)


def give(survey: Survey, unit: Unit | None, scores: Sequence[int], **fields: Any) -> None:
    for score in scores:
        factories.response(survey=survey, unit=unit, score=score, **fields)


def counts(rows: Sequence[Row]) -> dict[object, int]:
    return {row.key[0]: row.n for row in rows}


def nps(actor: Actor, **fields: Any) -> Row:
    return ask_one(Question("nps", filters=Filters(kind=SurveyKind.EMPLOYEE, **fields)), actor)


def test_fewer_than_five_are_nothing(company: Company, survey: Survey, built: Build) -> None:
    give(survey, company.north, [0, 0, 0, 0])
    built()
    alice = company.actor("alice")

    found = nps(alice)

    assert (found.n, found.value, set(found.stats.values())) == (0, None, {0})
    assert ask_one(Question("nps", filters=Filters(survey=survey.ref)), alice).value is None
    assert ask_one(Question("mean_score", filters=OURS), alice).value is None


def test_what_one_unit_hides_cannot_be_found_from_the_whole(
    company: Company, survey: Survey, built: Build
) -> None:
    west = create_unit(
        actor=SYSTEM, name="West", parent=company.root, kind=UnitKind.BRANCH, external_id="W1"
    )
    give(survey, company.north, [9] * 8)
    give(survey, company.south, [9] * 6)
    give(survey, west, [0])
    built()
    alice = company.actor("alice")

    assert nps(alice).n == 15
    assert counts(ask(Question("nps", ("unit",), "", OURS), alice)) == {company.north.pk: 8}
    assert [nps(alice, unit_path=each.path).n for each in (company.north, company.south, west)] == [
        8, 0, 0,
    ]  # fmt: skip
    assert [nps(company.actor(name)).n for name in ("mark", "oscar")] == [8, 0]


def test_every_other_cut_hides_small_cells_and_the_next(
    company: Company, survey: Survey, built: Build
) -> None:
    give(survey, company.north, [9] * 8, language="en")
    give(survey, company.north, [9] * 6, language="pl")
    give(survey, company.north, [0], language="uk")
    built()
    alice = company.actor("alice")

    assert counts(ask(Question("nps", ("language",), "", OURS), alice)) == {"en": 8}
    assert counts(ask(Question("answers", ("score",), "", OURS), alice)) == {}
    assert ask(Question("nps", ("language", "score"), "", OURS), alice) == []
    assert ask(Question("nps", ("language",), "month", OURS), alice) == []
    assert [nps(alice, language=code).n for code in ("en", "pl", "uk")] == [8, 0, 0]
    assert nps(alice, scores=(0, 8)).n == 0
    assert nps(alice, language="en", category="promoter").n == 0


def test_what_a_filter_leaves_out_is_no_single_answer(
    company: Company, survey: Survey, built: Build
) -> None:
    give(survey, company.north, [9] * 8, language="en")
    give(survey, company.north, [0], language="uk")
    built()
    assert nps(company.actor("alice"), language="en").n == 0


def test_two_periods_do_not_tell_what_lies_between(
    company: Company, survey: Survey, built: Build
) -> None:
    for month, many in ((1, 6), (2, 2), (3, 7)):
        at = datetime(2026, month, 10, 12, tzinfo=UTC)
        give(survey, company.north, [9] * many, answered_at=at)
    built()
    alice = company.actor("alice")

    def of(first: int, after: int) -> int:
        return nps(alice, start=date(2026, first, 1), end=date(2026, after, 1)).n

    assert [of(1, 2), of(1, 4), of(2, 4)] == [6, 15, 9]
    assert [of(1, 3), of(2, 3), of(3, 4)] == [0, 0, 0]
    days = nps(alice, start=date(2026, 1, 9), end=date(2026, 1, 11))
    assert days.n == 6  # the whole month, whatever its days
    months = ask(Question("nps", grain="month", filters=OURS), alice)
    assert counts(months) == {date(2026, 1, 1): 6}
    assert counts(ask(Question("nps", grain="year", filters=OURS), alice)) == {date(2026, 1, 1): 15}
    assert ask(Question("nps", grain="day", filters=OURS), alice) == []


def test_a_place_and_a_language_together_tell_too_much(
    company: Company, survey: Survey, built: Build
) -> None:
    give(survey, company.north, [9] * 6, language="en")
    give(survey, company.south, [9] * 2, language="en")
    give(survey, company.south, [9] * 6, language="pl")
    built()
    alice, mark = company.actor("alice"), company.actor("mark")

    assert counts(ask(Question("nps", ("language",), "", OURS), alice)) == {"en": 8, "pl": 6}
    there = replace(OURS, unit_path=company.north.path)
    assert nps(alice, unit_path=company.north.path).n == 6
    assert ask(Question("nps", ("language",), "", there), alice) == []
    assert nps(alice, unit_path=company.north.path, language="en").n == 0
    assert counts(ask(Question("nps", ("language",), "", there), mark)) == {"en": 6}


def test_one_survey_does_not_tell_the_other(company: Company, survey: Survey, built: Build) -> None:
    small = factories.survey(kind=SurveyKind.EMPLOYEE, name="Small")
    give(survey, company.north, [9] * 8)
    give(small, company.north, [0] * 2)
    built()
    alice = company.actor("alice")

    assert nps(alice).n == 10
    for each in (survey, small):
        of_one = Filters(survey=each.ref)
        assert ask_one(Question("nps", filters=of_one), alice).n == 0
        assert ask(Question("nps", ("unit",), "", of_one), alice) == []


def test_customers_numbers_know_nothing_of_it(
    company: Company, survey: Survey, built: Build
) -> None:
    give(survey, company.north, [0] * 6)
    factories.response(unit=company.north, score=10)
    built()
    alice = company.actor("alice")

    assert ask_one(Question("nps"), alice).n == 1
    assert counts(ask(Question("nps", ("unit",)), alice)) == {company.north.pk: 1}


def test_how_many_answered_is_known(company: Company, survey: Survey, built: Build) -> None:
    version = factories.version(survey=survey)
    one, _other = [
        factories.invitation(version=version, customer=factories.customer(unit=company.north))
        for _ in range(2)
    ]
    built()
    receive(invitation_ref=one.ref, answer=Answer(9), now=NOW)

    refresh({"response": set(Response.objects.values_list("pk", flat=True))}, NOW)

    rate = ask_one(Question("response_rate", filters=OURS), company.actor("alice"))
    assert (rate.n, rate.value) == (2, 50.0)
    customers = ask_one(Question("response_rate"), company.actor("alice"))
    assert (customers.n, customers.value) == (0, None)
