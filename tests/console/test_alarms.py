"""Can people read what they were told and say how they want it, and nobody else's?"""

import re
from typing import Any

import pytest
from django.test import Client

from loopwell.access.enums import Right
from loopwell.access.operations import create_api_key
from loopwell.access.rules import SYSTEM
from loopwell.journal.operations import append
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import Event
from loopwell.notify.models import Alarm, Preference, QuietHours, Target
from tests.cases.conftest import Answer, answer
from tests.conftest import NOW, Company

__all__ = ["answer"]


def mentioned(company: Company, case_id: int) -> Alarm:
    payload = {"tell": [company.mark.pk], "case": case_id}
    append(actor=SYSTEM, now=NOW, events=[Event("case.mentioned", "case", case_id, payload)])
    consume_all(now=NOW)
    return Alarm.objects.get(user=company.mark, kind="case.mentioned")


@pytest.fixture
def alarm(answer: Answer, company: Company) -> Alarm:
    return mentioned(company, answer(comment="Nobody called").case.pk)


def test_the_inbox_leads_to_the_case_and_notes_that_it_was_read(
    alarm: Alarm, company: Company, client: Client
) -> None:
    client.force_login(company.mark)
    page = client.get("/alarms/").content.decode()
    assert "mentioned you in the case of" in page
    assert "Nobody called" in page
    assert client.get("/alarms/count/").json() == {"unread": 2, "words": "Alarms: 2 not read"}
    assert alarm.case is not None
    answered = client.post(f"/alarms/{alarm.ref}/")
    assert answered.headers["Location"] == f"/cases/{alarm.case.ref}/"
    assert client.get("/alarms/count/").json()["unread"] == 1
    client.post("/alarms/read/", {"up_to": "nonsense"})
    assert client.get("/alarms/count/").json() == {"unread": 0, "words": "Alarms"}


def test_a_look_alone_marks_nothing(alarm: Alarm, company: Company, client: Client) -> None:
    """Mail programs and browsers follow links ahead."""
    client.force_login(company.mark)
    client.get(f"/alarms/{alarm.ref}/")
    alarm.refresh_from_db()
    assert alarm.read_at is None


def test_an_alarm_of_somebody_else_is_unknown(
    alarm: Alarm, company: Company, client: Client
) -> None:
    client.force_login(company.alice)
    for path in (f"/alarms/{alarm.ref}/", f"/alarms/{alarm.ref}/read/"):
        assert client.post(path).status_code == 404


def test_one_chooses_how_one_is_told(company: Company, client: Client) -> None:
    client.force_login(company.fiona)
    assert client.post("/me/alarms/", {"case.mentioned|email": "daily"}).status_code == 302
    assert Preference.objects.get().how == "daily"
    assert "In the daily digest" in client.get("/me/alarms/").content.decode()
    assert client.post("/me/alarms/", {"case.mentioned|email": "x"}).status_code == 422
    client.post("/me/alarms/quiet/", {"begins": "22:00", "ends": "06:30", "urgent_passes": "on"})
    row = QuietHours.objects.get(user=company.fiona)
    assert (str(row.begins), str(row.ends), row.weekends) == ("22:00:00", "06:30:00", False)
    assert client.post("/me/alarms/quiet/", {"begins": "22:00"}).status_code == 422


def test_a_chats_address_is_never_shown_again(company: Company, client: Client) -> None:
    client.force_login(company.fiona)
    secret = "TIiajkdnlazkcOXrIdevi7FQ"
    hook = f"https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/{secret}"
    assert client.post("/me/alarms/targets/", {"name": "", "address": hook}).status_code == 422
    client.post("/me/alarms/targets/", {"name": "Slack", "address": hook})
    page = client.get("/me/alarms/").content.decode()
    assert "Slack · …" in page
    assert secret not in page
    wrong = client.post("/me/alarms/targets/", {"name": "x", "address": "syslog://"})
    assert wrong.status_code == 422
    assert "does not send to Syslog" in wrong.content.decode()
    target = Target.objects.get()
    client.force_login(company.mark)
    for act in ("try", "switch", "remove"):
        assert client.post(f"/me/alarms/targets/{target.ref}/{act}/").status_code == 404


def test_a_team_channel_is_for_those_who_lead(company: Company, client: Client) -> None:
    facts = {"name": "#s", "address": "ntfys://ntfy.example.com/t", "unit": company.south.ref}
    client.force_login(company.fiona)
    assert client.post("/alarms/teams/add/", facts).status_code == 403
    client.force_login(company.mark)
    assert client.post("/alarms/teams/add/", facts).status_code in (404, 422)
    client.force_login(company.oscar)
    assert client.post("/alarms/teams/add/", facts).status_code == 302
    assert "ntfy · ntfy.example.com" in client.get("/alarms/teams/").content.decode()


def test_the_webhook_pages(company: Company, client: Client, settings: Any) -> None:
    client.force_login(company.mark)
    assert client.get("/webhooks/").status_code == 403
    client.force_login(company.alice)
    facts = {"name": "CRM", "url": "https://crm.example.com/in", "types": ["case.opened"],
             "unit": company.root.ref}  # fmt: skip
    assert client.post("/webhooks/add/", facts | {"url": "ftp://x"}).status_code == 422
    made = client.post("/webhooks/add/", facts).content.decode()
    assert "whsec_" in made
    (ref,) = set(re.findall(r"/webhooks/(\w+)/", made)) - {"add"}
    page = client.get(f"/webhooks/{ref}/").content.decode()
    assert "whsec_" not in page
    assert "A case was opened" in page
    assert client.post(f"/webhooks/{ref}/secret/").content.decode().count("whsec_") == 1
    client.post(f"/webhooks/{ref}/switch/", {"on": "0"})
    assert "switched off" in client.get("/webhooks/").content.decode()
    client.post(f"/webhooks/{ref}/remove/")
    assert client.get(f"/webhooks/{ref}/").status_code == 404


def test_a_key_reads_the_alarms_of_whoever_made_it(
    alarm: Alarm, company: Company, client: Client
) -> None:
    def key(unit: Any, user: Any) -> dict[str, str]:
        _key, secret = create_api_key(
            actor=SYSTEM, name="k", rights=[Right.READ_CASES], unit=unit, user=user, now=NOW
        )
        return {"Authorization": f"Bearer {secret}"}

    mine = key(company.north, company.mark)
    items = client.get("/api/v1/alarms", headers=mine).json()["items"]
    assert [item["kind"] for item in items] == ["case.opened", "case.mentioned"]
    path = f"/api/v1/alarms/{alarm.ref}"
    read = client.post(path, {"read": True}, content_type="application/json", headers=mine)
    assert read.json()["read_at"] is not None
    assert len(client.get("/api/v1/alarms?read=false", headers=mine).json()["items"]) == 1
    for other in (key(company.south, company.mark), key(company.root, company.alice)):
        assert client.get("/api/v1/alarms", headers=other).json()["items"] == []
        posted = client.post(path, {"read": True}, content_type="application/json", headers=other)
        assert posted.status_code == 404
