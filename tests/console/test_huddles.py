"""Do the pages of huddles work for who leads, who takes part, and who is elsewhere?"""

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.huddles.models import Commitment, Huddle
from loopwell.huddles.rules.weeks import monday_of, week_text
from tests import factories
from tests.conftest import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def week() -> str:
    return week_text(monday_of(timezone.localdate()))


def test_everybody_finds_their_own_team(client: Client, company: Company, week: str) -> None:
    client.force_login(company.fiona)
    reply = client.get("/huddles/")
    assert reply.headers["Location"] == f"/huddles/{company.north.ref}/{week}/"
    client.force_login(company.alice)
    assert "North" in client.get("/huddles/?choose").content.decode()


def test_a_huddle_by_pages(client: Client, company: Company, week: str) -> None:
    here = f"/huddles/{company.north.ref}/{week}/"
    factories.response(
        score=10, comment="Kind people", unit=company.north, answered_at=timezone.now()
    )
    client.force_login(company.mark)
    assert "Kind people" in client.get(here).content.decode()
    bad = client.post(f"{here}commit/", {"what": "Call", "owner": "", "due_on": "x"})
    assert bad.status_code == 422
    facts = {"what": "Call first", "owner": company.fiona.ref, "due_on": "2099-01-01"}
    assert client.post(f"{here}commit/", facts).status_code == 302
    assert client.post(f"{here}hold/", {"notes": "Short", "attended": "5"}).status_code == 302
    text = client.get(here + "?aloud").content.decode()
    assert "5 people were there" in text
    assert "Call first" in text
    client.force_login(company.fiona)
    assert "Call first" in client.get("/huddles/mine/").content.decode()
    assert client.post(f"{here}hold/", {"notes": ""}).status_code == 403
    row = Commitment.objects.get()
    done = client.post(f"/huddles/commitments/{row.ref}/done/", {"outcome": "ok", "back": here})
    assert done.headers["Location"] == here
    away = client.post(
        f"/huddles/commitments/{row.ref}/again/", {"back": "https://elsewhere.example/"}
    )
    assert away.headers["Location"] == "/huddles/mine/"
    client.force_login(company.mark)
    assert client.post(f"{here}not-held/").status_code == 302
    assert Huddle.objects.get().held_at is None


@pytest.mark.parametrize("bad", ["2026-W60", "nonsense", "2099-W01"])
def test_a_week_that_is_none(client: Client, company: Company, bad: str) -> None:
    client.force_login(company.mark)
    assert client.get(f"/huddles/{company.north.ref}/{bad}/").status_code == 404


def test_other_teams_are_not_found(client: Client, company: Company, week: str) -> None:
    client.force_login(company.oscar)
    assert client.get(f"/huddles/{company.north.ref}/{week}/").status_code == 404
    row = Commitment.objects.create(
        unit=company.north, what="x", owner=company.fiona, due_on="2099-01-01", week="2026-01-05"
    )
    assert client.post(f"/huddles/commitments/{row.ref}/done/").status_code == 404
