"""How does each person want to be told, and where can they be reached?"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role
from loopwell.access.models import Absence, Membership, Unit, User
from loopwell.access.rules import Actor
from loopwell.kit.errors import NotFound
from loopwell.notify.enums import How
from loopwell.notify.kinds import KINDS, Kind
from loopwell.notify.models import Preference, QuietHours, Target
from loopwell.notify.rules import Quiet, default_how
from loopwell.notify.wording import zone_of


@dataclass(frozen=True)
class Wish:
    """How one kind is to come by one channel, and whether the person said so."""

    kind: Kind
    channel: str
    how: How
    default: How


@dataclass(frozen=True)
class Wishes:
    """All that decides how one person is told."""

    user: User
    zone: ZoneInfo
    roles: frozenset[Role] = frozenset()
    said: dict[tuple[str, str], How] = field(default_factory=dict)
    quiet: Quiet = field(default_factory=Quiet)
    targets: tuple[Target, ...] = ()
    is_away: bool = False
    deputy_id: int | None = None

    def how(self, kind: Kind, channel: str) -> How:
        return self.said.get((kind.name, channel)) or default_how(channel, kind.urgency, self.roles)


def wishes_of_all(users: Collection[User], now: datetime) -> dict[int, Wishes]:
    """By user id, in a handful of queries."""
    ids = [user.pk for user in users]
    roles: dict[int, set[Role]] = defaultdict(set)
    for user_id, role in Membership.objects.filter(user__in=ids).values_list("user_id", "role"):
        roles[user_id].add(Role(role))
    said: dict[int, dict[tuple[str, str], How]] = defaultdict(dict)
    for row in Preference.objects.filter(user__in=ids):
        said[row.user_id][row.kind, row.channel] = How(row.how)
    quiet = {row.user_id: _quiet(row) for row in QuietHours.objects.filter(user__in=ids)}
    targets: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.filter(user__in=ids, is_on=True).order_by("id"):
        targets[target.user_id or 0].append(target)
    away = _away(ids, now)
    found = {}
    for user in users:
        zone = zone_of(user)
        today = now.astimezone(zone).date()
        absent = [row for row in away[user.pk] if row.starts_on <= today <= row.ends_on]
        found[user.pk] = Wishes(
            user=user,
            zone=zone,
            roles=frozenset(roles[user.pk]),
            said=said[user.pk],
            quiet=quiet.get(user.pk, Quiet()),
            targets=tuple(targets[user.pk]),
            is_away=bool(absent),
            deputy_id=absent[0].deputy_id if absent else None,
        )
    return found


def _away(ids: Sequence[int], now: datetime) -> dict[int, list[Absence]]:
    """Absences around today, whichever day that is where the person lives."""
    day = timedelta(days=1)
    rows = Absence.objects.filter(
        user__in=ids, starts_on__lte=now.date() + day, ends_on__gte=now.date() - day
    )
    found: dict[int, list[Absence]] = defaultdict(list)
    for row in rows.order_by("starts_on", "id"):
        found[row.user_id].append(row)
    return found


def _quiet(row: QuietHours) -> Quiet:
    return Quiet(row.begins, row.ends, row.weekends, row.urgent_passes)


def wishes_of(user: User, channels: Sequence[str], now: datetime) -> Sequence[Sequence[Wish]]:
    """For the person's own page: every kind that there is, by every channel."""
    wishes = wishes_of_all([user], now)[user.pk]
    return [
        [
            Wish(
                kind,
                channel,
                wishes.how(kind, channel),
                default_how(channel, kind.urgency, wishes.roles),
            )
            for channel in channels
        ]
        for kind in KINDS.values()
    ]


def quiet_hours_of(user: User) -> Quiet:
    row = QuietHours.objects.filter(user=user).first()
    return _quiet(row) if row else Quiet()


def targets_of(actor: Actor) -> QuerySet[Target]:
    """One's own chats and phones."""
    return Target.objects.filter(user_id=actor.user_id or 0)


def unit_targets(actor: Actor) -> QuerySet[Target]:
    """Team channels of the units whose people the actor leads."""
    if not actor.may(Right.COACH):
        return Target.objects.none()
    rows = Target.objects.filter(actor.within(Right.COACH).rows("unit"), unit__isnull=False)
    return rows.select_related("unit", "created_by").order_by("unit__path", "name")


def target_by_ref(actor: Actor, ref: str) -> Target:
    found = targets_of(actor).filter(ref=ref).first() or unit_targets(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such chat or channel."))
    return found


def targets_above(units: Collection[Unit]) -> dict[int, list[Target]]:
    """For each unit id the team channels of it and of the units above."""
    wanted = {int(part) for unit in units for part in unit.path.strip("/").split("/")}
    rows = list(Target.objects.filter(unit__in=wanted, is_on=True).order_by("id"))
    return {unit.pk: [t for t in rows if f"/{t.unit_id}/" in unit.path] for unit in units}
