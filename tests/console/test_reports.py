"""Do the pages of the monthly report open for those whose unit it is, and only for them?"""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from loopwell.cases.rules.recovery import Row
from loopwell.console.reports.book import as_workbook
from loopwell.huddles.queries.report import report
from loopwell.huddles.rules.months import month_of, month_text
from tests import factories
from tests.conftest import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def month() -> str:
    return month_text(month_of(timezone.localdate()))


def test_the_report_by_pages(client: Client, company: Company, month: str) -> None:
    factories.response(
        score=1, comment="=HYPERLINK(1)", unit=company.north, answered_at=timezone.now()
    )
    client.force_login(company.mark)
    assert client.get("/reports/").headers["Location"] == f"/reports/{company.north.ref}/"
    assert month in client.get(f"/reports/{company.north.ref}/").content.decode()
    text = client.get(f"/reports/{company.north.ref}/{month}/").content.decode()
    assert "=HYPERLINK(1)" in text
    assert "Nothing was agreed." in text
    reply = client.get(f"/reports/{company.north.ref}/{month}/xlsx/")
    book = load_workbook(BytesIO(reply.content))
    assert book.sheetnames == ["Index", "Comments", "Causes", "Actions", "Still to do"]
    assert book["Comments"]["C2"].value == "'=HYPERLINK(1)"
    assert book["Comments"]["C2"].data_type == "s"


def test_the_recovery_of_a_year_has_its_sheet(company: Company) -> None:
    found = report(company.actor("mark"), company.north, date(2026, 3, 1))
    book = load_workbook(BytesIO(as_workbook("N", replace(found, recovered=Row("", 9, 2, 1, 1)))))
    name, value, low, high, n = [cell.value for cell in book["Recovery"][2]]
    assert name.startswith("No longer detractors")
    assert (value, n) == (50, 4)
    assert 0 < low < value < high < 100


def test_an_empty_unit_says_so(client: Client, company: Company, month: str) -> None:
    client.force_login(company.mark)
    assert "No answers yet" in client.get(f"/reports/{company.north.ref}/").content.decode()
    page = client.get(f"/reports/{company.north.ref}/{month}/").content.decode()
    assert "Nobody answered in this month" in page


@pytest.mark.parametrize("bad", ["2099-01", "2026-13", "x"])
def test_a_month_that_is_none(client: Client, company: Company, bad: str) -> None:
    client.force_login(company.mark)
    assert client.get(f"/reports/{company.north.ref}/{bad}/").status_code == 404


def test_others_do_not_find_it(client: Client, company: Company, month: str) -> None:
    client.force_login(company.oscar)
    for page in ("", f"{month}/", f"{month}/xlsx/"):
        assert client.get(f"/reports/{company.north.ref}/{page}").status_code == 404
