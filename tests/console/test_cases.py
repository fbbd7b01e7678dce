"""Does the whole way of a case work on its pages, for the right people only?"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.cases.enums import Outcome
from loopwell.cases.models import Case, Draft
from loopwell.cases.operations import record_attempt
from loopwell.people.models import Interaction
from loopwell.themes.queries import causes_found
from tests import factories
from tests.cases.conftest import Answer, answer, case  # noqa: F401 fixtures
from tests.conftest import NOW, Company

ACTIONS = ("attempt", "callback", "owner", "draft", "closure", "reopening")


def url(name: str, case: Case) -> str:  # noqa: F811 the fixture
    return reverse(f"cases:{name}", args=[case.ref])


@pytest.fixture
def mark(client: Client, company: Company) -> Client:
    client.force_login(company.mark)
    return client


def test_nobody_is_sent_to_the_door(client: Client, case: Case) -> None:  # noqa: F811
    for address in (reverse("cases:queue"), url("case", case), reverse("case_rules:list")):
        assert client.get(address).status_code == 302
    for name in ACTIONS:
        assert client.post(url(name, case)).status_code == 302


def test_an_outsider_finds_nothing(client: Client, company: Company, case: Case) -> None:  # noqa: F811
    client.force_login(company.oscar)
    assert client.get(url("case", case)).status_code == 404
    assert client.get(reverse("cases:queue") + "?tab=units").context["rows"] == []
    for name in ACTIONS:
        assert client.post(url(name, case), {"version": 1}).status_code == 404
    assert Case.objects.get().version == 1


def test_a_reader_reads_and_changes_nothing(
    client: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    company.fiona.memberships.update(role=Role.ANALYST)
    client.force_login(company.fiona)
    page = client.get(url("case", case))
    assert page.status_code == 200
    assert "Nobody called me back." in page.content.decode()
    main = page.content.decode().split("<main")[1].split("</main>")[0]
    assert "<form" not in main
    for name in ACTIONS:
        assert client.post(url(name, case), {"version": 1}).status_code == 403
    assert client.get(reverse("case_rules:list")).status_code == 403


def test_who_may_not_even_read_cases(client: Client, company: Company, case: Case) -> None:  # noqa: F811
    company.fiona.memberships.update(role=Role.FINANCE)
    client.force_login(company.fiona)
    assert client.get(reverse("cases:queue")).status_code == 403
    assert client.get(url("case", case)).status_code == 403


def test_an_owner_from_elsewhere_sees_it(
    client: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    Case.objects.update(owner=company.oscar)
    client.force_login(company.oscar)
    assert client.get(url("case", case)).status_code == 200
    assert client.get(reverse("cases:queue")).context["mine"] == 1


def test_from_the_first_call_to_the_end(mark: Client, case: Case) -> None:  # noqa: F811
    busy = mark.post(url("attempt", case), {"version": 1, "outcome": "no_answer", "note": "Rang"})
    assert busy.status_code == 302
    again = Case.objects.get().next_step_at
    assert again > timezone.now()
    assert len(mark.get(reverse("cases:queue") + "?tab=waiting").context["rows"]) == 1
    mark.post(url("attempt", case), {"version": 2, "outcome": "reached", "note": "Kind"})
    done = mark.post(
        url("closure", case),
        {
            "version": 3,
            "result": "solved",
            "learnt": "The parcel was lost.",
            "resolution": "Sent again",
            "cause_1": "late-delivery",
            "weight_1": "70",
            "cause_2": "wrong-information",
        },
        follow=True,
    )
    body = done.content.decode()
    closed = Case.objects.get()
    assert closed.closed_at is not None
    found = causes_found([closed.response_id])[closed.response_id]
    assert [(f.slug, f.weight) for f in found] == [("late-delivery", 70), ("wrong-information", 30)]
    for words in ("The parcel was lost.", "Sent again", "Late delivery", "Mark closed it: Solved"):
        assert words in body
    mark.post(url("reopening", case), {"version": 4, "reason": "Lost again"})
    assert Case.objects.get().closed_at is None


def test_a_mistake_keeps_what_was_typed(mark: Client, case: Case) -> None:  # noqa: F811
    typed = {"version": 1, "result": "solved", "learnt": "A long story", "cause_1": ""}
    page = mark.post(url("closure", case), typed)
    assert page.status_code == 422
    assert "A long story" in page.content.decode()
    assert "Choose at least one root cause." in page.content.decode()
    assert Draft.objects.get().data == {"learnt": "A long story", "result": "solved"}
    assert "A long story" in mark.get(url("case", case)).content.decode()


def test_who_comes_second_is_told_and_can_send_it_again(
    mark: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    record_attempt(
        actor=company.actor("fiona"), now=NOW, case=case, version=1, outcome=Outcome.REACHED
    )
    typed = {"version": 1, "result": "solved", "learnt": "Mine", "cause_1": "price"}
    page = mark.post(url("closure", case), typed)
    assert page.status_code == 409
    assert "Fiona recorded a call at" in page.content.decode()
    assert page.context["forms"]["interview"]["version"].value() == "2"
    assert "Mine" in page.content.decode()
    assert mark.post(url("closure", case), {**typed, "version": 2}).status_code == 302


def test_a_time_to_call_back(mark: Client, case: Case) -> None:  # noqa: F811
    wanted = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    typed = {"version": 1, "call_at": wanted.strftime("%Y-%m-%dT%H:%M"), "note": "After work"}
    assert mark.post(url("callback", case), typed).status_code == 302
    assert Case.objects.get().next_step_at == wanted
    past = mark.post(url("callback", case), {"version": 2, "call_at": "2020-01-01T10:00"})
    assert past.status_code == 422


def test_giving_a_case_away(mark: Client, company: Company, case: Case) -> None:  # noqa: F811
    typed = {"version": 1, "owner": company.fiona.ref, "reason": "Speaks Polish"}
    assert mark.post(url("owner", case), typed).status_code == 302
    assert Case.objects.get().owner == company.fiona
    stranger = mark.post(
        url("owner", case), {"version": 2, "owner": company.oscar.ref, "reason": "x"}
    )
    assert stranger.status_code == 422
    assert Case.objects.get().owner == company.fiona


def test_what_is_typed_is_kept(mark: Client, case: Case) -> None:  # noqa: F811
    saved = mark.post(url("draft", case), {"learnt": "Half a"}, headers={"HX-Request": "true"})
    assert "only you see it" in saved.content.decode()
    mark.post(url("closure", case), {"version": 1, "learnt": "Half a sentence", "keep": "1"})
    assert "Half a sentence" in mark.get(url("case", case)).content.decode()
    assert Case.objects.get().version == 1


def test_the_customers_story(mark: Client, company: Company, case: Case) -> None:  # noqa: F811
    Interaction.objects.create(
        customer=case.customer, touchpoint="Repair", at=NOW, unit=company.north
    )
    for unit, words in ((company.north, "It was fine"), (company.south, "Hidden words")):
        factories.response(customer=case.customer, unit=unit, score=9, comment=words)
    body = mark.get(url("case", case)).content.decode()
    assert "Repair" in body
    assert "It was fine" in body
    assert "Hidden words" not in body


def another_case(of: Case) -> Case:
    """A further case of the same customer, as one of another unit would be."""
    response = factories.response(customer=of.customer, unit=of.unit, score=0)
    return Case.objects.create(
        response=response, customer=of.customer, unit=of.unit, score=0, owner=of.owner,
        opened_at=NOW, due_at=NOW, next_step_at=NOW,
    )  # fmt: skip


def test_another_open_case_cannot_be_missed(mark: Client, case: Case) -> None:  # noqa: F811
    another_case(case)
    assert "another open case, score 0" in mark.get(url("case", case)).content.decode()


def test_the_parts_of_the_queue(mark: Client, company: Company, answer: Answer) -> None:  # noqa: F811
    soon = timezone.now()
    answer(at=soon, score=0)
    answer(at=soon - timedelta(days=30), score=6)
    answer(at=soon, unit=company.south)
    given = answer(at=soon, score=2)
    Case.objects.filter(response=given).update(owner=company.fiona)

    def scores(query: str) -> list[int]:
        return [row["case"].score for row in mark.get(f"/cases/?{query}").context["rows"]]

    assert scores("") == [6, 0]
    assert scores("tab=units") == [6, 0, 2]
    assert scores("tab=late") == [6]
    assert scores("tab=closed") == []
    assert scores("tab=units&highest=2") == [0, 2]
    assert scores(f"tab=units&owner={company.fiona.ref}") == [2]
    assert scores(f"tab=units&unit={company.north.ref}") == [6, 0, 2]
    assert scores(f"tab=units&unit={company.south.ref}") == [6, 0, 2]  # not theirs: no filter
    assert "late" in mark.get("/cases/").content.decode()


def test_a_quiet_day(mark: Client) -> None:
    assert "Nobody waits for your call" in mark.get("/cases/").content.decode()


def test_many_cases_cost_as_many_queries_as_few(mark: Client, answer: Answer) -> None:  # noqa: F811
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert mark.get(address).status_code == 200
        return len(queries)

    answer(comment="First")
    first = Case.objects.get()
    page = url("case", first)
    mark.get(page)
    few = cost("/cases/"), cost(page)
    for number in range(8):
        if number % 2:
            another_case(first)
        else:
            answer(comment=f"Problem {number}")
    for version in range(1, 6):
        mark.post(page + "attempts/", {"version": version, "outcome": "wrong_number"})
    more = cost("/cases/"), cost(page)
    assert more[0] == few[0]
    # The first attempt and the first other case each cost their own queries, no further ones.
    for version in range(6, 12):
        mark.post(page + "attempts/", {"version": version, "outcome": "wrong_number"})
    for _number in range(4):
        another_case(first)
    assert cost(page) == more[1]


def test_the_sentence_counts_only_calls_that_are_due(mark: Client, answer: Answer) -> None:  # noqa: F811
    for _number in range(3):
        answer(at=timezone.now())
    first, second, _third = Case.objects.order_by("pk")
    mark.post(url("attempt", first), {"version": 1, "outcome": "busy"})
    mark.post(url("attempt", second), {"version": 1, "outcome": "reached"})
    page = mark.get("/cases/")
    assert "1 customer waits for your call." in page.content.decode()
    assert page.context["mine"] == 3


def test_when_and_where_to_call_stands_above_the_number(mark: Client, case: Case) -> None:  # noqa: F811
    case.response.answers = {
        "call_when": {"when": "2026-03-05 09:00-12:00", "phone": "+48 22 555 01 02"}
    }
    case.response.save(update_fields=["answers"])

    page = mark.get(url("case", case)).content.decode()
    answer_page = mark.get(reverse("answers:answer", args=[case.response.ref])).content.decode()

    assert "Suits them best: Thursday, " in page
    assert 'href="tel:+48225550102"' in page
    assert ", 09:00\u2060–\u206012:00, +48 22 555 01 02" in answer_page
