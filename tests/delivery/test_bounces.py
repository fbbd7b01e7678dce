"""Bounces and unsubscribing: recorded once, and the address is never used again."""

from datetime import datetime, timedelta

import pytest

from loopwell.delivery import operations
from loopwell.delivery.enums import Reason, State
from loopwell.delivery.models import Message, Suppression
from loopwell.delivery.rules import Bounce, NotABounce, read_bounce
from loopwell.delivery.sending import send_waiting
from loopwell.journal.models import Entry
from loopwell.kit.errors import NotFound
from loopwell.sampling.models import Invitation
from tests import factories
from tests.conftest import Company
from tests.delivery.asked import launched
from tests.delivery.mail_server import mail_server

REPORT = """\
From: MAILER-DAEMON@mx.example
To: loopwell@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I am sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Wed, 4 Mar 2026 10:00:00 +0000

Final-Recipient: rfc822; ann@mail.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <ann@mail.example>: user unknown

--b
Content-Type: {kind}

{headers}
Subject: Would you recommend us?

--b--
"""


def report(
    headers: str, action: str = "failed", status: str = "5.1.1", kind: str = "text/rfc822-headers"
) -> bytes:
    return REPORT.format(headers=headers, action=action, status=status, kind=kind).encode()


@pytest.fixture
def message(company: Company, now: datetime) -> Message:
    launched(company, now, factories.customer(email="ann@mail.example"))
    with mail_server():
        send_waiting(now)
    return Message.objects.get()


def bounce(message: Message, at: datetime, *, permanent: bool = True) -> Message:
    return operations.record_bounce(
        message_ref=message.ref, permanent=permanent, detail="5.1.1 unknown", now=at
    )


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_is_matched_by_our_header_or_message_id(message: Message, kind: str) -> None:
    expected = Bounce(message.ref, True, "5.1.1 smtp; 550 5.1.1 <ann@mail.example>: user unknown")

    assert read_bounce(report(f"X-Loopwell-Message: {message.ref}", kind=kind)) == expected
    assert read_bounce(report(f"Message-ID: {message.message_id}", kind=kind)) == expected


def test_delays_are_temporary(message: Message) -> None:
    found = read_bounce(report(f"X-Loopwell-Message: {message.ref}", "delayed", "4.4.1"))
    assert found.permanent is False


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: I am on holiday\n\nBack on Monday.",
        report("X-Other: 1"),
        report("Message-ID: <foreign@other.example>"),
        report("X-Loopwell-Message: 23456789abcdef", action="relayed"),
    ],
)
def test_other_mail_is_no_bounce(raw: bytes) -> None:
    with pytest.raises(NotABounce):
        read_bounce(raw)


def test_a_bounce_is_recorded_once(message: Message, now: datetime) -> None:
    later = now + timedelta(minutes=5)
    bounce(message, later)
    bounce(message, later + timedelta(hours=1))

    message.refresh_from_db()
    assert (message.state, message.error) == (State.BOUNCED, "5.1.1 unknown")
    assert message.invitation.bounced_at == later
    assert Suppression.objects.get().reason == Reason.BOUNCED
    assert Entry.objects.filter(type="invitation.bounced").count() == 1


def test_a_temporary_problem_is_only_noted(message: Message, now: datetime) -> None:
    found = bounce(message, now, permanent=False)

    found.refresh_from_db()
    assert (found.state, found.error) == (State.SENT, "5.1.1 unknown")
    assert not Suppression.objects.exists()


def test_the_newest_message_to_an_address_is_found(message: Message, now: datetime) -> None:
    found = operations.record_bounce(
        address="ANN@mail.example", permanent=True, detail="x", now=now
    )
    assert found.pk == message.pk


def test_a_bounce_of_nothing_we_sent_changes_nothing(message: Message, now: datetime) -> None:
    for wrong in ({"message_ref": "23456789abcdef"}, {"address": "b@mail.example"}, {}):
        with pytest.raises(NotFound):
            operations.record_bounce(permanent=True, detail="x", now=now, **wrong)
    assert not Suppression.objects.exists()


def test_unsubscribing_holds_for_ever_and_counts_once(message: Message, now: datetime) -> None:
    ref = message.invitation.ref
    operations.unsubscribe(invitation_ref=ref, now=now)
    operations.unsubscribe(invitation_ref=ref, now=now + timedelta(days=1))

    assert Invitation.objects.get().declined_at == now
    found = Suppression.objects.get()
    assert (found.address, found.reason, found.at) == (
        "ann@mail.example", Reason.UNSUBSCRIBED, now,
    )  # fmt: skip
    assert Entry.objects.filter(type="invitation.declined").count() == 1


def test_suppressed_customers_are_not_chosen_again(
    company: Company, message: Message, now: datetime
) -> None:
    operations.unsubscribe(invitation_ref=message.invitation.ref, now=now)
    factories.customer(email="bob@mail.example")

    wave = launched(company, now + timedelta(days=60), *Invitation.objects.none())

    wave.refresh_from_db()
    assert wave.excluded["suppressed"] == 1
    assert not wave.invitations.filter(customer__email="ann@mail.example").exists()
    assert wave.invitations.filter(customer__email="bob@mail.example").exists()


def test_a_test_of_ours_suppresses_nobody(
    company: Company, message: Message, now: datetime
) -> None:
    wave = message.invitation.wave
    assert wave is not None
    test = operations.send_test(
        actor=company.actor("alice"), wave=wave, customer=message.invitation.customer, now=now
    )
    with mail_server() as box:
        send_waiting(now)
    operations.unsubscribe(invitation_ref=test.invitation.ref, now=now)

    assert box.to == ["alice@acme.example"]
    assert not Suppression.objects.exists()
    assert Entry.objects.filter(type="invitation.declined").count() == 0
    assert Entry.objects.filter(type="invitation.sent").count() == 1


def test_an_unknown_link_is_told(company: Company, now: datetime) -> None:
    with pytest.raises(NotFound):
        operations.unsubscribe(invitation_ref="23456789abcdef", now=now)
