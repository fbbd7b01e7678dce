"""Do the pages of dashboards show the numbers and heed the filters, and who changes them?"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.calc.nps import Counts
from loopwell.insights.dashboards import CardDraft, make_dashboard
from loopwell.insights.models import Card, Dashboard
from loopwell.insights.ready import READY
from loopwell.insights.saved_questions import keep_question
from loopwell.insights.warehouse import WarehouseUnavailable
from tests import factories
from tests.conftest import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def numbers(company: Company, built: Callable[[], int]) -> Company:
    """North +40 of 50 answers today, South −60 of 50; a hundred days ago North −20."""
    today = timezone.now() - timedelta(hours=2)
    for unit, at, counts in (
        (company.north, today, Counts(10, 10, 30)),
        (company.south, today, Counts(35, 10, 5)),
        (company.north, today - timedelta(days=100), Counts(20, 20, 10)),
    ):
        survey, who = factories.survey(), factories.customer(unit=unit)
        scores = [3] * counts.detractors + [8] * counts.passives + [10] * counts.promoters
        for score in scores:
            factories.response(
                survey=survey, customer=who, score=score, answered_at=at, touchpoint="shop"
            )
    built()
    return company


def words(client: Client, url: str, status: int = 200) -> str:
    reply = client.get(url)
    assert reply.status_code == status, reply.content.decode()[:2000]
    return " ".join(reply.content.decode().split())


def card(client: Client, company: Company, address: str, query: str = "") -> str:
    mark = company.actor("alice")
    found = make_dashboard(
        actor=mark, now=timezone.now(), name="One", cards=[CardDraft("", None, address)]
    )
    client.force_login(company.alice)
    return words(client, f"/dashboards/{found.ref}/card/0/?{query}")


@pytest.mark.parametrize("slug", READY)
def test_ready_ones_open_with_and_without_scripts(
    client: Client, numbers: Company, slug: str
) -> None:
    client.force_login(numbers.alice)
    page = words(client, f"/dashboards/ready/{slug}/")
    count = len(READY[slug].cards)
    assert page.count('hx-trigger="load, again"') == count
    assert f"/dashboards/ready/{slug}/?whole=1" in page
    whole = words(client, f"/dashboards/ready/{slug}/?whole=1")
    assert "hx-trigger" not in whole
    assert whole.count("dash-top") == count
    tv = words(client, f"/dashboards/ready/{slug}/?tv=1")
    assert '<meta http-equiv="refresh" content="300">' in tv
    assert "side-link" not in tv


def test_nothing_has_been_asked_yet(client: Client, company: Company) -> None:
    client.force_login(company.mark)
    assert "There is nothing in this time" in words(client, "/dashboards/ready/branch/?whole=1")


def test_a_number_comes_with_margin_count_and_whether_the_change_is_real(
    client: Client, numbers: Company
) -> None:
    unit = f"unit={numbers.north.ref}"
    page = card(client, numbers, f"metric=nps&{unit}")
    assert '<span class="big-number">+40</span>' in page
    assert "50 answers" in page
    assert "before: −20: up by 60, a real difference" in page
    assert "say-good" in page
    assert f"/answers/?period=90d&amp;unit={numbers.north.ref}" in page


def test_the_filters_of_the_page_go_before_those_of_the_card(
    client: Client, numbers: Company
) -> None:
    own = f"metric=nps&unit={numbers.north.ref}"
    page = card(client, numbers, own, f"unit={numbers.south.ref}&period=30d")
    assert '<span class="big-number">−60</span>' in page
    assert "the last 30 days" in page
    assert "Unit: South" in page


def test_a_trend_keeps_its_time_when_a_short_one_is_chosen(
    client: Client, numbers: Company
) -> None:
    trend = "metric=nps&grain=month&period=12m"
    assert "the last 12 months" in card(client, numbers, trend, "period=30d")
    assert "all time" in card(client, numbers, trend, "period=all")


def test_a_filter_that_the_number_does_not_know_is_told(client: Client, numbers: Company) -> None:
    page = card(client, numbers, "metric=response_rate&by=programme", "touchpoint=shop")
    assert "not narrowed by all filters" not in page
    page = card(client, numbers, "metric=mentions&by=theme&channel=shop")
    assert "not narrowed by all filters" in page


def test_a_picture_without_words_is_called_as_its_card(client: Client, numbers: Company) -> None:
    client.force_login(numbers.alice)
    page = words(client, "/dashboards/ready/channel/?whole=1")
    named = re.findall(r'data-chart="\w+" data-source="[\w-]+" aria-labelledby="([\w-]+)"', page)
    assert named
    assert all(page.count(f'<h2 id="{each}">') == 1 for each in named)


def test_ranked_units_say_what_is_real(client: Client, numbers: Company) -> None:
    page = card(client, numbers, "by=unit")
    assert page.index("North") < page.index("South")
    assert "company: −10: up by 50, a real difference" in page
    assert 'data-chart="ranked"' in page


@pytest.mark.parametrize(
    ("address", "picture"),
    [
        ("grain=month&period=12m", "trend"),
        ("grain=month&by=unit&period=12m", "lines"),
        ("metric=answers&by=score", "distribution"),
        ("metric=answers&by=unit", "bars"),
        ("by=weekday&by2=unit", "heat"),
        ("metric=nps&picture=distribution&period=30d", "distribution"),
        ("metric=nps&picture=distribution", "shift"),
        ("by=unit&picture=scatter&second=answers", "dots"),
    ],
)
def test_each_question_has_its_picture_and_a_table(
    client: Client, numbers: Company, address: str, picture: str
) -> None:
    page = card(client, numbers, address)
    assert f'data-chart="{picture}" data-source="card-0"' in page
    assert '<script id="card-0" type="application/json">' in page
    assert "Show as a table" in page


def test_only_the_table_is_a_picture_too(client: Client, numbers: Company) -> None:
    page = card(client, numbers, "by=unit&picture=table")
    assert "data-chart" not in page
    assert "Show as a table" not in page
    assert page.index("North") < page.index("South")


def test_a_card_leads_to_the_same_question_in_explore(client: Client, numbers: Company) -> None:
    unit = numbers.north.ref
    page = card(client, numbers, "by=touchpoint&period=30d", f"unit={unit}")
    assert f"/explore/?by=touchpoint&amp;period=30d&amp;unit={unit}" in page
    client.force_login(numbers.alice)
    client.post(
        "/dashboards/put/?by=unit&picture=scatter&second=answers&period=30d",
        {"to": "new", "name": "Dots", "title": "", "width": "1"},
    )
    kept = Card.objects.get(dashboard__name="Dots").address
    assert kept == "by=unit&period=30d&picture=scatter&second=answers"


def test_mixed_kinds_of_survey_stand_apart(
    client: Client, numbers: Company, built: Callable[[], int]
) -> None:
    contact = factories.survey(kind="transactional")
    factories.response(survey=contact, answered_at=timezone.now() - timedelta(hours=2))
    built()
    page = card(client, numbers, "metric=nps")
    assert "Relationship" in page
    assert "Transactional" in page
    assert "kind=transactional" in page
    assert "may come from asking them in other shares" in card(client, numbers, "grain=month")


def test_panels_of_health_say_what_they_are_of(client: Client, numbers: Company) -> None:
    query = f"unit={numbers.north.ref}"
    page = card(client, numbers, "panel=quotas", query)
    assert "of the whole company that you see" in page
    assert "the last 90 days" not in page
    page = card(client, numbers, "panel=decisions", query)
    assert "the last 90 days · of the whole company that you see" in page
    assert "Unit: North" in card(client, numbers, "panel=likeness", query)


def test_a_card_never_takes_the_page_down(
    client: Client, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise WarehouseUnavailable("The numbers are being moved.")

    monkeypatch.setattr("loopwell.console.dashboards.cards.draw", broken)
    client.force_login(company.mark)
    page = words(client, "/dashboards/ready/branch/?whole=1")
    assert page.count("The numbers are being moved.") == len(READY["branch"].cards)


def test_somebody_sees_numbers_of_their_own_unit_only(client: Client, numbers: Company) -> None:
    client.force_login(numbers.oscar)
    page = words(client, "/dashboards/ready/executive/?whole=1")
    assert "−60" in page
    assert "North" not in page


def test_a_question_is_put_on_a_new_and_on_a_known_dashboard(
    client: Client, company: Company
) -> None:
    client.force_login(company.mark)
    assert "NPS by unit" in words(client, "/dashboards/put/?by=unit&period=30d")
    given = {"to": "new", "name": "Ours", "title": "", "width": "2"}
    client.post("/dashboards/put/?by=unit&period=30d", given)
    found = Dashboard.objects.get()
    assert (found.name, found.cards.get().address) == ("Ours", "by=unit&period=30d")

    kept = keep_question(
        actor=company.actor("mark"), now=timezone.now(), name="Kept", address="by=hour"
    )
    reply = client.post(
        f"/dashboards/put/?question={kept.ref}", {"to": found.ref, "title": "", "width": "1"}
    )
    assert reply["Location"] == f"/dashboards/{found.ref}/"
    assert [each.question for each in found.cards.all()] == [None, kept]
    client.force_login(company.oscar)
    assert client.get(f"/dashboards/put/?question={kept.ref}").status_code == 404


def test_a_ready_one_is_copied_and_changed(client: Client, company: Company) -> None:
    client.force_login(company.mark)
    reply = client.post("/dashboards/ready/programme-health/copy/")
    found = Dashboard.objects.get(owner=company.mark)
    change = f"/dashboards/{found.ref}/change/"
    assert reply["Location"] == change
    assert found.cards.count() == len(READY["programme-health"].cards)
    assert "How full are the quotas" in words(client, change)
    first = found.cards.order_by("position")[0]

    cards = f"/dashboards/{found.ref}/cards"
    client.post(f"{cards}/0/", {"do": "down"})
    client.post(f"{cards}/1/", {"title": "Who answers", "width": "3"})
    assert Card.objects.filter(pk=first.pk, title="Who answers", width=3, position=1).exists()
    client.post(f"{cards}/1/", {"do": "remove"})
    assert not Card.objects.filter(pk=first.pk).exists()
    assert client.post(f"{cards}/99/", {"do": "remove"}).status_code == 404
    assert client.post(f"{cards}/0/", {"title": "x", "width": "7"}).status_code == 422

    client.post(
        f"/dashboards/{found.ref}/text/", {"new-text": "Mind <b>this</b>", "new-width": "1"}
    )
    last = found.cards.count() - 1
    assert "Mind &lt;b&gt;this&lt;/b&gt;" in words(client, f"/dashboards/{found.ref}/card/{last}/")

    client.post(change, {"name": "Health", "about": "", "share": "all", "roles": ["manager"]})
    found.refresh_from_db()
    assert (found.name, found.for_all, found.roles) == ("Health", True, ["manager"])
    client.post(f"/dashboards/{found.ref}/delete/")
    assert not Dashboard.objects.exists()


def test_a_shared_one_is_copied_not_changed(client: Client, company: Company) -> None:
    found = make_dashboard(
        actor=company.actor("mark"), now=timezone.now(), name="Marks", share="all",
        cards=[CardDraft("", None, "by=unit")],
    )  # fmt: skip
    client.force_login(company.oscar)
    assert "Marks" in words(client, "/dashboards/")
    page = words(client, f"/dashboards/{found.ref}/")
    assert "Copy and change" in page
    assert f"/dashboards/{found.ref}/change/" not in page
    assert client.get(f"/dashboards/{found.ref}/change/").status_code == 403
    assert client.post(f"/dashboards/{found.ref}/delete/").status_code == 403
    client.post(f"/dashboards/{found.ref}/copy/")
    own = Dashboard.objects.get(owner=company.oscar)
    assert own.cards.get().address == "by=unit"


def test_one_without_a_name_is_not_made(client: Client, company: Company) -> None:
    client.force_login(company.mark)
    assert client.post("/dashboards/new/", {"name": " ", "share": "me"}).status_code == 422
    assert not Dashboard.objects.exists()
    reply = client.post("/dashboards/new/", {"name": "New", "share": "me"})
    assert reply["Location"] == f"/dashboards/{Dashboard.objects.get().ref}/change/"


def test_what_is_not_there(client: Client, company: Company) -> None:
    client.force_login(company.mark)
    for url in ("ready/none/", "ready/branch/card/99/", "abc/", "abc/card/0/"):
        assert client.get(f"/dashboards/{url}").status_code == 404
