"""Do the numbers equal the answers, whichever way they are cut, and stay within one's units?"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from loopwell.access.enums import Role, UnitKind
from loopwell.access.models import Membership
from loopwell.access.operations import create_unit
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM, Actor
from loopwell.calc.nps import Counts, interval
from loopwell.calc.proportion import wilson
from loopwell.insights.questions import (
    Filters,
    Question,
    UnknownDimension,
    ask,
    ask_one,
    warm_up,
)
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.insights.warehouse.compiling import compile_question
from loopwell.kit.errors import Forbidden
from loopwell.people.models import Property
from loopwell.responses.queries import AnswerFilter, asked_tally, tally
from loopwell.surveys.enums import SurveyKind
from tests import factories
from tests.conftest import NOW, Company

Build = Callable[[], int]
pytestmark = pytest.mark.usefixtures("engine")


def _answers(company: Company) -> None:
    shared = factories.survey()
    north, south = company.north, company.south
    for score, unit, segment in [
        (10, north, "Gold"), (9, north, "Gold"), (3, north, "O'Brien"), (8, north, ""),
        (10, south, "Gold"), (0, south, "Basic"), (6, south, "Basic"),
    ]:  # fmt: skip
        factories.response(survey=shared, unit=unit, score=score, properties={"segment": segment})
    factories.response(survey=shared, unit=north, score=0, is_test=True)


def test_score_equals_calc_on_the_rows(company: Company, built: Build) -> None:
    _answers(company)
    built()
    row = ask_one(Question("nps"), company.actor("alice"))
    expected = interval(Counts(3, 1, 3))
    assert (row.n, row.value, row.low, row.high) == (
        expected.n, expected.value, expected.low, expected.high,
    )  # fmt: skip


def test_by_unit_and_by_property(company: Company, built: Build) -> None:
    Property.objects.create(name="segment", label="Segment")
    _answers(company)
    built()
    alice = company.actor("alice")
    by_unit = {row.key: (row.n, row.value) for row in ask(Question("nps", by=("unit",)), alice)}
    assert by_unit == {
        (company.north.pk,): (4, 25.0),
        (company.south.pk,): (3, pytest.approx(-100 / 3)),
    }
    by_segment = {r.key: r.n for r in ask(Question("answers", by=("property:segment",)), alice)}
    assert by_segment == {("Gold",): 3, ("O'Brien",): 1, ("Basic",): 2, (None,): 1}
    quoted = Filters(properties=(("segment", "O'Brien"),))
    assert ask_one(Question("nps", filters=quoted), alice).value == -100.0


def test_nobody_sees_beyond_their_units(company: Company, built: Build) -> None:
    _answers(company)
    built()
    oscar = company.actor("oscar")
    assert ask_one(Question("answers"), oscar).n == 3
    theirs = Filters(unit_path=company.north.path)
    assert ask_one(Question("answers", filters=theirs), oscar).n == 0
    assert [r.key for r in ask(Question("nps", by=("unit",)), oscar)] == [(company.south.pk,)]
    outsider = Actor(kind=oscar.kind, name="x", rights=oscar.rights)
    assert ask_one(Question("answers"), outsider).n == 0
    with pytest.raises(Forbidden):
        ask(Question("nps"), Actor(kind=oscar.kind, name="x", scope=oscar.scope))


def test_a_sibling_whose_id_begins_alike_is_not_below(company: Company, built: Build) -> None:
    below = create_unit(actor=SYSTEM, name="Team", parent=company.north, kind=UnitKind.TEAM)
    factories.response(unit=below)
    built()
    assert ask_one(Question("answers"), company.actor("mark")).n == 1
    partial = Filters(unit_path=company.north.path.rstrip("/"))
    assert ask_one(Question("answers", filters=partial), company.actor("oscar")).n == 0


def test_account_managers_see_answers_of_their_accounts(company: Company, built: Build) -> None:
    Membership.objects.filter(user=company.fiona).update(role=Role.ACCOUNT_MANAGER)
    own = factories.account(owner=company.fiona)
    factories.response(unit=company.south, account=own, score=2)
    factories.response(unit=company.north, score=9)
    built()
    row = ask_one(Question("nps"), actor_for(company.fiona))
    assert (row.n, row.value) == (1, -100.0)


def test_unknown_dimensions_are_refused(company: Company) -> None:
    alice = company.actor("alice")
    with pytest.raises(UnknownDimension):
        ask(Question("nps", by=("comment",)), alice)
    with pytest.raises(ValueError, match="no name of a property"):
        ask(Question("nps", by=('property:x" FROM answers; --',)), alice)


def test_days_are_those_of_the_unit(company: Company, built: Build) -> None:
    company.north.time_zone = "Asia/Tokyo"
    company.north.save()
    late = datetime(2026, 2, 28, 20, 0, tzinfo=UTC)  # already Sunday, 1 March, in Tokyo
    factories.response(unit=company.north, answered_at=late)
    factories.response(unit=company.south, answered_at=late)
    built()
    alice = company.actor("alice")
    months = ask(Question("answers", by=("unit",), grain="month"), alice)
    assert [row.key for row in months] == [
        (company.north.pk, date(2026, 3, 1)), (company.south.pk, date(2026, 2, 1)),
    ]  # fmt: skip
    weekdays = ask(Question("answers", by=("weekday",)), alice)
    assert [row.key for row in weekdays] == [(5,), (6,)]
    march = Filters(start=date(2026, 3, 1), end=date(2026, 4, 1))
    assert ask_one(Question("answers", filters=march), alice).n == 1


@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_grains_begin_on_their_first_day(company: Company, built: Build, grain: str) -> None:
    factories.response(unit=company.north, answered_at=NOW)
    built()
    row = ask(Question("nps", grain=grain), company.actor("alice"))[0]  # type: ignore[arg-type]  # the parameters are grains
    first = {"day": date(2026, 3, 4), "week": date(2026, 3, 2), "month": date(2026, 3, 1)}
    assert row.key == (first[grain],)


def test_response_rate_leaves_out_what_bounced(company: Company, built: Build) -> None:
    of = factories.version()
    for answered, bounced in [(NOW, None), (None, None), (None, None), (None, NOW)]:
        factories.invitation(
            version=of, unit=company.north, answered_at=answered, bounced_at=bounced
        )
    factories.invitation(version=of, unit=company.north, sent_at=None)
    factories.invitation(version=of, unit=company.north, is_test=True)
    built()
    row = ask_one(Question("response_rate"), company.actor("alice"))
    expected = wilson(1, 3)
    assert (row.n, row.value, row.low) == (3, expected.value, expected.low)


def test_every_metric_and_dimension_runs(company: Company, built: Build) -> None:
    _answers(company)
    built()
    alice = company.actor("alice")
    mean = ask_one(Question("mean_score"), alice)
    assert (mean.n, mean.value) == (7, pytest.approx(46 / 7))
    assert ask_one(Question("promoters"), alice).value == pytest.approx(300 / 7)
    assert ask_one(Question("detractors"), alice).value == pytest.approx(300 / 7)
    for dimension in ("kind", "survey", "touchpoint", "language", "source", "score", "hour",
                      "employee", "account"):  # fmt: skip
        rows = ask(Question("answers", by=(dimension,)), alice)
        assert sum(row.n for row in rows) == 7


def test_no_answers_have_no_score(company: Company) -> None:
    row = ask_one(Question("nps"), company.actor("alice"))
    assert (row.n, row.value, row.low, row.high) == (0, None, None, None)


def test_period_ends_are_not_included(company: Company, built: Build) -> None:
    factories.response(unit=company.north, answered_at=datetime(2026, 3, 4, 0, 0, tzinfo=UTC))
    built()
    alice, day = company.actor("alice"), date(2026, 3, 4)
    assert ask_one(Question("answers", filters=Filters(start=day)), alice).n == 1
    assert ask_one(Question("answers", filters=Filters(end=day)), alice).n == 0
    before = Filters(start=day - timedelta(days=1), end=day + timedelta(days=1))
    assert ask_one(Question("answers", filters=before), alice).n == 1


def test_warming_up_asks_and_bears_a_broken_warehouse(
    company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    compile_question.cache_clear()
    warm_up()
    assert compile_question.cache_info().currsize == 1

    def broken() -> None:
        raise WarehouseUnavailable("no disk")

    monkeypatch.setattr("loopwell.insights.questions.warehouse", broken)
    warm_up()
    assert "no disk" in caplog.text


def test_company_numbers_are_our_customers_alone(company: Company, built: Build) -> None:
    for kind in SurveyKind.values:
        survey = factories.survey(kind=kind, name=kind)
        factories.response(survey=survey, score=10)
        factories.invitation(version=factories.version(survey=survey))
    built()
    alice = company.actor("alice")

    assert ask_one(Question("nps"), alice).n == 2
    assert ask_one(Question("response_rate"), alice).n == 2
    assert {row.key[0] for row in ask(Question("nps", ("kind",)), alice)} == {
        "relationship", "transactional",
    }  # fmt: skip
    for kind in SurveyKind.values:
        row = ask_one(Question("nps", filters=Filters(kind=kind)), alice)
        assert row.n == (0 if kind == "employee" else 1)  # of employees groups alone
    chosen = Filters(survey=survey.ref)
    assert ask_one(Question("nps", filters=chosen), alice).n == 1


def test_lists_of_answers_and_asked_select_the_same_kinds(company: Company) -> None:
    alice = company.actor("alice")
    for kind in SurveyKind.values:
        survey = factories.survey(kind=kind, name=kind)
        factories.response(survey=survey, score=10)
        factories.invitation(version=factories.version(survey=survey))

    assert tally(alice, AnswerFilter()).n == 2
    assert asked_tally(alice, AnswerFilter()).n == 2
    assert tally(alice, AnswerFilter(kind="employee")).n == 0
    assert asked_tally(alice, AnswerFilter(kind="employee")).n == 1
    assert asked_tally(alice, AnswerFilter(kind="benchmark")).n == 1
    assert tally(alice, AnswerFilter(survey=survey.ref)).n == 1
