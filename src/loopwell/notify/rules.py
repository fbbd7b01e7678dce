"""When may an alarm leave, when is it tried again, and what holds unless a person says else?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from loopwell.access.enums import Role
from loopwell.notify.enums import EMAIL, IN_APP, How, Urgency

ATTEMPTS = 5
MOST_SINGLE_MAILS = 5  # more for one person at once come as one list
UNSURE_AFTER = timedelta(minutes=5)
# The comment is written seconds after the score: worth a short wait, so that it is in the mail.
WAIT_FOR_COMMENT = timedelta(seconds=60)
# Who works cases or leads those who do; everybody else is not interrupted by what can wait.
HANDS_ON = frozenset(
    {Role.FRONT_LINE, Role.CALL_BACK, Role.SUPERVISOR, Role.MANAGER, Role.ACCOUNT_MANAGER}
)


@dataclass(frozen=True)
class Quiet:
    """When a person wants peace, by their own clock; without `begins` and `ends` never."""

    begins: time | None = time(21)
    ends: time | None = time(7)
    weekends: bool = False
    urgent_passes: bool = True


def may_leave(*, created_at: datetime, has_comment: bool, now: datetime) -> bool:
    return has_comment or now - created_at >= WAIT_FOR_COMMENT


def back_off(attempts: int) -> timedelta:
    """1, 2, 4 … minutes."""
    return timedelta(minutes=2 ** max(attempts - 1, 0))


def default_how(channel: str, urgency: Urgency, roles: Collection[Role]) -> How:
    """What is pressing comes at once; what is not is bundled for those who work with customers
    all day, and stands in the daily digest of everybody else."""
    if channel == IN_APP or urgency is Urgency.AT_ONCE:
        return How.NOW
    if channel != EMAIL:
        return How.OFF
    if urgency is Urgency.SOON and HANDS_ON & set(roles):
        return How.HOURLY
    return How.DAILY


def leaves_at(now: datetime, *, how: How, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """The moment an alarm may go; `quiet` None means that it may disturb."""
    at = _next_hour(now) if how is How.HOURLY else now
    return at if quiet is None else after_quiet(at, quiet, zone)


def after_quiet(at: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """The same moment, or the end of the quiet hours it falls into."""
    for _day in range(4):  # a weekend, and the nights around it
        ends = _end_of_quiet(at, quiet, zone)
        if ends is None:
            return at
        at = ends
    return at


def _end_of_quiet(at: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime | None:
    local = at.astimezone(zone)
    if quiet.weekends and local.weekday() >= 5:
        monday = local.date() + timedelta(days=7 - local.weekday())
        return datetime.combine(monday, time(0), zone).astimezone(UTC)
    begins, ends = quiet.begins, quiet.ends
    if begins is None or ends is None or begins == ends:
        return None
    clock = local.time().replace(tzinfo=None)
    if begins < ends:
        inside, tomorrow = begins <= clock < ends, False
    else:
        inside, tomorrow = clock >= begins or clock < ends, clock >= begins
    if not inside:
        return None
    day = local.date() + timedelta(days=1 if tomorrow else 0)
    end = datetime.combine(day, ends, zone).astimezone(UTC)
    return end if end > at else None


def _next_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
