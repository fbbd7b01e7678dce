"""Is the page of a case as quick after hundreds of entries, and can all of them be found?"""

import gc

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loopwell.cases.enums import Outcome
from loopwell.cases.models import Attempt, Case
from loopwell.config.settling import settle
from loopwell.journal.models import Entry
from tests.cases.conftest import Answer, answer, case  # noqa: F401 fixtures
from tests.conftest import NOW, Company


def tried(case: Case, company: Company, numbers: range) -> None:  # noqa: F811 the fixture
    rows = Attempt.objects.bulk_create(
        Attempt(case=case, outcome=Outcome.BUSY, note=f"Try <{n}>", by=company.mark, at=NOW)
        for n in numbers
    )
    Entry.objects.bulk_create(
        Entry(type="case.attempted", at=NOW, actor=f"user:{company.mark.ref}", subject="case",
              subject_id=case.pk, payload={"attempt": row.pk, "outcome": row.outcome})
        for row in rows
    )  # fmt: skip


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_no_query_more_for_more_entries(client: Client, company: Company, case: Case) -> None:  # noqa: F811
    client.force_login(company.mark)
    address = reverse("cases:case", args=[case.ref])
    tried(case, company, range(3))
    client.get(address)
    before = queries_of(client, address)
    tried(case, company, range(3, 123))
    assert queries_of(client, address) <= before


def test_earlier_entries_are_shown_and_found(
    client: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    client.force_login(company.mark)
    tried(case, company, range(120))
    page = client.get(reverse("cases:case", args=[case.ref]))
    notes = [line.detail for line in page.context["told"]]
    assert len(notes) == 50
    assert notes[0] == "Try <119>"
    told = reverse("cases:told", args=[case.ref])
    seen, earlier = list(notes), page.context["earlier"]
    while earlier:
        part = client.get(f"{told}?before={earlier}", headers={"HX-Request": "true"})
        assert b"<html" not in part.content
        seen += [line.detail for line in part.context["told"]]
        earlier = part.context["earlier"]
    assert [f"Try <{n}>" for n in reversed(range(120))] == [n for n in seen if n.startswith("Try")]
    found = client.get(f"{told}?q=try+<7>").content.decode()
    assert "Try &lt;7&gt;" in found
    assert "Try &lt;70&gt;" not in found
    assert client.get(f"{told}?before=99999999999999999999999").status_code == 200


def test_an_outsider_finds_no_earlier_entries(
    client: Client,
    company: Company,
    case: Case,  # noqa: F811
) -> None:
    client.force_login(company.oscar)
    assert client.get(reverse("cases:told", args=[case.ref])).status_code == 404


def test_what_is_loaded_is_left_out_of_collections() -> None:
    try:
        settle()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
