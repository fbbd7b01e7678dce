"""Does a file go through the pages: brought, mapped, tried, imported, told?"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from loopwell.jobs.running import run_all
from loopwell.people.importing.source import rejects_path
from loopwell.people.models import Account, Customer, Interaction, Property, Upload
from loopwell.responses.models import Response
from tests.conftest import Company

FILE = """Kundennummer;E-Mail;Vorname;Nachname;Sprache;Filiale;Firma;Rolle;Segment;=Bad
1;anna@mail.example;Анна;Ковальчук;uk;North;Globex;decides;gold;a
2;bob@mail.example;Bob 🙂;Smith;Englisch;S1;;;silver;b
3;not-a-mail;שרה;לוי;he;North;;;gold;=1+1
4;dan@mail.example;Dan;;en;Atlantis;;;gold;d
1;anna@mail.example;Anna;Kowalczuk;pl;North;Globex;decides;gold;e
"""


@pytest.fixture
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]  # pytest-django's settings
    return tmp_path


def bring(client: Client, kind: str, name: str, content: bytes) -> Upload:
    url = reverse("imports:new", args=[kind])
    response = client.post(url, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302
    return Upload.objects.latest("id")


def work() -> None:
    run_all(timezone.now() + timedelta(minutes=1))


def test_customers_go_the_whole_way(company: Company, client: Client, media: Path) -> None:
    client.force_login(company.alice)
    upload = bring(client, "customers", "kunden.csv", FILE.encode("utf-8-sig"))

    page = client.get(reverse("imports:mapping", args=[upload.ref])).content.decode()
    assert "utf-8 (BOM)" in page
    assert "Анна Ковальчук" not in page  # first and last name are shown each in its column
    assert "not an e-mail address" in page
    form = {
        "field-external_id": "Kundennummer", "field-email": "E-Mail", "field-first_name": "Vorname",
        "field-last_name": "Nachname", "field-language": "Sprache", "field-unit": "Filiale",
        "field-account": "Firma", "field-decision_role": "Rolle", "keep": ["Segment", "=Bad"],
        "action": "trial",
    }  # fmt: skip
    for name in ("external_id", "email", "first_name", "last_name", "language", "unit", "account"):
        column = form[f"field-{name}"]
        select = page.split(f'name="field-{name}"')[1].split("</select>")[0]
        assert f"<option selected>{column}</option>" in select  # guessed from German headers

    client.post(reverse("imports:mapping", args=[upload.ref]), form)
    work()
    trial = client.get(reverse("imports:trial", args=[upload.ref])).content.decode()
    assert "Import 2 rows" in trial
    assert not Customer.objects.exists()
    assert not Account.objects.exists()

    client.post(reverse("imports:trial", args=[upload.ref]))
    work()
    result = client.get(reverse("imports:result", args=[upload.ref]))
    assert result.context["counts"] == {"new": 2, "changed": 0, "same": 0, "refused": 3}
    anna = Customer.objects.get(external_id="1")
    assert (anna.name, anna.language, anna.unit) == ("Anna Kowalczuk", "pl", company.north)
    assert (str(anna.account), anna.decision_role) == ("Globex", "decides")
    assert anna.properties == {"segment": "gold", "bad": "e"}
    assert sorted(Property.objects.values_list("name", flat=True)) == ["bad", "segment"]

    rejects = client.get(reverse("imports:rejects", args=[upload.ref, "import"]))
    lines = b"".join(rejects).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["line", "2", "4", "5"]
    assert lines[2].endswith("gold,'=1+1")
    assert "'=Bad" in lines[0]


def test_the_same_file_again_changes_nothing(company: Company, client: Client, media: Path) -> None:
    client.force_login(company.alice)
    content = b"id,email,name\n1,a@mail.example,Anna\n2,b@mail.example,Bob\n"
    counts = []
    for _time in range(2):
        upload = bring(client, "customers", "c.csv", content)
        form = {"field-external_id": "id", "field-email": "email", "field-name": "name"}
        client.post(reverse("imports:mapping", args=[upload.ref]), {**form, "action": "trial"})
        work()
        client.post(reverse("imports:trial", args=[upload.ref]))
        work()
        upload.refresh_from_db()
        counts.append(upload.result["counts"])
    assert [(c["new"], c["same"]) for c in counts] == [(2, 0), (0, 2)]


def test_answers_go_the_whole_way(company: Company, client: Client, media: Path) -> None:
    client.force_login(company.alice)
    content = "Ocena;Komentarz;Data\n5;Świetnie;03.02.2025\n2;Źle;28.02.2025\n".encode("cp1250")
    upload = bring(client, "answers", "oceny.csv", content)
    page = client.get(reverse("imports:mapping", args=[upload.ref]))
    assert page.context["answers"]["scale"].initial in ("1-5", None)
    assert "Świetnie" in page.content.decode()
    form = {
        "field-score": "Ocena", "field-comment": "Komentarz", "field-answered_at": "Data",
        "scale": "1-5", "survey_name": "Stara ankieta", "action": "trial",
    }  # fmt: skip
    client.post(reverse("imports:mapping", args=[upload.ref]), form)
    work()
    client.post(reverse("imports:trial", args=[upload.ref]))
    work()
    found = list(Response.objects.order_by("score").values_list("score", "comment", "opens_case"))
    assert found == [(3, "Źle", False), (10, "Świetnie", False)]


def test_a_killed_worker_goes_on_where_it_stopped(
    company: Company, client: Client, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loopwell.jobs.models import Job
    from loopwell.people.importing import runner

    client.force_login(company.alice)
    rows = "".join(f"{n},n{n}@mail.example\n" for n in range(25))
    upload = bring(client, "customers", "c.csv", f"id,email\n{rows}nobody,\nx,bad\n".encode())
    form = {"field-external_id": "id", "field-email": "email", "action": "trial"}
    client.post(reverse("imports:mapping", args=[upload.ref]), form)
    work()
    monkeypatch.setattr(runner, "CHUNK", 10)
    original = runner.Run._remember
    calls = []

    def dies(self: runner.Run, *args: object) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        original(self, *args)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(runner.Run, "_remember", dies)
    client.post(reverse("imports:trial", args=[upload.ref]))
    with pytest.raises(KeyboardInterrupt):
        work()
    assert Customer.objects.count() == 20
    Job.objects.filter(finished_at=None).update(leased_until=None)
    work()

    upload.refresh_from_db()
    assert Customer.objects.count() == 26
    assert upload.result["counts"] == {"new": 16, "changed": 0, "same": 10, "refused": 1}


def test_a_file_that_is_no_table_says_so_before_anything(
    company: Company, client: Client, media: Path
) -> None:
    client.force_login(company.alice)
    upload = bring(client, "customers", "login.csv", b"<!doctype html><html>Please log in</html>")
    page = client.get(reverse("imports:mapping", args=[upload.ref]))
    assert (page.status_code, "web page" in page.content.decode()) == (422, True)
    url = reverse("imports:new", args=["customers"])
    wrong = client.post(url, {"file": SimpleUploadedFile("a.exe", b"MZ")})
    assert (wrong.status_code, Upload.objects.count()) == (422, 1)


def test_a_trial_of_an_older_mapping_no_longer_counts(
    company: Company, client: Client, media: Path
) -> None:
    client.force_login(company.alice)
    upload = bring(client, "customers", "c.csv", b"id,email\n1,a@mail.example\n")
    mapping = reverse("imports:mapping", args=[upload.ref])
    client.post(mapping, {"field-external_id": "id", "action": "trial"})
    work()
    assert client.get(reverse("imports:trial", args=[upload.ref])).status_code == 200
    client.post(mapping, {"field-email": "email", "action": "look"})
    assert client.get(reverse("imports:trial", args=[upload.ref])).url == mapping  # type: ignore[attr-defined]  # a redirect


def test_the_list_of_uploads_asks_as_little_for_many(
    company: Company, client: Client, media: Path, django_assert_max_num_queries: Any
) -> None:
    client.force_login(company.alice)

    def add(n: int) -> None:
        for _n in range(n):
            Upload.objects.create(
                kind="accounts", filename="a.csv", path="a.csv", created_by=company.mark
            )

    add(1)
    with django_assert_max_num_queries(50) as few:
        client.get(reverse("imports:list"))
    add(15)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("imports:list"))


@pytest.mark.parametrize("name", ["imports:mapping", "imports:trial", "imports:result"])
def test_doors(company: Company, client: Client, media: Path, name: str) -> None:
    upload = Upload.objects.create(
        kind="customers", filename="a.csv", path="a.csv", created_by=company.alice
    )
    url = reverse(name, args=[upload.ref])
    assert client.get(url).status_code == 302  # nobody: to the sign-in
    client.force_login(company.mark)
    assert client.get(url).status_code == 403  # a reader
    assert client.get(reverse("imports:list")).status_code == 403
    client.force_login(company.alice)
    assert client.get(reverse(name, args=["nosuchupload"])).status_code == 404


def test_damage_that_shows_in_the_rows_names_the_file_as_the_person_knows_it(
    company: Company, client: Client, media: Path
) -> None:
    client.force_login(company.alice)
    open_quote = b'id,email,name\n1,a@mail.example,"Anna\n2,b@mail.example,Bob\n'
    upload = bring(client, "customers", "Export März.csv", open_quote)
    page = client.get(reverse("imports:mapping", args=[upload.ref]))
    assert (page.status_code, page.templates[0].name) == (422, "console/imports/unreadable.html")
    assert "Export März.csv, line 2" in page.content.decode()


@pytest.mark.parametrize("kind", ["customers", "accounts", "answers"])
def test_without_the_column_everything_hangs_on_no_trial_begins(
    company: Company, client: Client, media: Path, kind: str
) -> None:
    client.force_login(company.alice)
    upload = bring(client, kind, "a.csv", b"one,two\n1,2\n")
    mapping = reverse("imports:mapping", args=[upload.ref])
    page = client.post(mapping, {"keep": ["one", "two"], "action": "trial"}, follow=True)
    assert "Choose the column of the" in page.content.decode()
    upload.refresh_from_db()
    assert (upload.job_ref, page.redirect_chain) == ("", [(mapping, 302)])


def test_another_tab_cannot_change_the_columns_under_a_running_import(
    company: Company, client: Client, media: Path
) -> None:
    client.force_login(company.alice)
    upload = bring(client, "customers", "c.csv", b"id,email\n1,a@mail.example\n")
    mapping = reverse("imports:mapping", args=[upload.ref])
    client.post(mapping, {"field-external_id": "id", "action": "trial"})
    other_tab = client.post(mapping, {"field-email": "email", "action": "look"})
    upload.refresh_from_db()
    assert (other_tab.status_code, upload.mapping) == (409, {"external_id": "id"})


def test_a_row_overruled_names_the_line_that_counts(
    company: Company, client: Client, media: Path
) -> None:
    client.force_login(company.alice)
    upload = bring(client, "customers", "c.csv", b"id,name\n1,Anna\n1,Ann\n")
    mapping = reverse("imports:mapping", args=[upload.ref])
    client.post(mapping, {"field-external_id": "id", "field-name": "name", "action": "trial"})
    work()
    upload.refresh_from_db()
    assert [each["value"] for each in upload.trial["examples"]] == ["line 3"]


def test_a_second_click_on_import_shows_the_import_that_runs(
    company: Company, client: Client, media: Path
) -> None:
    client.force_login(company.alice)
    upload = bring(client, "customers", "c.csv", b"id,email\n1,a@mail.example\n")
    mapping = reverse("imports:mapping", args=[upload.ref])
    client.post(mapping, {"field-external_id": "id", "action": "trial"})
    trial = reverse("imports:trial", args=[upload.ref])
    assert client.post(trial).status_code == 409  # the trial itself still runs
    work()
    result = reverse("imports:result", args=[upload.ref])
    answers = [client.post(trial) for _click in range(2)]
    assert [(each.status_code, each.url) for each in answers] == [(302, result)] * 2  # type: ignore[attr-defined]  # redirects
    work()
    assert Customer.objects.count() == 1


def test_large_counts_are_written_as_everywhere_else() -> None:
    report = {"extra": {"customers": 3031}}
    counts = dict.fromkeys(("new", "changed", "same", "refused"), 0)
    page = render_to_string("console/imports/_report.html", {"report": report, "counts": counts})
    assert "3,031 new customers" in page


def test_interactions_go_the_whole_way(company: Company, client: Client, media: Path) -> None:
    client.force_login(company.alice)
    Customer.objects.create(external_id="C1", unit=company.north)
    text = (
        "Order;Event;When;Client;Plan\n"
        "A1;delivery;02/13/2026 10:00;C1;gold\n"
        "A2;delivery;02/14/2026 10:00;C2;gold\n"
        "A3;delivery;02/14/2031 10:00;C1;gold\n"
    )
    upload = bring(client, "interactions", "events.csv", text.encode())
    page = client.get(reverse("imports:mapping", args=[upload.ref])).content.decode()
    assert "This moment is still to come" not in page  # its column is unknown yet
    form = {"field-external_id": "Order", "field-touchpoint": "Event",
            "field-customer_id": "Client", "keep": ["Plan"], "time_zone": "Europe/Warsaw",
            "action": "trial"}  # fmt: skip

    lacking = client.post(reverse("imports:mapping", args=[upload.ref]), form, follow=True)
    assert "Choose the column of the time." in lacking.content.decode()
    client.post(reverse("imports:mapping", args=[upload.ref]), form | {"field-at": "When"})
    work()
    trial = client.get(reverse("imports:trial", args=[upload.ref]))
    assert trial.context["counts"] == {"new": 1, "changed": 0, "same": 0, "held": 1, "refused": 1}
    client.post(reverse("imports:trial", args=[upload.ref]))
    work()

    result = client.get(reverse("imports:result", args=[upload.ref])).content.decode()
    assert reverse("sources:held") in result
    one = Interaction.objects.get()
    assert (one.external_id, one.at.isoformat()) == ("A1", "2026-02-13T09:00:00+00:00")
    assert one.properties == {"plan": "gold"}
    told = rejects_path(upload, "import").read_text(encoding="utf-8-sig")
    assert "4,When,This moment is still to come" in told
