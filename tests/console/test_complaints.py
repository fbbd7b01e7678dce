"""Complaints on their page: of one's own units, brought by a file through all its steps."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pptx import Presentation

from loopwell.jobs.running import run_all
from loopwell.people.models import Upload
from loopwell.themes.enums import MentionSource, ReportWay, ThemeKind
from loopwell.themes.models import Coding, Mention, Report, Theme
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def late(company: Company) -> Theme:
    return Theme.objects.create(slug="came-late", names={"en": "Came late"}, kind=ThemeKind.DEFECT)


def told(theme: Theme, company: Company, count: int, on: date, unit: str = "north") -> None:
    Report.objects.create(
        theme=theme, unit=getattr(company, unit), way=ReportWay.COMPLAINTS, on=on, count=count
    )


def test_months_of_ones_own_units(client: Client, company: Company, late: Theme) -> None:
    told(late, company, 4, date(2026, 1, 1))
    told(late, company, 3, date(2026, 1, 14))
    told(late, company, 5, date(2025, 11, 1))
    told(late, company, 900, date(2026, 1, 1), unit="south")
    client.force_login(company.mark)
    page = client.get(reverse("complaints:index"))
    ((title, (line,)),) = page.context["groups"]
    assert (title, line.told.total) == ("Complaints", 12)
    assert line.counts == [None] * 7 + [5, 0, 7, None, None], "before the first, after the last"
    assert b"900" not in page.content
    assert reverse("imports:new", args=["reports"]).encode() not in page.content


def test_a_file_to_fill_in_is_understood_when_it_comes_back(
    client: Client, company: Company, late: Theme, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(company.alice)
    empty = client.get(reverse("complaints:index"))
    assert "No complaints yet" in empty.content.decode()
    text = client.get(reverse("complaints:template")).content.decode("utf-8-sig")
    head, *rows = text.splitlines()
    row = next(each for each in rows if each.startswith("Came late,N1,"))
    filled = f"{head}\n{row}17\n"
    file = SimpleUploadedFile("complaints.csv", filled.encode(), "text/csv")
    client.post(reverse("imports:new", args=["reports"]), {"file": file})
    upload = Upload.objects.get()
    proposed = client.get(reverse("imports:mapping", args=[upload.ref]))
    fields = {f"field-{row.field.name}": row.column for row in proposed.context["field_rows"]}
    assert set(fields.values()) == {"Theme", "Unit", "Month", "How many", ""}
    (shown,) = proposed.context["preview"]
    assert [cell.text for cell in shown.cells][::3] == ["Came late", "17"]
    client.post(reverse("imports:mapping", args=[upload.ref]), {**fields, "action": "trial"})
    run_all(NOW)
    assert not Report.objects.exists(), "a trial changes nothing"
    client.post(reverse("imports:trial", args=[upload.ref]))
    run_all(NOW)
    report = Report.objects.get()
    assert (report.theme, report.unit, report.on, report.count) == (
        late, company.north, date(2026, 2, 1), 17,
    )  # fmt: skip
    done = client.get(reverse("imports:result", args=[upload.ref]))
    assert reverse("complaints:index").encode() in done.content


def test_who_may_bring_them(client: Client, company: Company, late: Theme) -> None:
    client.force_login(company.fiona)
    assert client.get(reverse("complaints:index")).status_code == 200
    for address in (reverse("complaints:template"), reverse("imports:new", args=["reports"])):
        assert client.get(address).status_code == 403


def test_the_list_asks_as_little_for_many(
    client: Client, company: Company, late: Theme, django_assert_max_num_queries: Any
) -> None:
    client.force_login(company.alice)
    for place in range(30):
        name = f"theme-{place}"
        theme = Theme.objects.create(slug=name, names={"en": name}, kind=ThemeKind.DEFECT)
        told(theme, company, 1, date(2026, 1, 1))
    with django_assert_max_num_queries(25):
        page = client.get(reverse("complaints:index"))
    ((_title, lines),) = page.context["groups"]
    assert len(lines) == 30


def test_the_map_marks_what_hardly_anybody_complains_of(
    client: Client, company: Company, late: Theme, built: Callable[[], int]
) -> None:
    area = Theme.objects.create(slug="money", names={"en": "Money"}, kind=ThemeKind.DEFECT)
    bill = Theme.objects.create(
        slug="bill", names={"en": "Bill"}, kind=ThemeKind.DEFECT, parent=area
    )
    for place in range(200):
        answer = factories.response(
            score=2, comment="Words.", unit=company.north, answered_at=NOW,
            customer=factories.customer(unit=company.north),
        )  # fmt: skip
        Coding.objects.create(response=answer, coder=company.alice, at=NOW)
        if place < 180:
            Mention.objects.create(
                response=answer, theme=late if place < 120 else bill, weight=100, at=NOW,
                source=MentionSource.CODER,
            )  # fmt: skip
    told(late, company, 2, date(2026, 2, 1))
    told(bill, company, 60, date(2026, 2, 1))
    built()
    client.force_login(company.mark)

    page = client.get(reverse("pains:index"))
    marks = {line.pain.theme: (line.one_in, line.is_quiet) for line in page.context["lines"]}
    assert marks == {late: ("1 in 60", True), bill: ("1 in 1", False)}
    quiet = client.get(reverse("pains:index"), {"show": "quiet"})
    assert [line.pain.theme for line in quiet.context["lines"]] == [late]
    areas = client.get(reverse("pains:index"), {"level": "areas"})
    assert {line.pain.theme for line in areas.context["lines"]} == {late, area}
    narrowed = client.get(reverse("pains:index"), {"kind": "relationship"})
    assert {line.one_in for line in narrowed.context["lines"]} == {"–"}
    one = client.get(reverse("pains:problem", args=["came-late"])).content.decode()
    assert "One in 60 of those affected complained." in one
    deck = client.get(reverse("pains:deck"), {"show": "quiet"})
    first, *rest = Presentation(BytesIO(deck.content)).slides
    (table,) = [shape.table for shape in first.shapes if shape.has_table]
    assert [cell.text for cell in table.rows[1].cells][::5] == ["Came late", "1 in 60"]
    assert len(rest) == 1
