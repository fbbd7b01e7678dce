"""Redress is read and promises are kept by programs too, each in their own part."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from loopwell.cases.enums import RedressState
from loopwell.cases.models import Case, FurtherAction, Redress
from tests import factories
from tests.api.conftest import Programs
from tests.conftest import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(company: Company) -> Case:
    now = timezone.now()
    answer = factories.response(score=2, unit=company.north)
    return Case.objects.create(
        response=answer, customer=answer.customer, unit=company.north, owner=company.mark, score=2,
        opened_at=now, due_at=now, next_step_at=now,
    )  # fmt: skip


def test_redress_is_read(case: Case, company: Company, program: Programs) -> None:
    Redress.objects.create(
        case=case, what="Voucher", amount=Decimal("20"), currency="EUR", state=RedressState.ASKED,
        by=company.fiona,
    )  # fmt: skip
    mine, south = program(), program(company.south)

    (row,) = mine.get("/redress?state=asked").json()["items"]

    assert (row["case"], row["amount"], row["state"]) == (case.ref, "20.00", "asked")
    assert mine.get("/redress?state=given").json()["items"] == []
    assert south.get("/redress").json()["items"] == []


def test_a_promise_is_kept(case: Case, company: Company, program: Programs) -> None:
    due = timezone.localdate() + timedelta(days=2)
    action = FurtherAction.objects.create(case=case, what="Send a van", owner=company.fiona,
                                          due_on=due)  # fmt: skip
    mine, south = program(), program(company.south)

    (row,) = mine.get("/actions?open=true").json()["items"]
    empty = mine.post(f"/actions/{action.ref}/done", {"outcome": " "})
    done = mine.post(f"/actions/{action.ref}/done", {"outcome": "The van came."})

    assert (row["case"], row["due_on"], row["done_at"]) == (case.ref, due.isoformat(), None)
    assert empty.status_code == 422
    assert (done.status_code, done.json()["outcome"]) == (200, "The van came.")
    assert mine.get("/actions?open=true").json()["items"] == []
    assert south.get("/actions").json()["items"] == []
    assert south.post(f"/actions/{action.ref}/done", {"outcome": "x"}).status_code == 404
