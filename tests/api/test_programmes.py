"""Programmes and decisions through the API: seen, started, paused, and whose they are."""

from datetime import datetime

import pytest

from loopwell.access.enums import Right
from loopwell.access.rules import SYSTEM
from loopwell.sampling.enums import ProgrammeKind
from loopwell.sampling.models import Decision, Programme, Run
from loopwell.sampling.operations import create_programme
from loopwell.sampling.rules import CustomerFilter, ProgrammeDraft
from tests import factories
from tests.api.conftest import Programs
from tests.conftest import Company


@pytest.fixture
def programme(company: Company, now: datetime) -> Programme:
    draft = ProgrammeDraft(
        kind=ProgrammeKind.RELATIONSHIP,
        name="In turn",
        wanted=CustomerFilter(unit=company.north.ref),
    )
    survey = factories.version().survey
    return create_programme(actor=SYSTEM, survey=survey, draft=draft, now=now)


def test_one_is_listed_started_and_ended_once(
    company: Company, program: Programs, programme: Programme
) -> None:
    factories.invitation(programme=programme)
    mine = program()
    (shown,) = mine.get("/programmes").json()["items"]
    assert (shown["ref"], shown["state"], shown["planned"]) == (programme.ref, "planned", 1)
    assert mine.get("/programmes?kind=transactional").json()["items"] == []

    for action, status, state in (
        ("pause", 409, "planned"),
        ("start", 200, "running"),
        ("pause", 200, "paused"),
        ("resume", 200, "running"),
        ("end", 200, "ended"),
        ("start", 409, "ended"),
    ):
        answer = mine.post(f"/programmes/{programme.ref}", {"action": action})
        assert answer.status_code == status
        assert mine.get(f"/programmes/{programme.ref}").json()["state"] == state
    assert mine.post(f"/programmes/{programme.ref}", {"action": "fly"}).status_code == 422


def test_a_customers_decisions_are_told_with_reasons(
    company: Company, program: Programs, programme: Programme, now: datetime
) -> None:
    ann = factories.customer(external_id="A1", unit=company.north)
    run = Run.objects.create(programme=programme, at=now, seed=1)
    Decision.objects.create(run=run, customer=ann, programme=programme, outcome="no_email")

    (told,) = program().get("/decisions?customer=A1").json()["items"]

    assert (told["programme"], told["name"], told["interaction"]) == (
        programme.ref, "In turn", None,
    )  # fmt: skip
    assert (told["outcome"], told["reason"]) == ("no_email", "without an address for this channel")
    assert program().get(f"/decisions?customer={ann.ref}").json()["items"] == [told]
    assert program().get("/decisions?customer=nobody").status_code == 422


def test_outsiders_and_readers(company: Company, program: Programs, programme: Programme) -> None:
    factories.customer(external_id="A1", unit=company.north)
    path = f"/programmes/{programme.ref}"
    south, reader = program(company.south), program(rights=[Right.READ_ANSWERS])
    assert south.get("/programmes").json()["items"] == []
    assert south.get(path).status_code == 404
    assert south.post(path, {"action": "start"}).status_code == 404
    assert south.get("/decisions?customer=A1").status_code == 422
    assert reader.get("/programmes").status_code == 403
    assert reader.post(path, {"action": "start"}).status_code == 403
    assert reader.get("/decisions?customer=A1").status_code == 403
