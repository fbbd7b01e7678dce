"""Numbers of anonymous surveys: of groups large enough, and nothing to subtract from."""

from collections.abc import Callable, Sequence
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
    assert [nps(alice, language=code).n for code in ("en", "pl", "uk")] == [8, 6, 0]


def test_what_a_filter_leaves_out_is_no_single_answer(
    company: Company, survey: Survey, built: Build
) -> None:
    give(survey, company.north, [9] * 8, language="en")
    give(survey, company.north, [0], language="uk")
    built()
    assert nps(company.actor("alice"), language="en").n == 0


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
