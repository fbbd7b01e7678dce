"""News of mail systems is noted once, in whatever order; an invitation says how far it came."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from loopwell.delivery.enums import InvitationState, Reason, State
from loopwell.delivery.happenings import Happening, record_event
from loopwell.delivery.models import Message, Suppression
from loopwell.delivery.states import counts_by_invitation_state, state_of, timeline
from loopwell.journal.models import Entry
from loopwell.kit.errors import NotFound
from loopwell.sampling.models import Invitation, OptOut
from tests import factories
from tests.conftest import Company

MINUTE = timedelta(minutes=1)


@pytest.fixture
def message(company: Company, now: datetime) -> Message:
    asked = factories.invitation(customer=factories.customer(email="ann@mail.example"))
    return Message.objects.create(
        invitation=asked, purpose="invitation", to="ann@mail.example", state=State.SENT,
        sent_at=now, message_id="<x@y>",
    )  # fmt: skip


def told(message: Message, kind: str, at: datetime) -> Message:
    return record_event(
        kind=Happening(kind), at=at, now=at + timedelta(days=9), message_ref=message.ref
    )


@pytest.mark.parametrize("order", list(permutations(["delivered", "opened", "clicked"])))
def test_any_order_gives_the_same_times(
    message: Message, now: datetime, order: tuple[str, ...]
) -> None:
    moments = {"delivered": now + MINUTE, "opened": now + 2 * MINUTE, "clicked": now + 3 * MINUTE}
    for kind in (*order, *order):
        told(message, kind, moments[kind])

    message.refresh_from_db()
    asked = message.invitation
    assert [message.delivered_at, message.opened_at, message.clicked_at] == list(moments.values())
    assert (asked.delivered_at, asked.opened_at) == (now + MINUTE, now + 2 * MINUTE)


def test_an_opened_message_was_delivered_and_the_future_is_now(
    message: Message, now: datetime
) -> None:
    found = record_event(
        kind=Happening.OPENED, at=now + timedelta(days=3), now=now, message_id="<x@y>"
    )
    assert (found.opened_at, found.delivered_at) == (now, now)


def test_a_complaint_ends_it(message: Message, now: datetime) -> None:
    told(message, "complained", now + MINUTE)
    told(message, "complained", now + 2 * MINUTE)

    asked = Invitation.objects.get()
    assert (asked.complained_at, asked.declined_at) == (now + MINUTE, now + MINUTE)
    assert Suppression.objects.get().reason == Reason.COMPLAINED
    assert OptOut.objects.get().programme is None
    assert Entry.objects.filter(type="invitation.declined").count() == 1
    assert state_of(asked, now) == InvitationState.COMPLAINED


def test_a_bounce_goes_its_own_way(message: Message, now: datetime) -> None:
    assert told(message, "bounced", now).state == State.BOUNCED
    assert state_of(Invitation.objects.get(), now) == InvitationState.BOUNCED


def test_news_of_one_that_was_perhaps_sent_says_it_was(message: Message, now: datetime) -> None:
    Message.objects.update(state=State.UNSURE, sent_at=None, error="?")
    Invitation.objects.update(sent_at=None)

    found = told(message, "delivered", now + MINUTE)

    assert (found.state, found.sent_at, found.error) == (State.SENT, now + MINUTE, "")
    assert Invitation.objects.get().sent_at == now + MINUTE
    assert Entry.objects.filter(type="invitation.sent").count() == 1


def test_an_unknown_message_is_told(company: Company, now: datetime) -> None:
    with pytest.raises(NotFound):
        record_event(kind=Happening.OPENED, at=now, now=now, message_ref="nothing")


def test_every_state_is_counted_as_it_is_told(company: Company, now: datetime) -> None:
    moments = ["sent_at", "delivered_at", "opened_at", "started_at", "answered_at",
               "declined_at", "bounced_at", "complained_at"]  # fmt: skip
    for number in range(len(moments) + 1):
        factories.invitation(**{"sent_at": None} | dict.fromkeys(moments[:number], now))
    for moment in moments[4:]:
        factories.invitation(**{moment: now, "expires_at": now})
    factories.invitation(expires_at=now)
    factories.invitation(is_test=True)
    rows = Invitation.objects.filter(is_test=False)
    one_by_one: dict[str, int] = {}
    for each in rows:
        one_by_one[state_of(each, now)] = one_by_one.get(state_of(each, now), 0) + 1

    counted = counts_by_invitation_state(Invitation.objects.all(), now)

    assert counted == one_by_one
    assert set(counted) == set(InvitationState)


def test_the_timeline_is_in_order_and_ends_with_the_expiry(company: Company, now: datetime) -> None:
    asked = factories.invitation(planned_at=now, sent_at=now + MINUTE, opened_at=now + 9 * MINUTE)
    assert [s.value for _at, s in timeline(asked, now)] == ["planned", "sent", "opened"]
    assert timeline(asked, now + timedelta(days=99))[-1][1] == InvitationState.EXPIRED
