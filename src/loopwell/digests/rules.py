"""Who gets which digest without asking, on which day which edition, and about which days?"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from loopwell.access.enums import Role
from loopwell.digests.enums import Edition

DAYS = 90
"""What the score in a digest and on the home page covers unless somebody chooses otherwise."""
ENOUGH = 30
"""Answers below which scores are not compared."""
FEW_PEOPLE = 3
"""Units with fewer people show no use: it would say who."""
ATTEMPTS = 5
LATEST = timedelta(hours=4)
"""Who could not be written to at the wished time is, until so long after it."""
MANAGING = frozenset({Role.MANAGER, Role.SUPERVISOR})
BY_WEEK = frozenset({Role.EXECUTIVE, Role.PROGRAMME, Role.ACCOUNT_MANAGER})


def usual(roles: Iterable[Role]) -> frozenset[Edition]:
    """What somebody gets who has said nothing: managers every day, those above every week."""
    held = set(roles)
    if held & MANAGING:
        return frozenset(Edition)
    return frozenset({Edition.WEEKLY, Edition.MONTHLY}) if held & BY_WEEK else frozenset()


def edition_of(
    day: date, works_on: Callable[[date], bool], wanted: frozenset[Edition]
) -> Edition | None:
    """The largest wanted edition of a working day; None where nothing is due.

    The month's comes on its first working day, the week's on the first of the week.
    """
    if not works_on(day):
        return None
    starts_month = not any(works_on(day - timedelta(days=n)) for n in range(1, day.day))
    starts_week = not any(works_on(day - timedelta(days=n)) for n in range(1, day.weekday() + 1))
    if starts_month and Edition.MONTHLY in wanted:
        return Edition.MONTHLY
    if starts_week and Edition.WEEKLY in wanted:
        return Edition.WEEKLY
    return Edition.DAILY if Edition.DAILY in wanted else None


def days_of(edition: Edition, day: date, works_on: Callable[[date], bool]) -> tuple[date, date]:
    """The days an edition tells of, the last not included: whole days before it is sent."""
    if edition is Edition.MONTHLY:
        end = day.replace(day=1)
        return (end - timedelta(days=1)).replace(day=1), end
    if edition is Edition.WEEKLY:
        return day - timedelta(days=7), day
    back = (day - timedelta(days=n) for n in range(1, 15))
    return next((each for each in back if works_on(each)), day - timedelta(days=1)), day


def back_off(attempts: int) -> timedelta:
    """1, 2, 4 … minutes."""
    return timedelta(minutes=2 ** max(attempts - 1, 0))


def monday(moment: datetime | date) -> date:
    day = moment.date() if isinstance(moment, datetime) else moment
    return day - timedelta(days=day.weekday())


def unclear() -> str:
    return _("Perhaps sent")
