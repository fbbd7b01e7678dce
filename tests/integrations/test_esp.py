"""Mail through providers, and their signed reports: real servers, real payloads."""

import base64
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.utils import timezone

from loopwell.config.settings import _provider
from loopwell.delivery.enums import State
from loopwell.delivery.models import Message, Suppression
from loopwell.delivery.sending import send_waiting
from loopwell.integrations.secrets import USER, hook_secret
from tests.integrations.asked import asked
from tests.integrations.gateway import Gateway, gateway

pytestmark = pytest.mark.usefixtures("company")
KEY = "signing-key"


def use(settings: Any, name: str, account: str, **more: object) -> None:
    settings.EMAIL_TO_FILES = False
    settings.EMAIL_ESP = settings.EMAIL_PROVIDER = name
    settings.EMAIL_BACKEND = f"anymail.backends.{name}.EmailBackend"
    settings.ANYMAIL = {**_provider(name, account, str(more.pop("key", ""))), **more}


@pytest.fixture
def mailgun(settings: Any) -> Iterator[Gateway]:
    with gateway() as server:
        use(
            settings,
            "mailgun",
            "Key-1@mg.acme.example",
            key=KEY,
            MAILGUN_API_URL=f"{server.url}/v3",
        )
        server.answers(200, id="<20260304@mg.acme.example>", message="Queued. Thank you.")
        yield server


@pytest.fixture
def postmark(settings: Any) -> Iterator[Gateway]:
    with gateway() as server:
        use(settings, "postmark", "Token-1", POSTMARK_API_URL=f"{server.url}/")
        server.answers(
            200, To="ann@mail.example", SubmittedAt="2026-03-04T10:00:00Z",
            MessageID="b7bc2f4a-e38e-4336-af7d-e6c392c2f817", ErrorCode=0, Message="OK",
        )  # fmt: skip
        yield server


@pytest.fixture
def sendgrid(settings: Any) -> ec.EllipticCurvePrivateKey:
    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    use(settings, "sendgrid", "SG.key", key=base64.b64encode(public).decode())
    return private


def sent(message: Message) -> Message:
    send_waiting(timezone.now())
    message.refresh_from_db()
    return message


def test_the_provider_gets_mail_and_ref_and_we_keep_its_number(mailgun: Gateway) -> None:
    message = sent(asked(channel="email"))
    assert (message.state, message.message_id) == (State.SENT, "<20260304@mg.acme.example>")
    (told,) = mailgun.told
    assert told.path == "/v3/mg.acme.example/messages"
    assert message.ref in told.body
    assert "List-Unsubscribe" in told.body
    assert told.headers["authorization"] == "Basic " + base64.b64encode(b"api:Key-1").decode()


def test_postmark_takes_mail_too(postmark: Gateway) -> None:
    message = sent(asked(channel="email"))
    assert message.message_id == "b7bc2f4a-e38e-4336-af7d-e6c392c2f817"
    told = json.loads(postmark.told[0].body)
    assert told["Metadata"] == {"loopwell_ref": message.ref}
    assert postmark.told[0].headers["x-postmark-server-token"] == "Token-1"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (429, State.QUEUED), (401, State.QUEUED), (500, State.UNSURE), (400, State.FAILED),
        (503, State.QUEUED),
    ],
)  # fmt: skip
def test_what_the_provider_may_have_taken_is_never_sent_again(
    mailgun: Gateway, status: int, state: State
) -> None:
    mailgun.answers(status, message="no")
    assert sent(asked(channel="email")).state == state


def test_an_inactive_recipient_is_never_written_to_again(postmark: Gateway) -> None:
    postmark.answers(
        422, ErrorCode=406, Message="You tried to send to recipient(s) that have been marked as "
        "inactive. Found inactive addresses: ann@mail.example. Inactive recipients are ones that "
        "have generated a hard bounce, a spam complaint, or a manual suppression.",
    )  # fmt: skip
    assert sent(asked(channel="email")).state == State.FAILED
    assert Suppression.objects.get().address == "ann@mail.example"


def test_hanging_up_leaves_it_open_and_no_connection_waits(mailgun: Gateway, settings: Any) -> None:
    mailgun.hang_up = True
    assert sent(asked(channel="email")).state == State.UNSURE
    settings.ANYMAIL = {**settings.ANYMAIL, "MAILGUN_API_URL": "http://127.0.0.1:9/v3"}
    assert sent(asked(channel="email", email="b@mail.example")).state == State.QUEUED


def mailgun_report(message_ref: str, event: str, key: str = KEY, **more: object) -> dict[str, Any]:
    moment, token = str(int(time.time())), "a" * 50
    made = hmac.new(key.encode(), f"{moment}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": moment, "token": token, "signature": made},
        "event-data": {
            "event": event,
            "id": f"{event}-1",
            "timestamp": time.time(),
            "recipient": "ann@mail.example",
            "message": {"headers": {"message-id": "20260304@mg.acme.example"}},
            "user-variables": {"loopwell_ref": message_ref},
            **more,
        },
    }


GONE = {"severity": "permanent", "reason": "bounce", "delivery-status": {"code": 550}}


def post(client: Client, provider: str, told: object, **headers: str) -> int:
    return client.post(
        f"/hooks/esp/{provider}/tracking/",
        json.dumps(told),
        content_type="application/json",
        headers=headers,
    ).status_code


def test_mailguns_report_is_believed_only_when_signed(mailgun: Gateway, client: Client) -> None:
    message = sent(asked(channel="email"))
    forged = mailgun_report(message.ref, "failed", key="wrong", **GONE)
    assert post(client, "mailgun", forged) == 403
    assert post(client, "mailgun", {"event-data": forged["event-data"]}) == 403
    assert client.get("/hooks/esp/mailgun/tracking/").status_code == 405
    assert client.head("/hooks/esp/mailgun/tracking/").status_code == 200
    message.refresh_from_db()
    assert (message.state, Suppression.objects.count()) == (State.SENT, 0)

    for _again in range(2):
        assert post(client, "mailgun", mailgun_report(message.ref, "failed", **GONE)) == 200
    message.refresh_from_db()
    assert message.state == State.BOUNCED
    assert Suppression.objects.get().address == "ann@mail.example"


def test_a_full_mailbox_is_no_bounce(mailgun: Gateway, client: Client) -> None:
    message = sent(asked(channel="email"))
    told = mailgun_report(message.ref, "failed", severity="temporary", reason="generic")
    assert post(client, "mailgun", told) == 200
    message.refresh_from_db()
    assert (message.state, Suppression.objects.count()) == (State.SENT, 0)


def test_delivery_opening_click_and_complaint_are_kept(mailgun: Gateway, client: Client) -> None:
    message = sent(asked(channel="email"))
    for event in ("delivered", "opened", "clicked", "complained", "delivered"):
        assert post(client, "mailgun", mailgun_report(message.ref, event)) == 200
    message.refresh_from_db()
    assert message.delivered_at
    assert message.opened_at
    assert message.clicked_at
    assert message.complained_at
    assert Suppression.objects.get().reason == "complained"


def test_reports_about_strangers_are_logged_without_their_address(
    mailgun: Gateway, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert post(client, "mailgun", mailgun_report("never-seen", "failed", **GONE)) == 200
    assert "message we do not know" in caplog.text
    assert "ann@mail.example" not in caplog.text
    assert not Suppression.objects.exists()


def test_mailgun_without_its_signing_key_is_not_listened_to(
    mailgun: Gateway, client: Client, settings: Any
) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "MAILGUN_WEBHOOK_SIGNING_KEY": ""}
    told = mailgun_report("x", "delivered", key="Key-1")
    assert post(client, "mailgun", told) == 403


def test_postmark_logs_in_with_our_password(postmark: Gateway, client: Client) -> None:
    message = sent(asked(channel="email"))
    told = {
        "RecordType": "Bounce", "ID": 4323372036854775807, "Type": "HardBounce", "TypeCode": 1,
        "Name": "Hard bounce", "MessageID": message.message_id, "Email": "ann@mail.example",
        "Metadata": {"loopwell_ref": message.ref}, "BouncedAt": "2026-03-04T10:00:00Z",
        "Description": "The server was unable to deliver your message", "Inactive": True,
        "Details": "550 5.1.1 no such user", "Tag": "", "MessageStream": "outbound",
    }  # fmt: skip
    assert post(client, "postmark", told) == 403
    wrong = base64.b64encode(f"{USER}:guess".encode()).decode()
    assert post(client, "postmark", told, Authorization=f"Basic {wrong}") == 403
    assert not Suppression.objects.exists()
    right = base64.b64encode(f"{USER}:{hook_secret('esp')}".encode()).decode()
    assert post(client, "postmark", told, Authorization=f"Basic {right}") == 200
    message.refresh_from_db()
    assert message.state == State.BOUNCED
    assert post(client, "postmark", ["no report"], Authorization=f"Basic {right}") == 400
    soft = {**told, "Type": "SoftBounce", "Metadata": {}, "MessageID": "?"}
    assert post(client, "postmark", soft, Authorization=f"Basic {right}") == 200


def test_sendgrids_signature(sendgrid: ec.EllipticCurvePrivateKey, client: Client) -> None:
    message = asked(channel="email")
    Message.objects.filter(pk=message.pk).update(state=State.SENT)
    told = json.dumps(
        [
            {
                "email": "ann@mail.example", "timestamp": int(time.time()), "event": "bounce",
                "type": "bounce", "status": "5.1.1", "reason": "550 no such user",
                "smtp-id": "<x@acme>", "sg_event_id": "e1", "sg_message_id": "m1",
                "anymail_id": "2f1b", "loopwell_ref": message.ref,
            }
        ]
    )  # fmt: skip
    moment = str(int(time.time()))
    signed = sendgrid.sign(f"{moment}{told}".encode(), ec.ECDSA(hashes.SHA256()))

    def send(body: str) -> int:
        return client.post(
            "/hooks/esp/sendgrid/tracking/",
            body,
            content_type="application/json",
            headers={
                "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signed).decode(),
                "X-Twilio-Email-Event-Webhook-Timestamp": moment,
            },
        ).status_code

    assert send(told.replace("5.1.1", "5.1.2")) == 403
    assert post(client, "sendgrid", json.loads(told)) == 403
    assert not Suppression.objects.exists()
    assert send(told) == 200
    message.refresh_from_db()
    assert message.state == State.BOUNCED


def test_only_the_provider_that_is_set_up_is_answered(client: Client, mailgun: Gateway) -> None:
    assert post(client, "postmark", {}) == 404
    assert post(client, "brevo", {}) == 404


@pytest.mark.parametrize(
    ("name", "account", "wanted"),
    [
        ("mailjet", "Ke:S3", {"MAILJET_API_KEY": "Ke", "MAILJET_SECRET_KEY": "S3"}),
        (
            "mailgun",
            "Ke@d.example",
            {"MAILGUN_API_KEY": "Ke", "MAILGUN_SENDER_DOMAIN": "d.example"},
        ),
        ("postmark", "T-1", {"POSTMARK_SERVER_TOKEN": "T-1"}),
        ("sendgrid", "SG.Ab%2F", {"SENDGRID_API_KEY": "SG.Ab/"}),
        ("resend", "re_1", {"RESEND_API_KEY": "re_1"}),
        ("brevo", "xkeysib-1", {"BREVO_API_KEY": "xkeysib-1"}),
        ("sparkpost", "k", {"SPARKPOST_API_KEY": "k"}),
    ],
)
def test_addresses_become_keys(name: str, account: str, wanted: dict[str, str]) -> None:
    assert wanted.items() <= _provider(name, account, "").items()


@pytest.mark.parametrize("name", ["mailjet", "brevo", "sparkpost", "resend", "sendgrid"])
def test_every_provider_can_be_opened(settings: Any, name: str) -> None:
    from loopwell.delivery.transports import configured

    use(settings, name, "Key:Secret")
    transport = configured()
    transport.open()
    transport.close()
    assert type(transport).__name__ == "ProviderTransport"
