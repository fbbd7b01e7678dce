"""Somebody asked by a channel, their message waiting, for tests."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from loopwell.access.rules import SYSTEM
from loopwell.delivery.models import Message
from loopwell.journal.operations import append
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import Event
from tests import factories
from tests.delivery.asked import TEXTS

PHONE = "+48123456789"


def asked(now: datetime | None = None, *, channel: str = "sms", **customer: Any) -> Message:
    moment = now or timezone.now()
    who = factories.customer(
        **{"phone": PHONE, "email": "ann@mail.example", "name": "Ann", **customer}
    )
    invitation = factories.invitation(
        customer=who,
        version=factories.version(texts=TEXTS),
        channel=channel,
        planned_at=moment,
        sent_at=None,
        expires_at=moment + timedelta(days=30),
    )
    events = [Event("invitation.planned", "invitation", invitation.pk)]
    append(actor=SYSTEM, now=moment, events=events)
    consume_all(now=moment)
    return Message.objects.get(invitation=invitation)
