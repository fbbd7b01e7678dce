"""Sending through a real SMTP server: once each, whatever the server does."""

import socket
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import override_settings

from loopwell.delivery.enums import State
from loopwell.delivery.jobs import start_sending
from loopwell.delivery.ledger import LEASE, Ledger, give_up_lost
from loopwell.delivery.models import Message, Suppression
from loopwell.delivery.sending import send_waiting
from loopwell.delivery.transports import Outcome, Result
from loopwell.delivery.waiting import BATCH, Claims
from loopwell.jobs.models import Job
from loopwell.jobs.running import claim, run_all
from loopwell.journal.models import Entry
from loopwell.journal.reading import consume_all
from loopwell.sampling import operations
from loopwell.sampling.models import Invitation
from tests import factories
from tests.conftest import Company
from tests.delivery.asked import launched, states
from tests.delivery.mail_server import mail_server


def entries(kind: str) -> int:
    return Entry.objects.filter(type=kind).count()


def test_everybody_gets_one_message(company: Company, now: datetime) -> None:
    wave = launched(company, now)
    with mail_server() as box:
        tally = send_waiting(now)
        again = send_waiting(now + timedelta(days=1))

    assert sorted(box.to) == ["c0@mail.example", "c1@mail.example", "c2@mail.example"]
    assert (tally.sent, again.total, box.connections) == (3, 0, 1)
    assert states(wave) == [State.SENT] * 3
    assert set(wave.invitations.values_list("sent_at", flat=True)) == {now}
    assert entries("invitation.sent") == 3
    for mail in box.mails:
        message = Message.objects.get(ref=mail["X-Loopwell-Message"])
        assert mail["Message-ID"] == message.message_id


def test_reading_the_journal_twice_queues_nothing_twice(company: Company, now: datetime) -> None:
    from loopwell.delivery.handlers import queue_messages
    from loopwell.journal.rules import Record

    launched(company, now)
    records = [
        Record(e.pk, 0, e.type, e.at, e.actor, e.subject, e.subject_id, e.payload)
        for e in Entry.objects.filter(type="invitation.planned")
    ]
    queue_messages(records, now)
    consume_all(now=now)

    assert (len(records), Message.objects.count()) == (3, 3)


def test_more_than_a_batch_leaves_over_one_connection(company: Company, now: datetime) -> None:
    people = [factories.customer() for _ in range(BATCH + 5)]
    wave = launched(company, now, *people)
    with mail_server() as box:
        send_waiting(now)

    assert (len(box.to), len(set(box.to)), box.connections) == (BATCH + 5, BATCH + 5, 1)
    assert set(states(wave)) == {State.SENT}


@pytest.mark.parametrize(
    ("reply", "state", "suppressed"),
    [
        ("550 no such user", State.FAILED, True),
        ("550 5.1.1 no such user", State.FAILED, True),
        ("550 5.2.1 mailbox disabled", State.FAILED, True),
        ("550 5.7.1 we do not like you", State.FAILED, False),
        ("552 5.2.2 mailbox full", State.FAILED, False),
        ("450 4.2.0 greylisted", State.QUEUED, False),
    ],
)
def test_a_refused_recipient_stops_nobody_else(
    company: Company, now: datetime, reply: str, state: State, suppressed: bool
) -> None:
    wave = launched(company, now)
    with mail_server(refuse={"c1@mail.example": reply}) as box:
        send_waiting(now)

    assert states(wave) == [State.SENT, state, State.SENT]
    assert len(box.to) == 2
    message = Message.objects.get(to="c1@mail.example")
    assert message.error == reply
    assert Suppression.objects.filter(address="c1@mail.example").exists() is suppressed
    assert (message.invitation.bounced_at == now) is suppressed
    assert entries("invitation.bounced") == int(suppressed)


def test_a_temporary_refusal_is_tried_again_later(company: Company, now: datetime) -> None:
    wave = launched(company, now)
    with mail_server(refuse={"c1@mail.example": "451 try later"}) as box:
        send_waiting(now)
        box.refuse.clear()
        send_waiting(now + timedelta(seconds=59))
        assert states(wave) == [State.SENT, State.QUEUED, State.SENT]
        send_waiting(now + timedelta(seconds=60))

    assert states(wave) == [State.SENT] * 3
    assert box.to.count("c1@mail.example") == 1
    assert Message.objects.get(to="c1@mail.example").attempts == 2


def test_it_gives_up_after_twelve_attempts(company: Company, now: datetime) -> None:
    wave = launched(company, now)
    with mail_server(refuse={"c1@mail.example": "451 try later"}):
        for hours in range(30):
            send_waiting(now + timedelta(hours=5 * hours))

    message = Message.objects.get(to="c1@mail.example")
    assert (message.state, message.attempts) == (State.FAILED, 12)
    assert states(wave).count(State.SENT) == 2


def test_a_line_cut_before_the_text_loses_nothing(company: Company, now: datetime) -> None:
    wave = launched(company, now)
    with mail_server(hang_up_at="rcpt") as box:
        send_waiting(now)
        assert states(wave).count(State.SENT) == 2
        send_waiting(now + timedelta(minutes=1))

    assert states(wave) == [State.SENT] * 3
    assert sorted(box.to) == ["c0@mail.example", "c1@mail.example", "c2@mail.example"]


def test_a_line_cut_after_the_text_is_never_sent_again(company: Company, now: datetime) -> None:
    wave = launched(company, now)
    with mail_server(hang_up_at="data") as box:
        send_waiting(now)
        send_waiting(now + timedelta(days=2))

    assert sorted(states(wave)) == [State.SENT, State.SENT, State.UNSURE]
    assert len(box.to) == len(set(box.to)) == 3
    assert Message.objects.get(state=State.UNSURE).error


def test_an_unreachable_server_costs_no_attempt(company: Company, now: datetime) -> None:
    wave = launched(company, now)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        with override_settings(
            EMAIL_TO_FILES=False, EMAIL_HOST="127.0.0.1", EMAIL_PORT=taken.getsockname()[1]
        ):
            send_waiting(now)

    assert states(wave) == [State.QUEUED] * 3
    assert set(Message.objects.values_list("attempts", flat=True)) == {0}
    assert "refused" in Message.objects.all()[0].error
    with mail_server():
        send_waiting(now + timedelta(minutes=1))
    assert states(wave) == [State.SENT] * 3


def test_a_sender_the_server_refuses_blames_no_customer(company: Company, now: datetime) -> None:
    wave = launched(company, now)
    with mail_server(refuse_sender="550 5.1.8 sender unknown"):
        send_waiting(now)

    assert set(states(wave)) == {State.QUEUED}
    assert not Suppression.objects.exists()


class Killed(BaseException):
    """The worker is gone: nothing after this line runs."""


class DiesWhileSending:
    limited = False

    def __init__(self) -> None:
        self.given: list[str] = []

    def open(self) -> None: ...
    def close(self) -> None: ...

    def send(self, mail: EmailMessage, ref: str) -> Result:
        self.given.append(ref)
        raise Killed


class DiesAfterTwo(DiesWhileSending):
    """The third is handed over; what became of the second was not written down yet."""

    def send(self, mail: EmailMessage, ref: str) -> Result:
        self.given.append(ref)
        if len(self.given) == 3:
            raise Killed
        return Result(Outcome.SENT)


def test_a_worker_killed_while_sending_leaves_it_unsure(company: Company, now: datetime) -> None:
    wave = launched(company, now)
    dying = DiesWhileSending()
    with pytest.raises(Killed):
        send_waiting(now, transport=dying)
    Message.objects.filter(state=State.QUEUED).update(state=State.SENDING, claimed_at=now)

    give_up_lost(now + LEASE - timedelta(seconds=1))
    assert set(states(wave)) == {State.SENDING}
    with mail_server() as box:
        start_sending(now + LEASE)
        run_all(now + LEASE)

    assert Message.objects.get(ref=dying.given[0]).state == State.UNSURE
    assert len(box.to) == 2
    assert dying.given[0] not in {mail["X-Loopwell-Message"] for mail in box.mails}


def test_what_was_sent_before_the_worker_died_is_told_to_all(
    company: Company, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave = launched(company, now)
    dying = DiesAfterTwo()
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "close", lambda self, claimed: None)
        with pytest.raises(Killed):
            send_waiting(now, transport=dying)
    assert wave.invitations.exclude(sent_at=None).count() == 0

    give_up_lost(now + LEASE)
    give_up_lost(now + LEASE)

    by_ref = dict(Message.objects.values_list("ref", "state"))
    assert [by_ref[ref] for ref in dying.given] == [State.SENT, State.SENT, State.UNSURE]
    assert sorted(wave.invitations.values_list("sent_at", flat=True), key=str) == [now, now, None]
    assert entries("invitation.sent") == 2


def test_a_claim_that_was_lost_hands_nothing_over(
    company: Company, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another sender took the messages up because this one was silent for too long."""
    wave = launched(company, now)
    real = Claims.next

    def claims_and_sleeps(self: Claims, at: datetime, **options: Any) -> list[Message] | None:
        batch = real(self, at, **options)
        Message.objects.filter(state=State.SENDING).update(claimed_at=at + LEASE)
        return batch

    monkeypatch.setattr(Claims, "next", claims_and_sleeps)
    with mail_server() as box:
        send_waiting(now)

    assert box.to == []
    assert set(states(wave)) == {State.SENDING}


def test_pause_stops_at_once_and_resume_goes_on(company: Company, now: datetime) -> None:
    wave = launched(company, now)
    alice = company.actor("alice")
    told: list[int] = []

    def pausing() -> bool:
        if told:
            operations.pause_wave(actor=alice, wave=wave, now=now)
        told.append(1)
        return True

    with mail_server() as box:
        send_waiting(now, keep_on=pausing)
        assert len(box.to) == 1
        send_waiting(now + timedelta(hours=1))
        assert len(box.to) == 1
        operations.resume_wave(actor=alice, wave=wave)
        send_waiting(now + timedelta(hours=2))
    assert len(box.to) == 3


@pytest.mark.parametrize("why", ["answered", "declined", "expired", "suppressed"])
def test_what_is_not_needed_any_more_does_not_leave(
    company: Company, now: datetime, why: str
) -> None:
    person = factories.customer(email="ann@mail.example")
    wave = launched(company, now, person)
    invitation = Invitation.objects.filter(wave=wave)
    at = now
    if why == "suppressed":
        Suppression.objects.create(address="ann@mail.example", reason="manual", at=now)
    elif why == "expired":
        at = now + timedelta(days=36)
    else:
        invitation.update(**{f"{why}_at": now})
    with mail_server() as box:
        send_waiting(at)

    assert box.to == []
    assert states(wave) == [State.SKIPPED]
    assert Message.objects.get().error


def test_messages_leave_no_faster_than_allowed(
    company: Company, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    launched(company, now)
    slept: list[float] = []
    monkeypatch.setattr("loopwell.delivery.sending.time.sleep", slept.append)
    with mail_server(), override_settings(EMAIL_PER_SECOND=2):
        send_waiting(now)

    assert len(slept) == 2
    assert all(0.3 < pause <= 0.5 for pause in slept)


def test_the_clock_starts_as_many_senders_as_it_may(company: Company, now: datetime) -> None:
    launched(company, now)
    with override_settings(SENDERS=3):
        start_sending(now)
        start_sending(now + timedelta(seconds=2))

    assert Job.objects.filter(kind="delivery.send").count() == 3


@override_settings(SENDERS=1)
def test_the_clock_starts_one_sending_at_a_time(company: Company, now: datetime) -> None:
    launched(company, now)
    start_sending(now)
    start_sending(now + timedelta(seconds=2))
    assert Job.objects.filter(kind="delivery.send").count() == 1
    with mail_server() as box:
        run_all(now)
    start_sending(now + timedelta(seconds=4))

    assert len(box.to) == 3
    assert Job.objects.filter(kind="delivery.send", finished_at=None).count() == 0


@override_settings(SENDERS=1)
def test_a_killed_sender_is_replaced_within_seconds(company: Company, now: datetime) -> None:
    launched(company, now)
    start_sending(now)
    killed = claim(now)
    assert killed is not None
    start_sending(now + timedelta(seconds=14))
    assert Job.objects.filter(kind="delivery.send").count() == 1

    start_sending(now + timedelta(seconds=16))
    with mail_server() as box:
        run_all(now + timedelta(seconds=16))

    assert len(box.to) == 3
