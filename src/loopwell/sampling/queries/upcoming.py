"""What will a programme do in the next days, and will it come short?"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from django.utils.translation import gettext as _

from loopwell.sampling.calendar import (
    company_zone,
    day_begins,
    holiday_names,
    is_working_day,
    local_day,
    working_days,
    zone_of,
)
from loopwell.sampling.enums import ProgrammeKind, QuotaPeriod
from loopwell.sampling.models import Decision, Programme, Run, Wave
from loopwell.sampling.queries.drawing import Source, draw
from loopwell.sampling.queries.plans import contact_limit
from loopwell.sampling.queries.pools import Pool, pool_of_programme, pool_of_wave
from loopwell.sampling.queries.quotas import quotas_of, used_of
from loopwell.sampling.queries.touched import touched_by
from loopwell.sampling.rules import ASKED

LOOKED_BACK_WEEKS = 4


@dataclass(frozen=True)
class ComingDay:
    """`expected` invitations; `why` says why there are none or fewer ("Sunday", a holiday's
    name, "quota"), else ""."""

    day: date
    expected: int
    why: str = ""


@dataclass(frozen=True)
class Shortfall:
    """Fewer than wanted: `wanted` invitations (or answers) against `possible`, and why."""

    what: str
    wanted: int
    possible: int


def current_cycle(programme: Programme, now: datetime) -> Wave | None:
    rows = Wave.objects.filter(programme=programme, ends_at__gt=now)
    return rows.select_related("version__survey", "unit", "programme").order_by("-pk").first()


def upcoming(programme: Programme, now: datetime, days: int = 7) -> list[ComingDay]:
    """Each of the next local days, today's included. A relationship programme spreads who can be
    asked now; a transactional one is expected to be as on the same weekdays of four weeks."""
    first = local_day(now, zone_of(programme.unit))
    if programme.ended_at or programme.kind == ProgrammeKind.LINK:
        return []
    if programme.paused_at:
        return [ComingDay(first + timedelta(days=n), 0, _("paused")) for n in range(days)]
    if programme.kind == ProgrammeKind.RELATIONSHIP:
        return _spread(programme, now, first, days)
    return _as_before(programme, first, days)


def last_day_of(programme: Programme, cycle: Wave | None, now: datetime) -> date:
    """The last local day of the cycle, of one that began now where there is none."""
    zone = zone_of(programme.unit)
    if cycle is not None and cycle.ends_at is not None:
        return local_day(cycle.ends_at - timedelta(seconds=1), zone)
    return local_day(now, zone) + timedelta(days=programme.cycle_days - 1)


def pool_now(programme: Programme, cycle: Wave | None, now: datetime) -> Pool:
    return pool_of_wave(cycle, now) if cycle else pool_of_programme(programme, now)


def askable_now(programme: Programme, cycle: Wave | None, now: datetime) -> int:
    return draw(Source(pool_now(programme, cycle, now), []), []).counts.get(ASKED, 0)


def pace(remaining: int, today: date, last: date, country: str) -> int:
    """How many to ask today so that everybody has been asked by the last working day."""
    left = sum(1 for _day in working_days(today, last, country))
    return ceil(remaining / left) if left else remaining


def _spread(programme: Programme, now: datetime, first: date, days: int) -> list[ComingDay]:
    cycle, country = current_cycle(programme, now), contact_limit().holidays_of
    last = last_day_of(programme, cycle, now)
    left = askable_now(programme, cycle, now)
    done = Run.objects.filter(programme=programme, day=first).exclude(finished_at=None).exists()
    room = _Room(programme, now)
    found = []
    for number in range(days):
        day = first + timedelta(days=number)
        if day > last:
            found.append(ComingDay(day, 0, _("a new cycle has begun")))
            continue
        idle = _idle(day, country) or (_("already asked today") if done and day == first else "")
        if idle:
            found.append(ComingDay(day, 0, idle))
            continue
        wanted = pace(left, day, last, country)
        asked = room.take(day, wanted)
        left -= asked
        found.append(ComingDay(day, asked, _("quota") if asked < wanted else ""))
    return found


def _idle(day: date, country: str) -> str:
    """Why nobody is asked on this day, or ""."""
    if is_working_day(day, country):
        return ""
    name = holiday_names(country, [day.year]).get(day, "")
    return name or (_("Saturday") if day.weekday() == 5 else _("Sunday"))


class _Room:
    """What the quotas over all still allow, day by day; those of groups are not foreseen."""

    def __init__(self, programme: Programme, now: datetime) -> None:
        self.quotas = [each for each in quotas_of(programme) if not each.each]
        zone = company_zone()
        today = local_day(now, zone)
        self.used: Counter[tuple[str, date]] = Counter()
        for quota in self.quotas:
            used = sum(used_of(programme, quota, now, zone).values())
            self.used[quota.period, _period_of(quota.period, today)] += used

    def take(self, day: date, wanted: int) -> int:
        keys = [(quota.period, _period_of(quota.period, day)) for quota in self.quotas]
        free = [q.most - self.used[key] for q, key in zip(self.quotas, keys, strict=True)]
        taken = max(min([wanted, *free]), 0)
        for key in set(keys):
            self.used[key] += taken
        return taken


def _period_of(period: str, day: date) -> date:
    if period == QuotaPeriod.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == QuotaPeriod.MONTH else day


def _as_before(programme: Programme, first: date, days: int) -> list[ComingDay]:
    """Contacts of the same weekday in the last weeks, times the share that was asked lately."""
    zone = zone_of(programme.unit)
    since = day_begins(first - timedelta(weeks=LOOKED_BACK_WEEKS), zone)
    moments = touched_by(programme).filter(at__gte=since, at__lt=day_begins(first, zone))
    by_weekday: Counter[int] = Counter()
    for at in moments.values_list("at", flat=True).iterator(chunk_size=5000):
        by_weekday[local_day(at, zone).weekday()] += 1
    asked = asked_share(programme, since)
    room = _Room(programme, day_begins(first, zone))
    found = []
    for number in range(days):
        day = first + timedelta(days=number)
        wanted = round(by_weekday[day.weekday()] / LOOKED_BACK_WEEKS * asked)
        taken = room.take(day, wanted)
        found.append(ComingDay(day, taken, _("quota") if taken < wanted else ""))
    return found


def asked_share(programme: Programme, since: datetime) -> float:
    """Of the contacts decided upon since, the share that was asked; before there are any, the
    share that was chosen."""
    rows = Decision.objects.filter(programme=programme, run__at__gte=since)
    total = rows.count()
    return rows.filter(outcome=ASKED).count() / total if total else programme.share / 100


def shortfalls(programme: Programme, now: datetime) -> list[Shortfall]:
    """Where this cycle or month will come short of what is wanted, while it can be mended."""
    if programme.kind != ProgrammeKind.RELATIONSHIP or programme.ended_at:
        return []
    cycle, country = current_cycle(programme, now), contact_limit().holidays_of
    last = last_day_of(programme, cycle, now)
    first = local_day(now, zone_of(programme.unit))
    wanted = askable_now(programme, cycle, now)
    room = _Room(programme, now)
    left = wanted
    for day in working_days(first, last, country):
        left -= room.take(day, pace(left, day, last, country))
    found = []
    if left > 0:
        text = _("The quotas let fewer be asked in this cycle than there are.")
        found.append(Shortfall(text, wanted, wanted - left))
    newest = Run.objects.filter(programme=programme).exclude(short={}).order_by("-pk").first()
    for group, missing in (newest.short if newest else {}).items():
        text = _("“%(group)s” had too few who could be asked.") % {"group": group or "–"}
        found.append(Shortfall(text, missing, 0))
    return found
