"""Held answers through the API: listed, accepted once, refused, and whose they are."""

from datetime import timedelta

import pytest

from loopwell.access.enums import Right
from loopwell.responses.holding import receive
from loopwell.responses.models import HeldAnswer, Response
from loopwell.responses.rules import Answer
from tests import factories
from tests.api.conftest import Programs
from tests.conftest import NOW, Company


@pytest.fixture
def held(company: Company) -> HeldAnswer:
    asked = factories.invitation(
        sent_at=NOW, unit=company.north, expires_at=NOW + timedelta(days=30)
    )
    receive(invitation_ref=asked.ref, answer=Answer(2, "Late"), now=NOW)
    return HeldAnswer.objects.get()


def test_one_is_accepted_once(company: Company, program: Programs, held: HeldAnswer) -> None:
    mine = program()
    (shown,) = mine.get("/held-answers").json()["items"]
    assert (shown["ref"], shown["score"], shown["comment"]) == (held.ref, 2, "Late")
    assert (shown["doubt"], shown["response"]) == ("too_soon", None)

    accepted = mine.post(f"/held-answers/{held.ref}", {"decision": "accept"})

    assert accepted.status_code == 200
    assert accepted.json()["response"] == Response.objects.get().ref
    assert mine.post(f"/held-answers/{held.ref}", {"decision": "refuse"}).status_code == 409
    assert mine.get("/held-answers").json()["items"] == []
    assert len(mine.get("/held-answers?decided=true").json()["items"]) == 1


def test_one_is_refused(company: Company, program: Programs, held: HeldAnswer) -> None:
    assert program().post(f"/held-answers/{held.ref}", {"decision": "refuse"}).status_code == 200
    assert Response.objects.count() == 0


def test_only_of_the_own_unit_and_with_the_right(
    company: Company, program: Programs, held: HeldAnswer
) -> None:
    elsewhere = program(company.south)
    assert elsewhere.get("/held-answers").json()["items"] == []
    assert elsewhere.post(f"/held-answers/{held.ref}", {"decision": "accept"}).status_code == 404

    reader = program(rights=[Right.READ_ANSWERS])
    assert reader.get("/held-answers").status_code == 403
    assert reader.post(f"/held-answers/{held.ref}", {"decision": "accept"}).status_code == 403
