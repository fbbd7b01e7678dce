"""What do we do when a provider tells us about a message or a customer wants no more?

Repeated news changes nothing; news about messages that are not ours is logged without anything
personal and forgotten: providers would otherwise repeat it for days.
"""

import logging
from datetime import datetime

from django.db import transaction

from loopwell.access.rules import Actor, ActorKind
from loopwell.delivery.enums import Reason
from loopwell.delivery.happenings import Happening, record_event
from loopwell.delivery.models import Message
from loopwell.delivery.operations import suppress, unsubscribe
from loopwell.kit.errors import NotFound

log = logging.getLogger(__name__)
CUSTOMER = Actor(kind=ActorKind.CUSTOMER, name="customer")
STOP_WORDS = frozenset(
    (
        "stop", "stopall", "unsubscribe", "cancel", "end", "quit", "стоп", "отписка",
        "отписаться", "відписатися", "rezygnuję", "rezygnuje",
    )
)  # fmt: skip


def happened(
    *,
    provider: str,
    kind: Happening,
    now: datetime,
    at: datetime | None = None,
    ref: str = "",
    message_id: str = "",
    permanent: bool = True,
    detail: str = "",
) -> bool:
    """`at` is when, by the provider's clock. False: the message is not one of ours."""
    try:
        record_event(
            kind=kind,
            at=at or now,
            now=now,
            message_ref=ref,
            message_id=message_id,
            permanent=permanent,
            detail=detail,
        )
    except NotFound:
        log.warning("%s told us “%s” about a message we do not know.", provider, kind.value)
        return False
    return True


def is_stop(text: str) -> bool:
    """Whether a reply's only word asks to be left alone."""
    return text.strip().strip(".!\"'“”«»").lower() in STOP_WORDS


@transaction.atomic
def stopped(*, channel: str, address: str, now: datetime) -> None:
    """The address is never used again; the newest invitation sent to it is declined."""
    suppress(address=address, reason=Reason.UNSUBSCRIBED, now=now)
    newest = (
        Message.objects.filter(channel=channel, to=address, invitation__is_test=False)
        .select_related("invitation")
        .order_by("-id")
        .first()
    )
    if newest is not None and newest.invitation.declined_at is None:
        unsubscribe(invitation_ref=newest.invitation.ref, now=now, actor=CUSTOMER)
