"""Whose digest is due now, in their own zone and on their unit's working days?"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from loopwell.access.enums import Role
from loopwell.access.models import Membership, User
from loopwell.cases.queries import calendar_for, calendars
from loopwell.digests.enums import Edition
from loopwell.digests.models import Digest, Wish
from loopwell.digests.queries import editions_of
from loopwell.digests.queries.wishes import AT
from loopwell.digests.rules import LATEST, edition_of, usual
from loopwell.kit.working_time import Calendar


def plan_digests(now: datetime) -> int:
    """A row for each digest that is due and not there yet; some queries for any number."""
    wishes = {wish.user_id: wish for wish in Wish.objects.all()}
    roles = _roles()
    people = User.objects.filter(is_active=True, pk__in=roles).exclude(email="")
    hours = working_days(users := list(people.select_related("unit")))
    rows = []
    for user in users:
        due = _due(user, wishes.get(user.pk), roles[user.pk], hours, now)
        if due:
            rows.append(Digest(user=user, edition=due[0], day=due[1], created_at=now))
    known = set(
        Digest.objects.filter(day__gte=(now - timedelta(days=2)).date()).values_list(
            "user_id", "day"
        )
    )
    new = [row for row in rows if (row.user_id, row.day) not in known]
    Digest.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


def working_days(users: list[User]) -> Mapping[int | None, Calendar]:
    """By unit id; None is the company's."""
    units = {user.unit_id: user.unit for user in users if user.unit}
    return {None: calendar_for(None), **dict(calendars(units.values()).items())}


def zone_of(user: User, hours: Mapping[int | None, Calendar]) -> ZoneInfo:
    return ZoneInfo(user.time_zone) if user.time_zone else hours[user.unit_id].zone


def _roles() -> dict[int, set[Role]]:
    found: dict[int, set[Role]] = defaultdict(set)
    for user, role in Membership.objects.values_list("user_id", "role"):
        found[user].add(Role(role))
    return found


def _due(
    user: User,
    wish: Wish | None,
    roles: set[Role],
    hours: Mapping[int | None, Calendar],
    now: datetime,
) -> tuple[Edition, date] | None:
    wanted = editions_of(wish) if wish else usual(roles)
    if not wanted:
        return None
    zone = zone_of(user, hours)
    local = now.astimezone(zone)
    start = datetime.combine(local.date(), wish.at if wish else AT, zone)
    if not start <= local < start + LATEST:
        return None
    edition = edition_of(local.date(), hours[user.unit_id].works_on, wanted)
    return (edition, local.date()) if edition else None
