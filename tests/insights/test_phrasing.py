"""Does an address say the same question whoever reads it, and are its mistakes told?"""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.utils.translation import override

from loopwell.access.models import Membership
from loopwell.insights.asking import Against, Row
from loopwell.insights.phrasing import (
    Asked,
    Narrowed,
    answers_address,
    answers_addresses,
    cut_choices,
    filter_words,
    from_query,
    labels,
    sentence,
    title,
)
from loopwell.insights.phrasing.periods import PERIODS, stretch, whole
from loopwell.people.models import Interaction, Property
from loopwell.responses.models import Response
from loopwell.surveys.enums import SurveyKind
from loopwell.themes.models import Mention, Theme
from tests import factories
from tests.conftest import NOW, Company


def test_an_empty_address_asks_for_the_score_of_ninety_days(company: Company) -> None:
    asked = from_query("", company.actor("alice"), NOW)

    assert asked == Asked()
    assert asked.to_query() == "period=90d"
    question = asked.question(NOW)
    assert (question.metric, question.by, question.grain) == ("nps", (), "")
    assert (question.filters.start, question.filters.end) == (
        date(2025, 12, 5), date(2026, 3, 5),
    )  # fmt: skip


def test_every_word_is_read_and_written_back(company: Company) -> None:
    Property.objects.create(name="segment", label="Segment")
    survey, account = factories.survey(), factories.account()
    address = (
        "metric=detractors&by=unit&by2=property%3Asegment&grain=month&from=2026-01-01"
        f"&to=2026-01-31&survey={survey.ref}&kind=transactional&touchpoint=Shop&language=en"
        "&category=passive&source=email&channel=sms&product=Tea&role=decides&theme=price"
        f"&unit={company.north.ref}&employee={company.fiona.ref}&account={account.ref}"
        f"&score=7-8&weekday=0&hour=9&p_segment=Gold&vs=segment&o_unit={company.south.ref}"
        "&o_p_segment=Basic&picture=heat&beside=1"
    )
    alice = company.actor("alice")

    asked = from_query(address, alice, NOW)

    assert asked.problems == ()
    assert dict(parse_qsl(asked.to_query())) == dict(parse_qsl(address))
    assert from_query(asked.to_query(), alice, NOW) == asked
    filters = asked.filters(NOW)
    assert (filters.start, filters.end) == (date(2026, 1, 1), date(2026, 2, 1))
    assert (filters.employee, filters.account) == (company.fiona.pk, account.pk)
    assert (filters.unit_path, filters.scores, filters.hour) == (company.north.path, (7, 8), 9)
    comparison = asked.comparison(NOW)
    assert comparison is not None
    assert comparison.against is Against.SEGMENT
    assert comparison.filters.unit_path == company.south.path
    assert comparison.filters.properties == (("segment", "Basic"),)
    assert comparison.filters.start == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("metric", "happiness"), ("by", "comment"), ("by", "property:shoe"), ("grain", "second"),
        ("period", "soon"), ("from", "yesterday"), ("to", "1066-10-14"), ("kind", "secret"),
        ("category", "fan"), ("score", "11"), ("score", "8-3"), ("score", "4-"), ("score", "²"),
        ("weekday", "7"), ("hour", "24"), ("unit", "nowhere"), ("employee", "nobody"),
        ("account", "none"), ("survey", "none"), ("p_shoe", "42"), ("p_a b", "1"), ("vs", "luck"),
        ("picture", "mona_lisa"), ("beside", "yes"), ("metrik", "nps"), ("o_p_shoe", "1"),
    ],
)  # fmt: skip
def test_a_word_that_makes_no_sense_is_told_and_left_out(
    company: Company, word: str, said: str
) -> None:
    address = {word: said, **({"vs": "segment"} if word.startswith("o_") else {})}
    query = "&".join(f"{name}={value}" for name, value in address.items())

    asked = from_query(query, company.actor("alice"), NOW)

    assert [(each.word, each.said) for each in asked.problems] == [(word, said)]
    assert asked.problems[0].reason
    assert asked.words().get(word) != said


def test_the_last_day_is_not_before_the_first(company: Company) -> None:
    asked = from_query("from=2026-02-01&to=2026-01-01", company.actor("alice"), NOW)
    assert (asked.start, asked.end, asked.problems[0].word) == (date(2026, 2, 1), None, "to")


def test_filters_that_the_metric_does_not_know_are_told(company: Company) -> None:
    Property.objects.create(name="segment", label="Segment")
    asked = from_query(
        "metric=response_rate&score=9&category=promoter&by=score&p_segment=Gold",
        company.actor("alice"),
        NOW,
    )
    assert sorted(each.word for each in asked.problems) == ["by", "category", "score"]
    assert asked.by == ()
    assert asked.narrowed == Narrowed(properties=(("segment", "Gold"),))


def test_what_one_does_not_see_does_not_exist(company: Company) -> None:
    oscar = company.actor("oscar")
    account = factories.account(unit=company.north)
    address = f"unit={company.north.ref}&employee={company.fiona.ref}&account={account.ref}"

    asked = from_query(address, oscar, NOW)

    assert asked.narrowed == Narrowed()
    assert [each.word for each in asked.problems] == ["unit", "employee", "account"]
    known = from_query(address, company.actor("alice"), NOW)
    assert known.problems == ()
    reasons = {each.word: each.reason for each in asked.problems}
    nothing = from_query("unit=x&employee=x&account=x", oscar, NOW)
    assert {each.word: each.reason for each in nothing.problems} == reasons


def test_the_front_line_asks_about_itself_alone(company: Company) -> None:
    Membership.objects.filter(user=company.mark).delete()
    fiona = company.actor("fiona")

    assert from_query(f"employee={company.fiona.ref}", fiona, NOW).problems == ()
    assert from_query(f"employee={company.mark.ref}", fiona, NOW).problems != ()
    rows = [Row((pk,), 1, 1.0, 1.0, 1.0) for pk in (company.fiona.pk, company.mark.pk, None)]
    named = labels(("employee",), "", rows, fiona)
    assert [named[row.key][0] for row in rows] == [company.fiona.name, "a colleague", "not known"]
    asked = Asked(by=("employee",))
    assert [bool(each) for each in answers_addresses(rows, asked, fiona, NOW)] == [
        True, False, False,
    ]  # fmt: skip


def test_pages_have_words_of_their_own(company: Company) -> None:
    alice = company.actor("alice")
    assert from_query("page=2", alice, NOW, also={"page"}).problems == ()
    assert from_query("page=2", alice, NOW).problems != ()


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("7d", date(2026, 2, 26), date(2026, 3, 5)),
        ("12m", date(2025, 3, 5), date(2026, 3, 5)),
        ("month", date(2026, 3, 1), date(2026, 3, 5)),
        ("last_month", date(2026, 2, 1), date(2026, 3, 1)),
        ("quarter", date(2026, 1, 1), date(2026, 3, 5)),
        ("last_quarter", date(2025, 10, 1), date(2026, 1, 1)),
        ("year", date(2026, 1, 1), date(2026, 3, 5)),
        ("last_year", date(2025, 1, 1), date(2026, 1, 1)),
        ("all", None, None),
    ],
)
def test_periods(period: str, start: date | None, end: date | None) -> None:
    assert period in PERIODS
    assert stretch(period, NOW) == (start, end)


def test_changing_a_question(company: Company) -> None:
    asked = from_query(f"by=unit&unit={company.north.ref}", company.actor("alice"), NOW)
    assert asked.to_query(unit=None, by=()) == "period=90d"
    assert asked.to_query(start=date(2026, 1, 1), by=()) == (
        f"from=2026-01-01&unit={company.north.ref}"
    )
    assert asked.changed(start=date(2026, 1, 1)).changed(period="30d").days(NOW) == (
        date(2026, 2, 3), date(2026, 3, 5),
    )  # fmt: skip


def test_titles_in_the_readers_words(company: Company) -> None:
    Property.objects.create(name="segment", label="Segment")
    alice = company.actor("alice")
    asked = from_query(
        f"by=unit&by2=property:segment&grain=month&unit={company.north.ref}&weekday=0&score=0-6"
        "&p_segment=—&vs=previous",
        alice,
        NOW,
    )
    with override("en"):
        assert title(asked) == "NPS by unit, by “Segment”, by month"
        assert [(word, value) for word, _label, value in filter_words(asked.narrowed, alice)] == [
            ("unit", "North"), ("score", "0–6"), ("weekday", "Monday"), ("p_segment", "not known"),
        ]  # fmt: skip
        assert sentence(asked, alice) == (
            "NPS by unit, by “Segment”, by month · the last 90 days · Unit: North · Score: 0–6 · "
            "Weekday: Monday · Segment: not known · against the time before"
        )


def test_every_row_leads_to_the_answers_behind_it(company: Company) -> None:
    alice = company.actor("alice")
    row = Row((company.north.pk, date(2026, 1, 1)), 3, 1.0, 0.0, 2.0)
    asked = Asked(by=("unit",), grain="month", period="all", narrowed=Narrowed(kind="relationship"))
    assert dict(parse_qsl(answers_address(row, asked, alice, NOW))) == {
        "from": "2026-01-01", "to": "2026-01-31", "unit": company.north.ref,
        "kind": "relationship",
    }  # fmt: skip
    unknown = Row((None,), 3, 1.0, 0.0, 2.0)
    asked = Asked(by=("touchpoint",), period="30d")
    assert dict(parse_qsl(answers_address(unknown, asked, alice, NOW))) == {
        "period": "30d", "touchpoint": "—",
    }  # fmt: skip
    assert answers_address(unknown, Asked(metric="recovery"), alice, NOW) == ""
    anonymous = Asked(narrowed=Narrowed(kind=SurveyKind.EMPLOYEE))
    assert answers_address(Row((), 9, 1.0, 0.0, 2.0), anonymous, alice, NOW) == ""
    survey = factories.survey(kind=SurveyKind.EMPLOYEE)
    of_survey = Asked(narrowed=Narrowed(survey=survey.ref))
    assert answers_address(Row((), 9, 1.0, 0.0, 2.0), of_survey, alice, NOW) == ""


def test_metrics_offer_only_cuts_they_know(company: Company) -> None:
    of_score = {each.value for each in cut_choices("nps", "unit")}
    of_asking = {each.value for each in cut_choices("response_rate", "")}
    assert {"unit", "score", "category", "theme"} <= of_score
    assert not of_asking & {"score", "category", "theme", "source"}


def test_the_list_of_answers_reads_the_words_that_lead_there(
    company: Company, client: Client
) -> None:
    wanted = factories.response(
        unit=company.north, score=7, source="kiosk", product="Tea", employee=company.fiona,
        account=factories.account(), customer=factories.customer(decision_role="decides"),
        answered_at=NOW, comment="The one that is meant",
    )  # fmt: skip
    Mention.objects.create(
        response=wanted, theme=Theme.objects.create(slug="dear", kind="defect"),
        source="caller", weight=100,
    )  # fmt: skip
    visit = Interaction.objects.create(
        customer=wanted.customer, touchpoint="Shop", channel="Branch", at=NOW
    )
    Response.objects.filter(pk=wanted.pk).update(interaction=visit)
    other = factories.response(unit=company.north, score=8, answered_at=NOW, comment="Another")
    client.force_login(company.alice)
    for words in (
        "source=kiosk", "product=Tea", "score=6-7", "role=decides", "channel=Branch",
        "theme=dear",
        f"employee={company.fiona.ref}", f"account={wanted.account.ref}",  # type: ignore[union-attr]  # it has one
    ):  # fmt: skip
        page = client.get(f"/answers/?period=all&{words}").content.decode()
        assert wanted.comment in page, words
        assert other.comment not in page, words
        assert "Remove this filter" in page
    assert wanted.comment in client.get("/answers/?period=all&hour=10").content.decode()
    assert wanted.comment not in client.get("/answers/?period=all&hour=9").content.decode()


def test_looking_ahead_takes_the_whole_of_the_present_period() -> None:
    assert whole("month", NOW) == (date(2026, 3, 1), date(2026, 4, 1))
    assert whole("year", NOW) == (date(2026, 1, 1), date(2027, 1, 1))
    assert whole("30d", NOW) == stretch("30d", NOW)
