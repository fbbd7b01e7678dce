"""Does Explore show numbers with what they are worth, and leave as files and kept questions?"""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl.reader.excel
import pytest
from django.test import Client
from django.utils import timezone

from loopwell.calc.nps import Counts
from loopwell.insights.models import SavedQuestion, Subscription
from tests import factories
from tests.conftest import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(client: Client, company: Company, built: Callable[[], int]) -> Client:
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
                survey=survey, customer=who, score=score, answered_at=at, touchpoint="=shop"
            )
    built()
    client.force_login(company.alice)
    return client


def words(client: Client, url: str, **more: Any) -> str:
    reply = client.get(url, **more)
    assert reply.status_code == 200, reply.content.decode()[:2000]
    return " ".join(reply.content.decode().split())


def test_groups_with_margins_and_the_way_to_their_answers(asking: Client, company: Company) -> None:
    found = words(asking, "/explore/?by=unit&beside=1")
    assert 'data-chart="ranked"' in found
    assert "+40" in found
    assert "−60" in found
    assert "±" in found
    assert f"/answers/?period=90d&amp;unit={company.north.ref}" in found
    assert "2 of 2 are really different" in found


@pytest.mark.parametrize(
    ("query", "chart"),
    [
        ("grain=month&period=12m", "trend"),
        ("by=unit&grain=month&period=12m", "lines"),
        ("by=unit&by2=touchpoint", "heat"),
        ("by=weekday&by2=hour", "heat"),
        ("by=unit&picture=scatter&second=mean_score", "dots"),
        ("picture=distribution&period=90d", "shift"),
        ("metric=answers&by=unit", "bars"),
    ],
)
def test_each_question_has_its_picture(asking: Client, query: str, chart: str) -> None:
    assert f'data-chart="{chart}"' in words(asking, f"/explore/?{query}")


def test_a_number_alone_is_compared(asking: Client) -> None:
    found = words(asking, "/explore/?vs=previous&unit=")
    assert 'class="big-number"' in found
    assert "real difference" in found


def test_wrong_words_are_told_and_left_out(asking: Client) -> None:
    found = words(asking, "/explore/?by=moon&unit=nowhere&colour=red&hour=77&second=x&vs=moon")
    for word in ("by=moon", "unit=nowhere", "colour=red", "hour=77", "vs=moon"):
        assert f"<code>{word}</code>" in found


def test_nothing_found_keeps_the_question_and_asks_it_of_all_time(asking: Client) -> None:
    found = words(asking, "/explore/?by=unit&metric=detractors&from=2001-01-01&to=2001-01-02")
    link = re.search(r'href="([^"]*)">Ask of all time', found)
    assert link
    assert link[1].replace("&amp;", "&") == "?metric=detractors&by=unit&period=all"
    assert "Ask of all time" not in words(asking, "/explore/?period=all&unit=nobody&score=5")


def test_a_picture_is_never_without_words(asking: Client) -> None:
    for query, said in (
        ("by=unit", "NPS by unit. 2 of 2 are really different"),
        ("metric=answers&by=unit", "Answers by unit."),
        ("metric=answers&by=weekday&by2=hour", "Answers by weekday, by hour."),
        ("picture=distribution&period=7d", "Promoters 35 %, passives 20 %, detractors 45 %."),
        (
            "picture=distribution&period=90d",
            "Promoters 35 %, passives 20 %, detractors 45 %. The time before: "
            "Promoters 20 %, passives 40 %, detractors 40 %.",
        ),
    ):
        text = asking.get(f"/explore/?{query}").context["picture"].data["text"]
        assert " ".join(text.split()).startswith(said), query


def test_long_tables_wait_folded_and_each_way_to_answers_has_its_name(
    asking: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = words(asking, "/explore/?by=unit")
    assert '<details class="behind" open>' in found
    assert 'answers<span class="visually-hidden"> North</span>' in found
    monkeypatch.setattr("loopwell.console.explore.views.MOST_OPEN", 1)
    assert '<details class="behind" open>' not in words(asking, "/explore/?by=unit")
    assert '<details class="behind" open>' in words(asking, "/explore/?by=unit&picture=table")


def test_a_scatter_begins_with_a_number_of_another_kind(asking: Client) -> None:
    chosen = asking.get("/explore/?by=unit&picture=scatter").context["choices"]["second"]
    assert [each.value for each in chosen if each.chosen] == ["answers"]


def test_nothing_found_says_what_to_do(asking: Client) -> None:
    assert "Nothing here yet" in words(asking, "/explore/?by=unit&from=2001-01-01&to=2001-01-02")


def test_htmx_gets_the_body_and_a_clean_address(asking: Client) -> None:
    reply = asking.get("/explore/?metric=nps&by=unit&by2=&period=90d", headers={"HX-Request": "1"})
    assert "<html" not in reply.content.decode()
    assert reply["HX-Push-Url"] == "/explore/?by=unit&period=90d"


def test_back_in_the_browser_gets_the_whole_page(asking: Client) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in asking.get("/explore/?by=unit", headers=headers).content.decode()


def test_csv_is_harmless_and_xlsx_holds_numbers(asking: Client) -> None:
    query = "by=touchpoint&vs=company&beside=1"
    text = asking.get(f"/explore/export/csv/?{query}").content.decode("utf-8")
    assert text.startswith("\ufeff")
    assert "'=shop" in text
    reply = asking.get("/explore/export/xlsx/?by=unit")
    sheet = openpyxl.reader.excel.load_workbook(BytesIO(reply.content)).worksheets[0]
    rows = list(sheet.values)
    assert [row[1] for row in rows[1:]] == [40, -60]
    assert [row[4] for row in rows[1:]] == [50, 50]
    assert asking.get("/explore/export/pdf/").status_code == 404


def test_kept_shared_sent_by_mail_and_deleted(
    asking: Client, company: Company, client: Client
) -> None:
    asking.post(
        "/explore/keep/", {"name": "Units", "share": "all", "address": "by=unit&colour=red"}
    )
    kept = SavedQuestion.objects.get()
    assert (kept.address, kept.for_all) == ("by=unit&period=90d", True)
    reply = asking.get(f"/explore/kept/{kept.ref}/")
    assert reply["Location"] == f"/explore/?by=unit&period=90d&question={kept.ref}"
    assert "Units" in words(asking, reply["Location"])
    asking.post(f"/explore/kept/{kept.ref}/mail/", {"every": "week"})
    assert Subscription.objects.get().every == "week"
    assert "Every Monday" in words(asking, "/explore/kept/")
    client.force_login(company.mark)
    assert client.post(f"/explore/kept/{kept.ref}/delete/").status_code == 403
    client.force_login(company.alice)
    asking.post(f"/explore/kept/{kept.ref}/change/", {"name": "Ours", "share": "me"})
    client.force_login(company.mark)
    assert client.get(f"/explore/kept/{kept.ref}/").status_code == 404
    client.force_login(company.alice)
    asking.post(f"/explore/kept/{kept.ref}/delete/")
    assert not SavedQuestion.objects.exists()


def test_the_table_of_a_distribution_has_the_scores(asking: Client) -> None:
    text = asking.get("/explore/export/csv/?picture=distribution").content.decode("utf-8")
    counts = {line.split(",")[0]: line.split(",")[4] for line in text.splitlines()[1:]}
    assert counts == {"3": "45", "8": "20", "10": "35"}


def test_a_scatter_has_its_second_number_in_the_table(asking: Client) -> None:
    found = words(asking, "/explore/?by=unit&picture=scatter&second=detractors")
    assert "20 %" in found
    assert "70 %" in found


def test_a_month_beyond_chance_is_named(
    client: Client, company: Company, built: Callable[[], int]
) -> None:
    survey, who = factories.survey(), factories.customer(unit=company.north)
    now = timezone.now()
    for months in range(1, 11):
        bad = months == 5
        for number in range(40):
            score = 2 if bad or number < 10 else 10
            at = now - timedelta(days=31 * months)
            factories.response(survey=survey, customer=who, score=score, answered_at=at)
    built()
    client.force_login(company.alice)
    found = words(client, "/explore/?grain=month&period=all")
    assert ": beyond what chance explains" in found


def test_anonymous_surveys_say_what_is_hidden(asking: Client) -> None:
    assert "nobody can be recognised" in words(asking, "/explore/?kind=employee&by=unit")


def test_somebody_who_sees_one_unit_gets_its_numbers_alone(
    asking: Client, company: Company, client: Client
) -> None:
    client.force_login(company.mark)
    found = words(client, "/explore/?by=unit")
    assert "−60" not in found


def test_further_filters_are_those_that_have_something_to_choose(
    asking: Client, company: Company
) -> None:
    closed = words(asking, "/explore/?by=unit")
    assert "/explore/filters/?by=unit" in closed
    assert 'name="survey"' not in closed
    found = words(asking, "/explore/filters/?unit=" + company.north.ref)
    assert 'name="survey"' in found
    assert 'name="product"' not in found
    refs = re.findall(r'<option value="(\w+)">', found.partition('name="survey"')[2])
    opened = words(asking, f"/explore/?more=1&language=en&survey={refs[0]}")
    assert f'<option value="{refs[0]}" selected>' in opened
    assert 'name="survey" value=' not in opened  # else the address would name it twice
    assert '<option value="en" selected>English</option>' in opened
