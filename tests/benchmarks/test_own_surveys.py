"""Do the answers of a survey of ours stand in the benchmark, as they come and as they change?"""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from loopwell.access.rules import SYSTEM
from loopwell.benchmarks.enums import PanelSource
from loopwell.benchmarks.models import BenchmarkSurvey, Brand, Panel, PanelAnswer
from loopwell.benchmarks.operations import (
    AnswerDraft,
    PanelDraft,
    SurveyDraft,
    change_panel,
    declare_survey,
    put_answers,
    remove_panel,
    rename_brand,
    say_who_we_are,
    withdraw_survey,
)
from loopwell.benchmarks.queries import aspects, brands, own_surveys, panels, standing
from loopwell.journal.operations import append
from loopwell.journal.reading import consume
from loopwell.journal.rules import CONSUMERS, Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.responses.models import Response
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey
from loopwell.surveys.operations import create_survey, publish_version
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db
WINTER, SPRING = datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 4, 2, 12, tzinfo=UTC)
OURS, THEIRS = "provider_a", "provider_b"


@pytest.fixture
def market() -> Survey:
    survey = create_survey(
        actor=SYSTEM, name="Market", kind=SurveyKind.BENCHMARK, languages=["en", "pl"],
        template="benchmark", now=NOW,
    )  # fmt: skip
    version = survey.versions.get()
    version.texts["en"] |= {"provider.provider_a": "Acme", "provider.provider_b": "Borealis"}
    version.save()
    publish_version(actor=SYSTEM, survey=survey, now=NOW)
    return survey


def said(market: Survey, brand: object, score: int, at: datetime = WINTER, **more: Any) -> Response:
    answers = {"provider": brand, "drivers": {"quality": 5, "trust": 1}}
    row = factories.response(
        survey=market, score=score, answered_at=at, answers=answers,
        version=market.versions.get(), **{"unit": None, **more},
    )  # fmt: skip
    if "customer" not in more:
        Response.objects.filter(pk=row.pk).update(customer=None)
    append(actor=SYSTEM, now=NOW, events=[Event("response.recorded", "response", row.pk)])
    return row


def declare(survey: Survey, **more: Any) -> BenchmarkSurvey:
    draft = SurveyDraft(**{"survey": survey, "brand_question": "provider", **more})
    return declare_survey(actor=SYSTEM, now=NOW, draft=draft)


def told() -> list[tuple[str, str, int]]:
    rows = PanelAnswer.objects.order_by("panel__quarter", "brand__name", "score")
    return [(f"{row.panel.quarter}", str(row.brand), row.score) for row in rows]


def test_answers_there_already_and_those_that_come_make_a_panel_each_quarter(
    market: Survey,
) -> None:
    said(market, OURS, 9)
    said(market, THEIRS, 3, SPRING)
    declare(market, market="Everybody", provider="Panelworks", double_blind=True)
    said(market, OURS, 10, SPRING)
    consume(CONSUMERS["benchmarks"], now=NOW)

    assert told() == [
        ("2026-01-01", "Acme", 9), ("2026-04-01", "Acme", 10), ("2026-04-01", "Borealis", 3),
    ]  # fmt: skip
    winter, spring = Panel.objects.order_by("quarter")
    assert (winter.name, winter.source, winter.double_blind) == (
        "Market, 2026 Q1", PanelSource.SURVEY, True,
    )  # fmt: skip
    assert (winter.fielded_from, winter.fielded_to) == (WINTER.date(), WINTER.date())
    assert (spring.market, spring.provider) == ("Everybody", "Panelworks")


def test_a_changed_answer_moves_to_the_brand_it_now_names(market: Survey) -> None:
    row = said(market, OURS, 9)
    declare(market)
    Response.objects.filter(pk=row.pk).update(score=2, answers={"provider": THEIRS})
    append(actor=SYSTEM, now=NOW, events=[Event("response.changed", "response", row.pk)])
    consume(CONSUMERS["benchmarks"], now=NOW)
    assert told() == [("2026-01-01", "Borealis", 2)]

    Response.objects.filter(pk=row.pk).update(answers={})
    append(actor=SYSTEM, now=NOW, events=[Event("response.changed", "response", row.pk)])
    consume(CONSUMERS["benchmarks"], now=NOW)
    assert told() == []

    row.delete()
    assert PanelAnswer.objects.count() == 0


def test_the_public_names_no_new_brand(market: Survey) -> None:
    Brand.objects.create(name="Cirrus", is_us=True)
    said(market, {"other": " cirrus "}, 8)
    said(market, {"other": "Buy pills"}, 10)
    said(market, OURS, 7, is_test=True)
    declare(market)

    assert told() == [("2026-01-01", "Cirrus", 8)]
    (found,) = own_surveys(SYSTEM)
    assert (found.taken, found.left_out, found.invited) == (1, 1, 0)


def test_whoever_invites_their_own_customers_is_not_double_blind(market: Survey) -> None:
    said(market, OURS, 9)
    said(market, THEIRS, 9, SPRING, customer=factories.customer())
    declare(market, double_blind=True)

    blind = dict(Panel.objects.values_list("quarter", "double_blind"))
    assert blind == {date(2026, 1, 1): True, date(2026, 4, 1): False}
    assert own_surveys(SYSTEM)[0].invited == 1


def test_places_and_aspects_are_those_of_a_panel(market: Survey) -> None:
    for _person in range(40):
        said(market, OURS, 9)
        said(market, THEIRS, 3)
    declare(market)
    say_who_we_are(actor=SYSTEM, now=NOW, brand=Brand.objects.get(name="Acme"))

    found = standing(SYSTEM, Panel.objects.get())
    assert [(str(row.brand), row.first, row.estimate.n) for row in found.rows] == [
        ("Acme", 1, 40), ("Borealis", 2, 40),
    ]  # fmt: skip
    assert found.rows[1].is_real
    rated = aspects(SYSTEM, brands(SYSTEM)[0])
    assert rated.rated == 40
    assert rated.means == {"Quality": (10.0, 40), "Keeping promises": (0.0, 40)}


def test_withdrawing_takes_the_panels_not_the_answers(market: Survey) -> None:
    said(market, OURS, 9)
    declared = declare(market)
    panel = Panel.objects.get()
    draft = PanelDraft("x", date(2026, 1, 1), date(2026, 1, 2))
    with pytest.raises(Conflict):
        change_panel(actor=SYSTEM, now=NOW, panel=panel, draft=draft)
    with pytest.raises(Conflict):
        remove_panel(actor=SYSTEM, now=NOW, panel=panel)
    with pytest.raises(Conflict):
        put_answers(actor=SYSTEM, now=NOW, panel=panel, answers=[AnswerDraft("1", "Acme", 9)])
    withdraw_survey(actor=SYSTEM, now=NOW, declared=declared)

    assert (Panel.objects.count(), Brand.objects.count(), Response.objects.count()) == (0, 0, 1)
    said(market, OURS, 9)
    consume(CONSUMERS["benchmarks"], now=NOW)
    assert Panel.objects.count() == 0


@pytest.fixture
def several() -> Survey:
    """One answer rates every brand somebody knows, from 1 to 10, and the aspects of its own."""
    survey = create_survey(
        actor=SYSTEM, name="Market", kind=SurveyKind.BENCHMARK, languages=["en"],
        template="benchmark", now=NOW,
    )  # fmt: skip
    version = survey.versions.get()
    lines = {"key": "each", "type": "grid", "points": 10, "options": ["a", "b", "c"]}
    version.questions = [*version.questions, lines]
    version.texts["en"] |= {
        "provider.provider_a": "Acme", "each.label": "And each of these?", "each.low": "never",
        "each.high": "gladly", "each.a": "Acme", "each.b": "Borealis", "each.c": "Cirrus",
    }  # fmt: skip
    version.save()
    publish_version(actor=SYSTEM, survey=survey, now=NOW)
    return survey


def rated(several: Survey, own: str = OURS, **points: int) -> Response:
    row = said(several, own, 0)
    Response.objects.filter(pk=row.pk).update(answers={**row.answers, "each": points})
    return row


def test_one_answer_is_about_every_brand_it_rates(several: Survey) -> None:
    rated(several, a=9, b=3)
    rated(several, "provider_b", c=7)
    declare(several, brand_question="each")

    assert told() == [
        ("2026-01-01", "Acme", 9), ("2026-01-01", "Borealis", 3), ("2026-01-01", "Cirrus", 7),
    ]  # fmt: skip
    first, second, third = PanelAnswer.objects.order_by("brand__name")
    assert first.person == second.person != third.person
    assert first.ratings == {"Quality": 10.0, "Keeping promises": 0.0}
    assert second.ratings == third.ratings == {}
    (found,) = own_surveys(SYSTEM)
    assert (found.taken, found.left_out) == (2, 0)


def test_an_answer_changed_rates_only_what_it_now_rates(several: Survey) -> None:
    row = rated(several, a=9, b=3)
    declare(several, brand_question="each")
    Response.objects.filter(pk=row.pk).update(answers={"each": {"b": 8}})
    append(actor=SYSTEM, now=NOW, events=[Event("response.changed", "response", row.pk)])
    consume(CONSUMERS["benchmarks"], now=NOW)

    assert told() == [("2026-01-01", "Borealis", 8)]


def test_answers_imported_together_are_taken(market: Survey) -> None:
    declare(market)
    rows = [said(market, OURS, 9), said(market, THEIRS, 3)]
    consume(CONSUMERS["benchmarks"], now=NOW)
    PanelAnswer.objects.all().delete()
    event = Event.of_many("responses.imported", "response", [row.pk for row in rows])
    append(actor=SYSTEM, now=NOW, events=[event])
    consume(CONSUMERS["benchmarks"], now=NOW)

    assert [(brand, score) for _day, brand, score in told()] == [("Acme", 9), ("Borealis", 3)]


def test_a_renamed_brand_is_still_meant_by_the_old_name(market: Survey) -> None:
    said(market, OURS, 9)
    declare(market)
    ours = say_who_we_are(actor=SYSTEM, now=NOW, brand=Brand.objects.get(name="Acme"))
    rename_brand(actor=SYSTEM, now=NOW, brand=ours, name="Acme United")
    said(market, OURS, 8)
    said(market, {"other": "acme united"}, 7)
    consume(CONSUMERS["benchmarks"], now=NOW)

    assert [(brand, score) for _day, brand, score in told()] == [
        ("Acme United", 7), ("Acme United", 8), ("Acme United", 9),
    ]  # fmt: skip
    assert Brand.objects.get().is_us
    declare(market)
    assert Brand.objects.get().name == "Acme United"


def test_only_a_question_of_one_choice_names_a_brand(market: Survey, company: Company) -> None:
    for wrong in ("drivers", "nps", "panel", "nothing"):
        with pytest.raises(Invalid, match="one choice"):
            declare(market, brand_question=wrong)
    with pytest.raises(Invalid):
        declare(factories.version().survey)
    draft = SurveyDraft(market, "provider")
    with pytest.raises(Forbidden):
        declare_survey(actor=company.actor("mark"), now=NOW, draft=draft)
    assert panels(SYSTEM).count() == 0
