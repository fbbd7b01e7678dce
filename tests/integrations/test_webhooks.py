"""Does another system hear of what happened, signed, once by its id, and nothing is lost?"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from loopwell.integrations.webhooks import operations as webhooks
from loopwell.integrations.webhooks.models import Attempt, Delivery, Endpoint
from loopwell.integrations.webhooks.operations import Wanted
from loopwell.integrations.webhooks.queries import endpoints
from loopwell.integrations.webhooks.rules import LEASE, TRIES, WAITS
from loopwell.integrations.webhooks.sending import send_deliveries
from loopwell.journal.models import Cursor
from loopwell.journal.operations import append
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid, NotFound
from loopwell.notify.models import Alarm
from loopwell.responses.models import Response
from tests import factories
from tests.conftest import NOW, Company
from tests.integrations.gateway import Gateway, gateway

MINUTE = timedelta(minutes=1)
BEFORE = NOW - timedelta(days=1)


@pytest.fixture
def other(settings: Any) -> Iterator[Gateway]:
    settings.ALLOW_PRIVATE_NETWORKS = True
    with gateway() as state:
        yield state


def made(company: Company, other: Gateway, **facts: Any) -> tuple[Endpoint, str]:
    wanted = {"name": "CRM", "url": f"{other.url}/in", "unit": company.root,
              "types": ["response.recorded"]} | facts  # fmt: skip
    return webhooks.add_endpoint(actor=company.actor("alice"), now=BEFORE, wanted=Wanted(**wanted))


def recorded(company: Company, **fields: Any) -> Response:
    answer = factories.response(**{"score": 9, "unit": company.north, "comment": "Nice"} | fields)
    append(actor=company.actor("alice"), now=NOW,
           events=[Event("response.recorded", "response", answer.pk)])  # fmt: skip
    consume_all(now=NOW)
    return answer


def test_an_event_is_told_signed_and_once(company: Company, other: Gateway) -> None:
    _endpoint, secret = made(company, other)
    answer = recorded(company)
    now = datetime.now(UTC)
    assert send_deliveries(now) == 1
    (told,) = other.told
    said = Webhook(secret).verify(told.body, told.headers)
    assert (said["type"], said["version"]) == ("response.recorded", 1)
    assert said["data"]["response"]["ref"] == answer.ref
    assert said["data"]["response"]["score"] == 9
    assert "Nice" not in told.body
    assert "@" not in told.body
    Cursor.objects.filter(consumer="webhooks").update(xid=0, entry_id=0)
    consume_all(now=NOW)
    send_deliveries(now + MINUTE)
    assert len(other.told) == 1


def test_a_comment_goes_along_only_where_it_is_wanted(company: Company, other: Gateway) -> None:
    made(company, other, with_comments=True)
    recorded(company)
    send_deliveries(NOW)
    assert json.loads(other.told[0].body)["data"]["comment"] == "Nice"


def test_only_its_unit_and_its_types(company: Company, other: Gateway) -> None:
    made(company, other, unit=company.south)
    made(company, other, types=["case.closed"])
    recorded(company)
    recorded(company, is_test=True)
    assert Delivery.objects.count() == 0
    recorded(company, unit=company.south)
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "said"),
    [({"status": 500, "reply": "boom\nmore"}, "boom"), ({"hang_up": True}, ""),
     ({"status": 302, "location": "http://127.0.0.1/inside"}, "")],
)  # fmt: skip
def test_what_fails_is_tried_again_with_the_same_id(
    company: Company, other: Gateway, answers: dict[str, Any], said: str
) -> None:
    made(company, other)
    recorded(company)
    for name, value in answers.items():
        setattr(other, name, value)
    assert send_deliveries(NOW) == 0
    attempt = Attempt.objects.get()
    assert attempt.error or attempt.status == 500
    assert said in attempt.reply
    assert "more" not in attempt.reply
    send_deliveries(NOW)
    assert len(other.told) == 1
    other.status, other.hang_up, other.location = 204, False, ""
    assert send_deliveries(NOW + MINUTE) == 1
    assert len({told.headers["webhook-id"] for told in other.told}) == 1
    assert Delivery.objects.get().tries == 2


def test_a_slow_endpoint_is_tried_again(
    company: Company, other: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loopwell.integrations.webhooks.sending.SECONDS", 0.2)
    made(company, other)
    recorded(company)
    other.delay = 0.5
    send_deliveries(NOW)
    assert "Timeout" in Attempt.objects.get().error
    other.delay = 0
    assert send_deliveries(NOW + MINUTE) == 1


def test_after_a_day_of_failures_it_pauses_and_tells_and_loses_nothing(
    company: Company, other: Gateway
) -> None:
    endpoint, _secret = made(company, other)
    first, second = recorded(company), recorded(company)
    other.status, at = 503, NOW
    for _try in range(TRIES):
        send_deliveries(at)
        at += max(WAITS)
    endpoint.refresh_from_db()
    assert endpoint.paused_at is not None
    assert "503" in endpoint.paused_why
    assert len(other.told) == TRIES
    consume_all(now=at)
    alarm = Alarm.objects.get(kind="webhook.paused")
    assert (alarm.user, alarm.facts["title"]) == (company.alice, "CRM")
    other.status = 200
    send_deliveries(at + MINUTE)
    assert len(other.told) == TRIES
    third = recorded(company)
    alice = company.actor("alice")
    assert webhooks.resume_endpoint(actor=alice, now=at, ref=endpoint.ref) == 3
    assert send_deliveries(at) == 3
    refs = {json.loads(told.body)["data"]["response"]["ref"] for told in other.told[TRIES:]}
    assert refs == {first.ref, second.ref, third.ref}


def test_gone_means_paused_at_once(company: Company, other: Gateway) -> None:
    endpoint, _secret = made(company, other)
    recorded(company)
    other.status = 410
    send_deliveries(NOW)
    endpoint.refresh_from_db()
    assert endpoint.paused_at == NOW


def test_one_bad_event_holds_up_no_other(company: Company, other: Gateway) -> None:
    made(company, other)
    recorded(company)
    other.status = 400
    send_deliveries(NOW)
    other.status = 200
    recorded(company)
    assert send_deliveries(NOW + 10 * MINUTE) == 2


def test_a_worker_that_died_leaves_it_for_another(company: Company, other: Gateway) -> None:
    made(company, other)
    recorded(company)
    Delivery.objects.update(claimed_at=NOW)
    assert send_deliveries(NOW + MINUTE) == 0
    assert send_deliveries(NOW + LEASE + MINUTE) == 1


def test_nobody_is_led_into_our_network(company: Company, other: Gateway, settings: Any) -> None:
    made(company, other)
    recorded(company)
    settings.ALLOW_PRIVATE_NETWORKS = False
    with pytest.raises(Invalid):
        made(company, other)
    url = other.url.replace("http", "https")
    Endpoint.objects.update(url=url)
    send_deliveries(NOW)
    assert "private network" in Attempt.objects.get().error
    assert other.told == []


def test_while_a_secret_is_replaced_both_hold(company: Company, other: Gateway) -> None:
    endpoint, old = made(company, other)
    now = datetime.now(UTC)
    alice = company.actor("alice")
    _endpoint, new = webhooks.rotate_secret(actor=alice, now=now, ref=endpoint.ref)
    assert new not in Endpoint.objects.get().sealed
    webhooks.send_test(actor=alice, now=now, ref=endpoint.ref)
    for secret in (old, new):
        Webhook(secret).verify(other.told[0].body, other.told[0].headers)


def test_a_test_and_sending_again(company: Company, other: Gateway) -> None:
    endpoint, _secret = made(company, other)
    alice = company.actor("alice")
    assert webhooks.send_test(actor=alice, now=NOW, ref=endpoint.ref).status == 200
    recorded(company)
    send_deliveries(NOW)
    delivery = Delivery.objects.get(type="response.recorded")
    webhooks.send_again(actor=alice, now=NOW, ref=delivery.ref)
    assert send_deliveries(NOW) == 1
    assert other.told[1].headers["webhook-id"] == other.told[2].headers["webhook-id"]


def test_only_who_manages_access(company: Company, other: Gateway) -> None:
    endpoint, _secret = made(company, other)
    with pytest.raises(Forbidden):
        endpoints(company.actor("mark"))
    with pytest.raises(NotFound):
        webhooks.send_test(actor=company.actor("alice"), now=NOW, ref="nothing")
    assert endpoints(company.actor("alice")).get() == endpoint
