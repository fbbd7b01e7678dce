"""What was somebody told, what have they not read, and what belongs in their daily digest?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.models import ApiKey, User
from loopwell.access.rules import Actor, ActorKind
from loopwell.kit.errors import NotFound
from loopwell.notify.models import Alarm
from loopwell.notify.queries.told import visible_to
from loopwell.notify.wording import as_they_read, line_of, with_details


@dataclass(frozen=True)
class Tidings:
    """An alarm as the inbox shows it, in the reader's language."""

    ref: str
    kind: str
    label: str
    words: str
    path: str
    customer: str
    unit: str
    score: int | None
    comment: str
    is_urgent: bool
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class DigestItem:
    """An alarm that its reader wants in the daily digest; `url` is whole."""

    ref: str
    kind: str
    words: str
    url: str
    created_at: datetime
    is_read: bool


def inbox(actor: Actor) -> QuerySet[Alarm]:
    """One's own alarms: what is not read first, then the newest."""
    return with_details(own_alarms(actor)).order_by(F("read_at").desc(nulls_first=True), "-id")


def own_alarms(actor: Actor) -> QuerySet[Alarm]:
    """A key reads those of whoever made it, as far as the key may see what they are about."""
    rows = Alarm.objects.filter(is_listed=True)
    if actor.kind is not ActorKind.API_KEY:
        return rows.filter(user_id=actor.user_id or 0)
    maker = ApiKey.objects.filter(ref=actor.ref).values("created_by")
    return rows.filter(user__in=maker) & visible_to(actor).filter(is_listed=True)


def tidings(alarms: Iterable[Alarm]) -> Sequence[Tidings]:
    return [_tidings(alarm) for alarm in alarms]


def _tidings(alarm: Alarm) -> Tidings:
    line = line_of(alarm)
    return Tidings(
        ref=alarm.ref,
        kind=alarm.kind,
        label=line.label,
        words=line.words,
        path=line.path,
        customer=line.seen.customer,
        unit=line.seen.unit,
        score=line.seen.score,
        comment=line.seen.comment,
        is_urgent=alarm.is_urgent,
        created_at=alarm.created_at,
        read_at=alarm.read_at,
    )


def unread_count(actor: Actor) -> int:
    return own_alarms(actor).filter(read_at=None).count()


def alarm_by_ref(actor: Actor, ref: str) -> Alarm:
    found = inbox(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such alarm."))
    return found


def digest_items(user: User, since: datetime) -> Sequence[DigestItem]:
    """What the person wants in the daily digest and was not handed over otherwise, oldest first;
    also what came while they were away. Words are in the person's language."""
    rows = Alarm.objects.filter(user=user, in_digest=True, created_at__gt=since).order_by("id")
    with as_they_read(user):
        return [
            DigestItem(
                ref=line.alarm.ref,
                kind=line.alarm.kind,
                words=line.words,
                url=line.url,
                created_at=line.alarm.created_at,
                is_read=line.alarm.read_at is not None,
            )
            for line in map(line_of, with_details(rows))
        ]
