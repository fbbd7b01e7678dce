"""What does a mail provider's report mean to us?"""

from typing import Any

from anymail.signals import EventType
from django.utils import timezone

from loopwell.cases.operations.posting import PREFIX, letter_bounced
from loopwell.delivery.enums import Reason
from loopwell.delivery.happenings import Happening
from loopwell.delivery.operations import suppress
from loopwell.integrations.esp.transport import REF
from loopwell.integrations.news import happened

KINDS = {
    EventType.DELIVERED: Happening.DELIVERED,
    EventType.OPENED: Happening.OPENED,
    EventType.CLICKED: Happening.CLICKED,
    EventType.BOUNCED: Happening.BOUNCED,
    EventType.REJECTED: Happening.BOUNCED,
    EventType.FAILED: Happening.BOUNCED,
    EventType.DEFERRED: Happening.BOUNCED,
    EventType.COMPLAINED: Happening.COMPLAINED,
    EventType.UNSUBSCRIBED: Happening.COMPLAINED,
}
"""Who unsubscribes at the provider wants no more of ours either."""
SOFT = frozenset({"SoftBounce", "blocked", "soft_bounce", "softBounce"})
PERMANENT = frozenset({"bounced", "invalid", "blocked"})


def heard(sender: object, event: Any, esp_name: str, **_kwargs: object) -> None:
    """One report; what it is not about a message of ours is let go."""
    kind = KINDS.get(event.event_type)
    if kind is None:
        return
    ref = str((event.metadata or {}).get(REF, ""))
    if ref.startswith(PREFIX):
        _heard_of_letter(ref.removeprefix(PREFIX), kind, event)
        return
    happened(
        provider=esp_name,
        kind=kind,
        now=timezone.now(),
        at=event.timestamp,
        ref=ref,
        message_id=str(event.message_id or "")[:200],
        permanent=_is_permanent(event),
        detail=str(event.mta_response or event.description or event.event_type)[:1000],
    )


def _heard_of_letter(ref: str, kind: Happening, event: Any) -> None:
    """Of a letter from a case only that it did not arrive is news."""
    if kind is not Happening.BOUNCED or event.event_type == EventType.DEFERRED:
        return
    now = timezone.now()
    detail = str(event.mta_response or event.description or event.event_type)[:1000]
    letter_bounced(ref=ref, detail=detail, now=now)
    if _is_permanent(event) and event.recipient:
        suppress(address=event.recipient, reason=Reason.BOUNCED, now=now, detail=detail)


def _is_permanent(event: Any) -> bool:
    """Only an address that does not work is never used again, not a full mailbox."""
    if event.event_type not in (EventType.BOUNCED, EventType.REJECTED):
        return False
    told = event.reject_reason is None and event.event_type == EventType.BOUNCED
    return (told or event.reject_reason in PERMANENT) and not _is_soft(event)


def _is_soft(event: Any) -> bool:
    """Several providers tell a soft bounce apart only in words of their own."""
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    words = {str(told.get(name)) for name in ("Type", "type", "event")}
    return bool(words & SOFT) or told.get("hard_bounce") is False
