"""What an initiative changed, from answers to the sentence on its page."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from loopwell.console.initiatives.foreseeing import ahead
from loopwell.initiatives.models import Initiative, RollOut
from loopwell.initiatives.queries.effects import Verdict, judged, measured, moments
from loopwell.initiatives.queries.outcomes import looked_at
from loopwell.initiatives.queries.outlook import foreseen
from loopwell.insights.pains import COMMENT
from loopwell.themes.enums import MentionSource, ThemeKind
from loopwell.themes.models import Coding, Mention, Theme
from tests import factories
from tests.conftest import Company

pytestmark = pytest.mark.django_db
YEAR = 2025


@pytest.fixture
def late(company: Company) -> Theme:
    return Theme.objects.create(slug="late", names={"en": "Late"}, kind=ThemeKind.DEFECT)


@pytest.fixture
def slots(company: Company, late: Theme) -> Initiative:
    """Rolled out in North on the first of July, meant for the whole company."""
    made = Initiative.objects.create(
        title="Slots", currency="EUR", state="running", nps=10.0, nps_low=5.0, nps_high=15.0,
        share=-20.0,
    )  # fmt: skip
    made.themes.add(late)
    RollOut.objects.create(initiative=made, unit=company.north, on=date(YEAR, 7, 1))
    return made


def answers(company: Company, late: Theme, north_after: int, south_after: int) -> None:
    """Ten a month in each unit; six of ten are late before July, so many afterwards."""
    for month in range(1, 13):
        for unit, after in ((company.north, north_after), (company.south, south_after)):
            unhappy = 6 if month < 7 else after
            for place in range(10):
                each = factories.response(
                    score=2 if place < unhappy else 10, comment="Words.", unit=unit,
                    answered_at=datetime(YEAR, month, 10, 12, place, tzinfo=UTC),
                )  # fmt: skip
                Coding.objects.create(response=each, coder=company.alice, at=timezone.now())
                if place < unhappy:
                    Mention.objects.create(
                        response=each, theme=late, source=MentionSource.CODER,
                        weight=Decimal(100), at=timezone.now(),
                    )  # fmt: skip


def test_a_fix_that_works_is_found(
    client: Client, company: Company, late: Theme, slots: Initiative, built: Callable[[], int]
) -> None:
    answers(company, late, north_after=1, south_after=6)
    built()
    score, comments, calls = measured(slots, date(YEAR, 12, 31))
    assert score.found is not None
    assert (score.verdict, round(score.found.value)) == (Verdict.WORKED, 100)
    assert comments.found is not None
    assert (comments.theme, comments.voice) == (late, COMMENT)
    assert (comments.verdict, round(comments.found.value)) == (Verdict.WORKED, -50)
    assert calls.found is None
    client.force_login(company.alice)
    page = client.get(reverse("initiatives:initiative", args=[slots.ref])).content.decode()
    assert "Smaller by 50.0 percentage points" in page
    assert "It works" in page


def test_what_changed_everywhere_is_no_effect(
    company: Company, late: Theme, slots: Initiative, built: Callable[[], int]
) -> None:
    answers(company, late, north_after=2, south_after=2)
    built()
    score, comments, _calls = measured(slots, date(YEAR, 12, 31))
    assert score.found is not None
    assert round(score.found.value) == 0
    assert score.verdict in (Verdict.TOO_EARLY, Verdict.NOT_AS_HOPED)
    assert comments.verdict is not Verdict.WORKED


def test_before_it_begins_there_is_nothing_to_measure(
    company: Company, late: Theme, slots: Initiative, built: Callable[[], int]
) -> None:
    answers(company, late, 6, 6)
    built()
    assert measured(slots, date(YEAR, 6, 30)) == []
    early = measured(slots, date(YEAR, 7, 20))
    assert {each.reason for each in early} <= {"after", "others", "nobody", "before"}
    assert all(each.found is None for each in early)


def test_the_page_says_when_it_will_be_known_and_draws_when_it_began(
    client: Client, company: Company, late: Theme, slots: Initiative, built: Callable[[], int]
) -> None:
    answers(company, late, north_after=1, south_after=6)
    built()
    looked = looked_at(slots, date(YEAR, 12, 31))
    assert looked is not None
    told = moments(looked, judged(looked))
    assert told is not None
    one, drawn = told
    assert one.theme is None  # ten comments a month are too few to draw
    assert [each.months for each in drawn] == list(range(-6, 6))
    assert [round(each.value) for each in drawn] == [0] * 6 + [100] * 6
    client.force_login(company.alice)
    page = client.get(reverse("initiatives:initiative", args=[slots.ref])).content.decode()
    assert "When did it begin to work?" in page
    assert "0 of 6 months lie apart" in page


def test_in_advance_it_is_said_when_it_will_be_known(
    client: Client, company: Company, late: Theme, slots: Initiative, built: Callable[[], int]
) -> None:
    """With ten answers a month 90 points of NPS are seen soon, 2 of the share never."""
    answers(company, late, 6, 6)
    built()
    slots.roll_outs.update(on=date(YEAR + 1, 2, 1))
    slots.nps, slots.share = 90.0, -2.0
    slots.save()
    looked = looked_at(slots, date(YEAR, 12, 31))
    assert looked is not None
    assert judged(looked) == []
    score, share = foreseen(looked)
    assert (score.theme, share.theme, score.monthly) == (None, late, 10)
    assert score.known is not None
    assert date(YEAR + 1, 3, 1) <= score.known <= date(YEAR + 1, 12, 1)
    assert share.known is None
    assert share.found is not None
    assert share.found.seen > 2
    said = ahead(looked, [])
    assert said[0].startswith("NPS: you will know by the end of ")
    assert "the +90.0 points you expect (80 % power; about 10 answers a month" in said[0]
    assert said[1].startswith("Late: within two years it will not be known")
    score_known = said[0].partition("end of ")[2].partition(" whether")[0]
    assert score_known == date_format(score.known, "F Y")


def test_units_that_begin_later_are_compared_with_until_then(
    company: Company, late: Theme, slots: Initiative, built: Callable[[], int]
) -> None:
    answers(company, late, north_after=1, south_after=6)
    built()
    RollOut.objects.create(initiative=slots, unit=company.south, on=date(YEAR + 1, 3, 1))
    score, *_rest = measured(slots, date(YEAR, 12, 31))
    assert score.found is not None
    assert score.found.is_compared
    assert round(score.found.value) == 100
