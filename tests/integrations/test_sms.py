"""Texts through real HTTP servers standing for gateways: once each, whatever they answer."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from loopwell.delivery.enums import State
from loopwell.delivery.models import Message, Suppression
from loopwell.delivery.sending import send_waiting
from loopwell.integrations.secrets import hook_secret
from loopwell.integrations.sms.segments import size_of
from loopwell.integrations.sms_http.gateway import put_in
from loopwell.integrations.twilio.signing import signature
from loopwell.sampling.links import token_of
from loopwell.sampling.models import Invitation
from tests.integrations.asked import PHONE, asked
from tests.integrations.gateway import Gateway, gateway

pytestmark = pytest.mark.usefixtures("company")
TWILIO = "twilio://AC1:secret-token@%2B48700800900"


@pytest.fixture
def http(settings: Any) -> Iterator[Gateway]:
    with gateway() as server:
        settings.SMS_URL = f"{server.url}/send"
        settings.ALLOW_PRIVATE_NETWORKS = True
        yield server


@pytest.fixture
def twilio(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    with gateway() as server:
        monkeypatch.setattr("loopwell.integrations.twilio.gateway.API", server.url)
        settings.SMS_URL = TWILIO
        settings.ALLOW_PRIVATE_NETWORKS = True
        settings.BASE_URL = "https://nps.acme.example"
        yield server


def sent(message: Message) -> Message:
    send_waiting(timezone.now())
    message.refresh_from_db()
    return message


def test_a_text_leaves_with_the_customers_link(http: Gateway, settings: Any) -> None:
    message = asked()
    assert message.to == PHONE
    assert sent(message).state == State.SENT
    (told,) = http.told
    fields = parse_qs(told.body)
    assert fields["to"] == [PHONE]
    assert fields["ref"] == [message.ref]
    link = f"{settings.BASE_URL}/r/{token_of(message.invitation.ref)}/"
    assert fields["text"] == [f"Acme: how likely are you to recommend us, 0 to 10? One tap: {link}"]
    assert (told.method, told.path) == ("POST", "/send")
    assert Invitation.objects.get().sent_at is not None
    send_waiting(timezone.now())
    assert len(http.told) == 1


def test_json_headers_id_and_success(http: Gateway, settings: Any) -> None:
    settings.SMS_BODY = '{"messages": [{"to": "{to}", "text": "{text}", "ref": "{ref}"}]}'
    settings.SMS_HEADERS = {"Authorization": "Bearer abc"}
    settings.SMS_SUCCESS, settings.SMS_ID = "messages.0.status=0", "messages.0.id"
    http.answers(200, messages=[{"status": 0, "id": "m-77"}])
    message = sent(asked(name='"Ann"\n{ref}'))
    assert message.message_id == "m-77"
    (told,) = http.told
    assert json.loads(told.body)["messages"][0]["to"] == PHONE
    assert told.headers["authorization"] == "Bearer abc"
    assert told.headers["content-type"] == "application/json"


def test_a_gateway_called_by_get(http: Gateway, settings: Any) -> None:
    settings.SMS_METHOD = "GET"
    settings.SMS_URL = f"{http.url}/send?to={{to}}&text={{text}}"
    assert sent(asked()).state == State.SENT
    assert http.told[0].path.startswith("/send?to=%2B48123456789&text=Acme%3A%20how")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (429, State.QUEUED), (503, State.QUEUED), (401, State.QUEUED), (302, State.QUEUED),
        (500, State.UNSURE), (502, State.UNSURE), (400, State.FAILED), (422, State.FAILED),
    ],
)  # fmt: skip
def test_what_the_gateway_may_have_taken_is_never_sent_again(
    http: Gateway, status: int, state: State
) -> None:
    http.answers(status, error="no")
    assert sent(asked()).state == state


def test_a_gateway_that_says_no_politely(http: Gateway, settings: Any) -> None:
    settings.SMS_SUCCESS = "status=ok"
    http.answers(200, status="error", why="no credit")
    message = sent(asked())
    assert message.state == State.FAILED
    assert "no credit" in message.error


def test_hanging_up_leaves_it_open_and_no_connection_waits(http: Gateway, settings: Any) -> None:
    http.hang_up = True
    assert sent(asked()).state == State.UNSURE
    settings.SMS_URL = "http://127.0.0.1:9/send"
    assert sent(asked(phone="+48123456780", email="b@mail.example")).state == State.QUEUED


@override_settings(SMS_URL="https://localhost/send")
def test_gateways_inside_our_network_must_be_allowed() -> None:
    message = sent(asked())
    assert message.state == State.QUEUED
    assert "LOOPWELL_ALLOW_PRIVATE_NETWORKS" in message.error


def test_without_a_gateway_texts_are_written(settings: Any, tmp_path: Any) -> None:
    settings.OUTBOX_DIR = tmp_path
    message = sent(asked())
    assert message.state == State.SENT
    assert "/r/" in (tmp_path / f"{message.ref}.eml").read_text()


def test_a_customer_without_a_phone_gets_no_text() -> None:
    with pytest.raises(Message.DoesNotExist):
        asked(phone="")


def test_invitations_to_call_get_no_message() -> None:
    with pytest.raises(Message.DoesNotExist):
        asked(channel="phone")


def test_values_are_never_read_as_names() -> None:
    values = {"to": "{text}", "text": "{ref}", "ref": "r"}
    assert put_in("{to} {text} {other} {", values, str) == "{text} {ref} {other} {"


@pytest.mark.parametrize(
    ("text", "segments", "is_unicode"),
    [
        ("a" * 160, 1, False), ("a" * 161, 2, False), ("a" * 306, 2, False), ("a" * 307, 3, False),
        ("€" * 80, 1, False), ("€" * 81, 2, False), ("я" * 70, 1, True), ("я" * 71, 2, True),
        ("ą" + "a" * 69, 1, True), ("😀" * 35, 1, True), ("😀" * 36, 2, True), ("", 1, False),
    ],
)  # fmt: skip
def test_segments(text: str, segments: int, is_unicode: bool) -> None:
    size = size_of(text)
    assert (size.segments, size.unicode) == (segments, is_unicode)


# Twilio


def test_twilio_gets_sender_key_and_where_to_report(twilio: Gateway) -> None:
    twilio.answers(201, sid="SM123")
    message = sent(asked())
    assert (message.state, message.message_id) == (State.SENT, "SM123")
    (told,) = twilio.told
    fields = parse_qs(told.body)
    assert told.path == "/2010-04-01/Accounts/AC1/Messages.json"
    assert told.headers["authorization"] == "Basic QUMxOnNlY3JldC10b2tlbg=="
    assert (fields["To"], fields["From"]) == ([PHONE], ["+48700800900"])
    assert fields["StatusCallback"] == [
        f"https://nps.acme.example/hooks/twilio/status/?ref={message.ref}"
    ]


@pytest.mark.parametrize(
    ("status", "code", "state", "never_again"),
    [
        (400, 21211, State.FAILED, True), (400, 21614, State.FAILED, True),
        (400, 21408, State.FAILED, False), (429, 20429, State.QUEUED, False),
        (401, 20003, State.QUEUED, False), (500, 20500, State.UNSURE, False),
    ],
)  # fmt: skip
def test_twilios_answers(
    twilio: Gateway, status: int, code: int, state: State, never_again: bool
) -> None:
    twilio.answers(status, code=code, message="no")
    assert sent(asked()).state == state
    assert Suppression.objects.filter(address=PHONE).exists() is never_again


def post(client: Client, path: str, fields: dict[str, str], *, token: str = "") -> int:
    url = f"https://nps.acme.example{path}"
    return client.post(
        path,
        fields,
        headers={"X-Twilio-Signature": signature(token or "secret-token", url, fields)},
    ).status_code


def test_twilio_reports_are_believed_only_when_signed(twilio: Gateway, client: Client) -> None:
    twilio.answers(201, sid="SM123")
    message = sent(asked())
    path = f"/hooks/twilio/status/?ref={message.ref}"
    fields = {"MessageSid": "SM123", "MessageStatus": "undelivered", "ErrorCode": "30005"}
    assert post(client, path, fields, token="wrong") == 403
    assert client.post(path, fields).status_code == 403
    assert not Suppression.objects.exists()
    assert post(client, path, fields) == 204
    assert post(client, path, fields) == 204
    message.refresh_from_db()
    assert message.state == State.BOUNCED
    assert Suppression.objects.get().address == PHONE
    assert post(client, "/hooks/twilio/status/?ref=unknown", {**fields, "MessageSid": "x"}) == 204


def test_twilios_own_example_of_a_signature() -> None:
    """The example of Twilio's manual on request validation."""
    fields = {
        "CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234",
        "From": "+14158675309", "To": "+18005551212",
    }  # fmt: skip
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert signature("12345", url, fields) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_stop_by_twilio_leaves_the_customer_alone(twilio: Gateway, client: Client) -> None:
    twilio.answers(201, sid="SM123")
    message = sent(asked())
    fields = {"From": PHONE, "Body": " Stop. "}
    assert post(client, "/hooks/twilio/reply/", fields, token="wrong") == 403
    assert not Suppression.objects.exists()
    for _again in range(2):
        assert post(client, "/hooks/twilio/reply/", fields) == 200
    assert Invitation.objects.get(pk=message.invitation_id).declined_at is not None
    assert Suppression.objects.filter(address=PHONE).count() == 1


def test_stop_by_any_gateway(http: Gateway, client: Client) -> None:
    message = sent(asked())
    told = {"msisdn": PHONE.removeprefix("+"), "text": "СТОП"}
    assert client.post("/hooks/sms_http/wrong/reply/", told).status_code == 403
    assert not Suppression.objects.exists()
    path = f"/hooks/sms_http/{hook_secret('sms_http')}/reply/"
    assert client.post(path, {**told, "text": "Stop sending? No, I like it"}).status_code == 204
    assert not Suppression.objects.exists()
    assert client.post(path, json.dumps(told), content_type="application/json").status_code == 204
    assert Invitation.objects.get(pk=message.invitation_id).declined_at is not None
    assert Suppression.objects.get(address=PHONE)


def test_any_gateways_reports(http: Gateway, client: Client) -> None:
    message = sent(asked())
    path = f"/hooks/sms_http/{hook_secret('sms_http')}/status/"
    assert client.get(path, {"ref": message.ref, "status": "FAILED"}).status_code == 204
    message.refresh_from_db()
    assert (message.state, message.error) == (State.SENT, "failed")
    assert client.get(path, {"ref": message.ref, "status": "unknown_number"}).status_code == 204
    message.refresh_from_db()
    assert message.state == State.BOUNCED
    assert client.get(path, {"status": "delivered"}).status_code == 400
    assert client.get(path, {"ref": "never-seen", "status": "failed"}).status_code == 204
    assert client.post(path, "no json", content_type="application/json").status_code == 400


def test_own_words_of_the_survey(http: Gateway) -> None:
    message = asked()
    version = message.invitation.version
    version.texts["en"]["sms"] = "Hi {name}, one question from {company}:"
    version.save()
    sent(message)
    assert parse_qs(http.told[0].body)["text"][0].startswith("Hi Ann, one question from Acme: http")


def test_a_survey_of_competitors_does_not_tell_who_asks(http: Gateway) -> None:
    message = asked()
    survey = message.invitation.version.survey
    survey.kind = "benchmark"
    survey.save()
    sent(message)
    text = parse_qs(http.told[0].body)["text"][0]
    assert text.startswith("How likely are you to recommend to a friend or colleague? http")
