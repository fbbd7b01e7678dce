"""Do the two voices stay apart, and do the numbers of a problem come from the right answers?"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from loopwell.insights.afflicted import hits
from loopwell.insights.asking import Filters
from loopwell.insights.operations import refresh
from loopwell.insights.pains import CALL, COMMENT, by_month, pain_map, together_with, voices
from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource, ThemeKind
from loopwell.themes.models import Coding, Mention, TextRule, Theme
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db
Build = Callable[[], int]


@pytest.fixture
def late(company: Company) -> Theme:
    top = Theme.objects.create(slug="goods", names={"en": "Goods"}, kind=ThemeKind.DEFECT)
    return Theme.objects.create(
        slug="late", names={"en": "Late"}, kind=ThemeKind.DEFECT, parent=top
    )


@pytest.fixture
def kind(company: Company) -> Theme:
    return Theme.objects.create(slug="kind", names={"en": "Kind"}, kind=ThemeKind.DELIGHT)


def say(answer: Response, theme: Theme, source: str, weight: int = 100) -> None:
    Mention.objects.create(
        response=answer, theme=theme, source=MentionSource(source), weight=Decimal(weight), at=NOW
    )


def read(company: Company, answer: Response) -> None:
    Coding.objects.create(response=answer, coder=company.alice, at=NOW)


def answers(company: Company, score: int, count: int, comment: str = "Words.") -> list[Response]:
    return [
        factories.response(score=score, comment=comment, unit=company.north, answered_at=NOW)
        for _each in range(count)
    ]


def test_shares_and_points_of_those_whose_comment_was_read(
    company: Company, late: Theme, kind: Theme, built: Build
) -> None:
    bad, good = answers(company, 2, 10), answers(company, 10, 20)
    answers(company, 2, 7)  # nobody read these
    answers(company, 9, 5, comment="")
    for each in (*bad, *good):
        read(company, each)
    for each in bad[:6]:
        say(each, late, "coder")
    for each in good[:5]:
        say(each, kind, "coder")
    built()

    found = pain_map(Filters(), COMMENT, company.actor("alice"))

    assert (found.base.n, found.answers) == (30, 42)
    (pain,), (delight,) = found.pains, found.delights
    assert pain.of_unhappy is not None
    assert (pain.theme, pain.of_unhappy.value, pain.of_all.value) == (late, 60, 20)
    assert pain.impact.score == pytest.approx(100 / 3)
    assert pain.impact.without == pytest.approx(100 * (20 - 4) / 24)
    assert delight.of_unhappy is not None
    assert delight.of_unhappy.value == 25
    assert delight.impact.change is not None
    assert delight.impact.change.value > 0


def test_with_a_rule_switched_on_every_comment_was_read(
    company: Company, late: Theme, built: Build
) -> None:
    for each in answers(company, 2, 4):
        say(each, late, "rule")
    answers(company, 10, 6)
    TextRule.objects.create(theme=late, patterns="late", is_on=True)
    built()
    assert pain_map(Filters(), COMMENT, company.actor("alice")).base.n == 10


def test_what_a_person_read_silences_rules_and_model(
    company: Company, late: Theme, kind: Theme, built: Build
) -> None:
    both, coded, found = answers(company, 2, 3)
    say(both, late, "rule")
    say(both, late, "model")
    say(coded, late, "model")
    read(company, coded)  # and found nothing of it
    say(found, late, "model", 50)
    say(found, kind, "rule", 100)
    built()
    assert voices(Filters(), company.actor("alice")) == {COMMENT: 2}
    (pain,) = pain_map(Filters(), COMMENT, company.actor("alice")).pains
    assert pain.counts.n == 2, "each answer once, however many found it"


def test_calls_stand_for_their_category(company: Company, late: Theme, built: Build) -> None:
    bad = answers(company, 2, 20)
    answers(company, 10, 20)
    other = Theme.objects.create(slug="x", names={"en": "X"}, kind=ThemeKind.DEFECT)
    for each in bad[:4]:
        say(each, late, "interviewer")
    for each in bad[4:8]:
        say(each, other, "interviewer")
    say(bad[0], late, "coder")
    built()
    found = pain_map(Filters(), CALL, company.actor("alice"))
    pain = next(each for each in found.pains if each.theme == late)
    assert (found.base.n, pain.counts.n) == (8, 4)
    assert pain.of_all.value == pytest.approx(25), "half of the 20 of 40 who are detractors"
    assert pain.impact.without == pytest.approx(100 * (20 - 10) / 30)


def test_a_theme_above_holds_those_under_it_once(
    company: Company, late: Theme, built: Build
) -> None:
    lost = Theme.objects.create(
        slug="lost", names={"en": "Lost"}, kind=ThemeKind.DEFECT, parent=late.parent
    )
    each, _rest = answers(company, 2, 2)
    say(each, late, "coder", 50)
    say(each, lost, "coder", 50)
    read(company, each)
    built()
    alice = company.actor("alice")
    months = by_month(Filters(), COMMENT, alice, "goods")
    assert [(named, base) for _month, named, base in months] == [(1, 1)]
    assert together_with(Filters(), alice, "late") == {"lost": 1}


def test_units_hit_harder_than_chance(company: Company, late: Theme, built: Build) -> None:
    for unit, named in ((company.north, 20), (company.south, 1)):
        for place in range(40):
            each = factories.response(
                score=2, comment="Words.", unit=unit, answered_at=NOW - timedelta(days=place % 9)
            )
            read(company, each)
            if place < named:
                say(each, late, "coder")
    built()
    first, second = hits(Filters(), COMMENT, company.actor("alice"), "late", "unit")
    assert (first.key, first.is_harder, second.is_harder) == (company.north.pk, True, False)
    assert first.share.value == 50


def test_only_what_one_may_see(company: Company, late: Theme, built: Build) -> None:
    for each in answers(company, 2, 3):
        say(each, late, "coder")
        read(company, each)
    built()
    assert pain_map(Filters(), COMMENT, company.actor("oscar")).base.n == 0
    assert list(pain_map(Filters(), COMMENT, company.actor("oscar")).pains) == []


def test_facts_follow_a_theme_that_moves(company: Company, late: Theme, built: Build) -> None:
    (each,) = answers(company, 2, 1)
    say(each, late, "coder")
    read(company, each)
    built()
    late.parent = None
    late.save()
    refresh({"theme": {late.pk}}, NOW)
    months = by_month(Filters(), COMMENT, company.actor("alice"), "goods")
    assert [(named, base) for _month, named, base in months] == [(0, 1)]
