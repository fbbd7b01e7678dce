"""Does the queue show the right cases, and are many of them worked on at once with open eyes?"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.cases import bulk_job
from loopwell.cases.enums import Direction, Outcome, Priority, Sort, Tab
from loopwell.cases.models import Attempt, Case, Closure, Letter, Remark
from loopwell.cases.queries import QueueFilter, queue, queue_part
from loopwell.cases.queries import queue as queue_module
from loopwell.jobs.running import run_all
from tests import factories
from tests.cases.conftest import Answer, answer, case  # noqa: F401 fixtures
from tests.conftest import NOW, Company

QUEUE = reverse("cases:queue")
BULK = reverse("cases:bulk")


@pytest.fixture
def mark(client: Client, company: Company) -> Client:
    client.force_login(company.mark)
    return client


def found(company: Company, **wanted: Any) -> list[int | None]:
    """The scores of the open cases Mark's queue shows."""
    rows = queue(company.actor("mark"), now=NOW, wanted=QueueFilter(**{"tab": Tab.UNITS} | wanted))
    return [each.score for each in rows]


def test_every_filter_narrows(company: Company, answer: Answer) -> None:  # noqa: F811
    big = factories.account(unit=company.north, name="Big Ltd", revenue=900)
    anna = factories.customer(unit=company.north, name="Анна", email="anna@x.example",
                              phone="+380501234567", language="uk", account=big)  # fmt: skip
    first = Case.objects.get(response=answer(score=2, customer=anna, account=big))
    other = Case.objects.get(response=answer(score=5, at=NOW - timedelta(days=9)))
    Case.objects.filter(pk=first.pk).update(priority=1, due_at=NOW + timedelta(minutes=1))
    Case.objects.filter(pk=other.pk).update(owner=None, due_at=NOW + timedelta(days=4))
    Letter.objects.create(case=first, direction=Direction.IN, address="a@x.example", subject="Re",
                          text="Thanks", message_id="<1@x>")  # fmt: skip
    Closure.objects.create(case=first, result="solved", churn_risk="high")
    assert first.response
    assert sorted(found(company), key=str) == [2, 5]
    for wanted in (
        {"highest": 4}, {"priority": 1}, {"account": big.ref}, {"language": "uk"},
        {"search": "анна"}, {"search": "ANNA@x"}, {"search": "050 123"}, {"due_today": True},
        {"has_replied": True}, {"churn_risk": "high"}, {"owner": company.mark.ref},
        {"survey": first.response.survey.ref},
    ):  # fmt: skip
        assert found(company, **wanted) == [2], wanted
    assert found(company, owner="nobody") == [5]
    assert found(company, unit=company.south.ref) == []
    assert found(company, search="nobody is called so") == []
    assert found(company, category="promoter") == []
    assert found(company, sort=Sort.VALUE) == [2, 5]
    assert found(company, sort=Sort.PRIORITY) == [2, 5]
    assert found(company, sort=Sort.DUE) == [2, 5]
    assert found(company, sort=Sort.NEWEST) == [2, 5]


def test_a_silence_looks_right(mark: Client, company: Company, case: Case) -> None:  # noqa: F811
    asked = factories.invitation(customer=case.customer)
    Case.objects.filter(pk=case.pk).update(response=None, invitation=asked, score=None)
    page = mark.get(QUEUE + "?tab=units&category=silent").content.decode()
    assert "Was asked and did not answer." in page
    assert "None" not in page.split("<main")[1]
    assert mark.get(reverse("home:index")).status_code == 200
    assert mark.get(reverse("cases:case", args=[case.ref])).status_code == 200


def test_as_many_queries_for_a_hundred_as_for_ten(
    mark: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    address = QUEUE + "?tab=units&language=uk&replied=&sort=value&q=c"
    asked = []
    for number in (10, 90):
        many(case, number)
        mark.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert mark.get(QUEUE + "?tab=units").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def many(like: Case, number: int) -> list[Case]:
    """More open cases like this one, of other customers."""
    assert like.response
    made = []
    for _each in range(number):
        who = factories.customer(unit=like.unit, language="uk")
        given = factories.response(customer=who, unit=like.unit, score=3)
        made.append(Case(response=given, customer=who, unit=like.unit, owner=like.owner, score=3,
                         rule=like.rule, opened_at=NOW, due_at=NOW, next_step_at=NOW))  # fmt: skip
    return Case.objects.bulk_create(made)


def test_counts_are_honest(
    company: Company,
    case: Case,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = __import__(queue_module.__module__, fromlist=["queue"])
    monkeypatch.setattr(module, "PER_PAGE", 4)
    monkeypatch.setattr(module, "MOST_COUNTED", 8)
    many(case, 10)
    actor, wanted = company.actor("mark"), QueueFilter(tab=Tab.UNITS)
    first = queue_part(actor, now=NOW, wanted=wanted)
    assert (len(first.cases), first.total, first.is_more, first.pages) == (4, 8, True, 2)
    second = queue_part(actor, now=NOW, wanted=wanted, page=2)
    assert (second.is_more, second.pages) == (True, 3)
    last = queue_part(actor, now=NOW, wanted=wanted, page=3)
    assert (len(last.cases), last.total, last.is_more, last.pages) == (3, 11, False, 3)
    seen = [row.pk for part in (first, second, last) for row in part.cases]
    assert len(set(seen)) == 11


def fields(page: str) -> dict[str, list[str]]:
    """The hidden fields of the page's form."""
    pairs = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.split("<main")[1])
    out: dict[str, list[str]] = {}
    for name, value in pairs:
        out.setdefault(name, []).append(value)
    return out


def test_many_are_given_by_turns(
    mark: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    refs = [each.ref for each in [case, *many(case, 3)]]
    page = mark.get(BULK, {"action": "turns", "case": refs, "filter": "tab=units"})
    assert page.status_code == 200
    sent = fields(page.content.decode())
    assert sent["case"] == sorted(refs, key=lambda ref: Case.objects.get(ref=ref).pk)
    data = {**sent, "owners": [company.alice.ref, company.fiona.ref], "reason": "Holidays"}
    done = mark.post(BULK, data)
    assert done.status_code == 302
    assert done.headers["Location"] == QUEUE + "?tab=units"
    owners = list(Case.objects.order_by("pk").values_list("owner__name", flat=True))
    assert owners == ["Alice", "Fiona", "Alice", "Fiona"]


def test_people_stand_with_how_many_they_can_take(
    mark: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    (elsewhere,) = many(case, 1)
    above = case.unit.parent
    assert above is not None
    Case.objects.filter(pk=elsewhere.pk).update(unit=above)
    asked = {"action": "give", "case": [case.ref, elsewhere.ref], "filter": "tab=units"}
    form = mark.get(BULK, asked).context["form"]
    names = [name for _, name in form.fields["owners"].choices]
    assert names[0] == "Choose a person"
    whole = [name for name in names[1:] if "(" not in name]
    assert names[1 : 1 + len(whole)] == whole
    assert [name for name in names[1:] if name.startswith("Fiona")] == ["Fiona (1 of 2 cases)"]


def test_those_that_cannot_are_told_by_name(
    mark: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    tried, never = many(case, 2)
    for each in (case, tried):
        Attempt.objects.create(case=each, outcome=Outcome.NO_ANSWER, at=NOW)
    Case.objects.filter(pk=case.pk).update(reached_at=NOW)
    asked = {"action": "unreachable", "all": "1", "filter": "tab=units"}
    page = mark.get(BULK, asked)
    text = page.content.decode()
    assert "1 of the 3 cases you chose." in text
    assert "Nobody has tried to call yet." in text
    assert "write down what came out" in text
    done = mark.post(BULK, fields(text))
    assert "2 could not be done." in done.content.decode()
    assert str(never.customer) in done.content.decode()
    assert list(Case.objects.exclude(closed_at=None)) == [tried]


def test_all_that_fit_means_those_that_were_shown(mark: Client, case: Case) -> None:  # noqa: F811
    data = {"action": "priority", "all": "1", "filter": "tab=units", "expected": "2",
            "priority": "1"}  # fmt: skip
    again = mark.post(BULK, data)
    assert again.status_code == 409
    assert "look again" in again.content.decode()
    assert mark.post(BULK, {**data, "expected": "1"}).status_code == 302
    assert Case.objects.get().priority == Priority.HIGH


def test_very_many_go_on_in_the_background(
    mark: Client,
    client: Client,
    company: Company,
    case: Case,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bulk_job, "AT_ONCE", 2)
    many(case, 2)
    data = {"action": "note", "all": "1", "filter": "tab=units", "expected": "3", "text": "Storm"}
    started = mark.post(BULK, data)
    place = started.headers["Location"]
    assert "Waiting for its turn" in mark.get(place).content.decode()
    run_all(timezone.now())
    assert "Done: 3 cases." in mark.get(place).content.decode()
    assert Remark.objects.filter(text="Storm", by=company.mark).count() == 3
    client.force_login(company.alice)
    assert client.get(place).status_code == 404


def test_outsiders_and_readers_do_nothing_at_once(
    client: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    client.force_login(company.oscar)
    data = {"action": "priority", "case": case.ref, "priority": "1"}
    assert client.post(BULK, data).headers["Location"].startswith(QUEUE)
    company.fiona.memberships.update(role=Role.ANALYST)
    client.force_login(company.fiona)
    assert client.post(BULK, data).status_code == 403
    assert Case.objects.get().version == 1


@pytest.fixture
def files(settings: LazySettings, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_files_come_only_as_downloads_to_who_sees_the_case(
    mark: Client,
    company: Company,
    case: Case,  # noqa: F811
    files: Any,
) -> None:
    for name, data in (("a.html", b"<script>1</script>"), ("p.png", b"\x89PNG\r\n\x1a\n12345")):
        sent = mark.post(reverse("cases:add_file", args=[case.ref]),
                         {"file": SimpleUploadedFile(name, data)})  # fmt: skip
        assert sent.status_code == 302
    page, picture = case.files.all()
    for row, kind in ((page, "attachment"), (picture, "inline")):
        got = mark.get(reverse("cases:file", args=[case.ref, row.ref]) + "?preview")
        assert got.headers["Content-Disposition"].startswith(kind)
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in got.headers["Content-Security-Policy"]
    plain = mark.get(reverse("cases:file", args=[case.ref, picture.ref]))
    assert plain.headers["Content-Disposition"] == 'attachment; filename="p.png"'
    mark.force_login(company.oscar)
    assert mark.get(reverse("cases:file", args=[case.ref, picture.ref])).status_code == 404


def test_a_page_that_is_open_hears_of_the_others(
    mark: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    address, place = (reverse(f"cases:{n}", args=[case.ref]) for n in ("case", "presence"))
    since = re.search(r'data-since="(\d+)"', mark.get(address).content.decode())
    assert since
    fiona = Client()
    fiona.force_login(company.fiona)
    assert "Mark is looking at this case" in fiona.get(address).content.decode()
    fiona.post(place, {"typing": "1"})
    fiona.post(reverse("cases:attempt", args=[case.ref]), {"version": 1, "outcome": "busy"})
    heard = mark.post(place, {"since": since[1]}).content.decode()
    assert "Fiona is writing in this case" in heard
    assert "Fiona called: Busy, just now." in heard
    assert "Fiona called" not in fiona.post(place, {"since": since[1]}).content.decode()


def test_a_note_with_a_mistake_keeps_what_was_typed(mark: Client, case: Case) -> None:  # noqa: F811
    place = reverse("cases:remark", args=[case.ref])
    wrong = mark.post(place, {"text": "Look at this", "mentions": "nobody"})
    assert wrong.status_code == 422
    assert "Look at this</textarea>" in wrong.content.decode()
    assert mark.post(place, {"text": "Look, @Alice and @Zoe"}, follow=True).context
    assert Remark.objects.get().mentions.count() == 1
