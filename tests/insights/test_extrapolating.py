"""How many customers have a problem: by the weights of the survey, by category for calls?"""

from collections.abc import Callable
from datetime import date

import pytest

from loopwell.access.rules import SYSTEM
from loopwell.insights.asking import Filters
from loopwell.insights.complaining import complained
from loopwell.insights.extrapolating import extrapolated, of_all_customers
from loopwell.insights.pains import AREA, CALL, COMMENT, THEME, pain_map
from loopwell.sampling.models import Invitation, Wave, Weighting
from loopwell.themes.enums import ReportWay, ThemeKind
from loopwell.themes.models import Report, Theme
from tests import factories
from tests.conftest import Company
from tests.insights.test_pains import answers, late, read, say

pytestmark = pytest.mark.django_db
Build = Callable[[], int]
__all__ = ["late"]


def test_half_of_those_who_could_name_it_is_half_of_all_customers(
    company: Company, late: Theme, built: Build
) -> None:
    told = answers(company, 2, 20)
    for each in told:
        read(company, each)
    for each in told[:10]:
        say(each, late, "coder")
    for _each in range(80):
        factories.customer(unit=company.north)
    built()
    alice = company.actor("alice")
    (found,) = extrapolated(Filters(), COMMENT, alice, ["late"]).values()
    assert (found.customers.value, found.is_weighted) == (found.population * 0.5, False)
    assert found.customers.low < found.customers.value < found.customers.high
    above = extrapolated(Filters(), COMMENT, alice, ["goods"])["goods"]
    assert above.customers.value == found.customers.value, "an area holds what is under it"
    assert extrapolated(Filters(), COMMENT, alice, by=AREA).keys() == {"goods"}
    assert extrapolated(Filters(touchpoint="delivery"), COMMENT, alice, ["late"]) == {}
    assert extrapolated(Filters(), COMMENT, company.actor("oscar"), ["late"]) == {}


def test_answers_count_by_their_weight(company: Company, late: Theme, built: Build) -> None:
    light, heavy = answers(company, 2, 10), answers(company, 2, 10)
    for each in (*light, *heavy):
        read(company, each)
    for each in light:
        say(each, late, "coder")
    for each, weight in [(e, 0.5) for e in light] + [(e, 1.5) for e in heavy]:
        each.invitation = factories.invitation(customer=each.customer)
        each.save()
        Invitation.objects.filter(pk=each.invitation.pk).update(weight=weight)
    built()
    (found,) = extrapolated(Filters(), COMMENT, SYSTEM, ["late"]).values()
    assert found.is_weighted
    assert found.customers.value == pytest.approx(found.population * 0.25)
    pains = pain_map(Filters(), COMMENT, SYSTEM).pains
    told = of_all_customers(Filters(), COMMENT, SYSTEM, pains, THEME)
    assert told["late"].customers.value == found.population * 0.5, "nothing says it is weighted"
    wave = Wave.objects.create(name="Spring", version=factories.version(), seed=1)
    Weighting.objects.create(wave=wave)
    told = of_all_customers(Filters(), COMMENT, SYSTEM, pains, THEME)
    assert told["late"].customers == found.customers


def test_calls_count_by_category(company: Company, late: Theme, built: Build) -> None:
    bad = answers(company, 2, 20)
    answers(company, 10, 20)
    other = Theme.objects.create(slug="x", names={"en": "X"}, kind=ThemeKind.DEFECT)
    for place, each in enumerate(bad[:8]):
        say(each, late if place < 4 else other, "interviewer")
    built()
    (found,) = extrapolated(Filters(), CALL, SYSTEM, ["late"]).values()
    assert found.customers.value == pytest.approx(found.population * 0.25)


def test_hardly_anybody_complains_of_what_many_have(
    company: Company, late: Theme, built: Build
) -> None:
    bill = Theme.objects.create(slug="bill", names={"en": "Bill"}, kind=ThemeKind.DEFECT)
    told = answers(company, 2, 200)
    for place, each in enumerate(told):
        read(company, each)
        if place < 120:
            say(each, late, "coder")
        elif place < 180:
            say(each, bill, "coder")
    day = date(2026, 2, 1)
    for theme, count in ((late, 2), (bill, 60)):
        Report.objects.create(
            theme=theme, unit=company.north, way=ReportWay.COMPLAINTS, on=day, count=count
        )
    built()
    alice = company.actor("alice")
    pains = pain_map(Filters(), COMMENT, alice).pains
    found = complained(Filters(), COMMENT, alice, pains, THEME)
    assert {slug: each.is_quiet for slug, each in found.items()} == {"late": True, "bill": False}
    areas = pain_map(Filters(), COMMENT, alice, AREA).pains
    assert {each.theme.slug: each.counts.n for each in areas} == {"goods": 120, "bill": 60}
    found = complained(Filters(), COMMENT, alice, areas, AREA)
    assert {slug: each.is_quiet for slug, each in found.items()} == {"goods": True, "bill": False}
    assert complained(Filters(kind="relationship"), COMMENT, alice, pains, THEME) == {}
    march = Filters(start=date(2026, 3, 1), end=date(2026, 3, 5))
    pains = pain_map(march, COMMENT, alice).pains
    found = complained(march, COMMENT, alice, pains, THEME)
    assert {each.is_quiet for each in found.values()} == {None}, "no complaint came in this time"
