"""Which root causes come up most in calls, and more or less than before?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.calc.nps import Estimate
from loopwell.calc.proportion import wilson
from loopwell.digests.rules import ENOUGH
from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Mention, Theme

SHOWN = 5


@dataclass(frozen=True)
class CauseLine:
    """One cause: in how many of all calls with a cause it was found, now and before.

    `share` is a percentage with its interval; `moved` is "up" or "down" where the change is
    beyond chance.
    """

    slug: str
    theme: Theme
    found: int
    calls: int
    share: Estimate
    before: Estimate | None
    moved: str = ""

    @property
    def name(self) -> str:
        return str(self.theme)

    @property
    def few(self) -> bool:
        return self.calls < ENOUGH


def causes(
    actor: Actor, *, start: date | None, end: date | None, unit_path: str = ""
) -> list[CauseLine]:
    """What interviewers found in the actor's answers; the period is when the call was noted."""
    if not actor.may(Right.READ_ANSWERS):
        return []
    rows = _mentions(actor, unit_path)
    now = _within(rows, start, end)
    earlier = _within(rows, start - (end - start), start) if start and end else rows.none()
    calls, calls_before = _calls(now), _calls(earlier)
    before = dict(_counted(earlier))
    top = list(_counted(now))[:SHOWN]
    themes = Theme.objects.in_bulk([pk for pk, _found in top])
    return [_line(themes[pk], found, calls, before.get(pk, 0), calls_before) for pk, found in top]


def _mentions(actor: Actor, unit_path: str) -> QuerySet[Mention]:
    scope = actor.within(Right.READ_ANSWERS).rows("response__unit", account="response__account")
    rows = Mention.objects.filter(scope, source=MentionSource.INTERVIEWER, response__is_test=False)
    return rows.filter(response__unit__path__startswith=unit_path) if unit_path else rows


def _within(rows: QuerySet[Mention], start: date | None, end: date | None) -> QuerySet[Mention]:
    wanted = Q()
    if start:
        wanted &= Q(at__gte=_midnight(start))
    if end:
        wanted &= Q(at__lt=_midnight(end))
    return rows.filter(wanted)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)


def _calls(rows: QuerySet[Mention]) -> int:
    return int(rows.aggregate(n=Count("response", distinct=True))["n"])


def _counted(rows: QuerySet[Mention]) -> Iterable[tuple[int, int]]:
    grouped = rows.order_by().values("theme_id").annotate(n=Count("pk"))
    return [(row["theme_id"], row["n"]) for row in grouped.order_by("-n", "theme_id")]


def _line(theme: Theme, found: int, calls: int, found_before: int, calls_before: int) -> CauseLine:
    share = wilson(found, calls)
    before = wilson(found_before, calls_before) if calls_before else None
    return CauseLine(
        slug=theme.slug,
        theme=theme,
        found=found,
        calls=calls,
        share=share,
        before=before,
        moved=_moved(share, before, min(calls, calls_before)),
    )


def _moved(share: Estimate, before: Estimate | None, calls: int) -> str:
    """Only where the intervals do not meet, which claims too little rather than too much."""
    if before is None or calls < ENOUGH:
        return ""
    if share.low > before.high:
        return "up"
    return "down" if share.high < before.low else ""
