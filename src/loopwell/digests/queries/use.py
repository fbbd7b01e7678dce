"""How much do teams use what they get, do digests help them, and do they call in time?

By unit, never by person; units with fewer than FEW_PEOPLE people show nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, F, Q, Sum

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.queries import units_within
from loopwell.access.rules import Actor, require
from loopwell.cases.models import Case
from loopwell.digests.enums import Used
from loopwell.digests.models import Opinion, Use
from loopwell.digests.rules import FEW_PEOPLE


@dataclass(frozen=True)
class TeamUse:
    """One unit's own people (not those below): opened per working day, cases, opinions."""

    unit: Unit
    people: int
    home: int = 0
    feed: int = 0
    digest: int = 0
    in_time: int = 0
    cases: int = 0
    helped: int = 0
    opinions: int = 0

    @property
    def few(self) -> bool:
        return self.people < FEW_PEOPLE


@dataclass(frozen=True)
class Said:
    """What somebody wrote about a digest."""

    unit: Unit | None
    day: date
    helped: bool
    sentence: str


def use_of_teams(actor: Actor, *, start: date, end: date) -> list[TeamUse]:
    """Six queries for any number of units; those without people are left out."""
    require(actor, Right.COACH)
    units = units_within(actor.within(Right.COACH)).annotate(
        people=Count("employees", filter=Q(employees__is_active=True))
    )
    used = _used(start, end)
    cases, opinions = _cases(start, end), _opinions(start, end)
    found = []
    for unit in units.order_by("path"):
        people = getattr(unit, "people")  # noqa: B009 annotation
        if not people:
            continue
        if people < FEW_PEOPLE:
            found.append(TeamUse(unit, people))
            continue
        helped, said = opinions.get(unit.pk, (0, 0))
        in_time, all_cases = cases.get(unit.pk, (0, 0))
        found.append(
            TeamUse(
                unit,
                people,
                home=used[unit.pk, Used.HOME],
                feed=used[unit.pk, Used.FEED],
                digest=used[unit.pk, Used.DIGEST],
                in_time=in_time,
                cases=all_cases,
                helped=helped,
                opinions=said,
            )
        )
    return found


def _used(start: date, end: date) -> defaultdict[tuple[int, str], int]:
    rows = Use.objects.filter(day__gte=start, day__lt=end).values("unit_id", "what")
    found: defaultdict[tuple[int, str], int] = defaultdict(int)
    for row in rows.annotate(n=Sum("people")).order_by():
        found[row["unit_id"], row["what"]] = row["n"]
    return found


def _cases(start: date, end: date) -> dict[int, tuple[int, int]]:
    """Of the calls that fell due: spoken with by then, by unit."""
    first, last = (datetime.combine(day, time(), UTC) for day in (start, end))
    rows = Case.objects.filter(due_at__gte=first, due_at__lt=last, merged_into=None)
    counted = (
        rows.order_by()
        .values("unit_id")
        .annotate(n=Count("pk"), kept=Count("pk", filter=Q(reached_at__lte=F("due_at"))))
    )
    return {row["unit_id"]: (row["kept"], row["n"]) for row in counted}


def _opinions(start: date, end: date) -> dict[int, tuple[int, int]]:
    rows = Opinion.objects.filter(day__gte=start, day__lt=end).order_by().values("unit_id")
    counted = rows.annotate(n=Count("pk"), yes=Count("pk", filter=Q(helped=True)))
    return {row["unit_id"]: (row["yes"], row["n"]) for row in counted}


def said(actor: Actor, *, start: date, end: date, limit: int = 20) -> Sequence[Said]:
    """Sentences about digests, of units large enough not to name anybody."""
    require(actor, Right.COACH)
    units = units_within(actor.within(Right.COACH)).annotate(
        people=Count("employees", filter=Q(employees__is_active=True))
    )
    rows = Opinion.objects.filter(
        day__gte=start, day__lt=end, unit__in=units.filter(people__gte=FEW_PEOPLE)
    ).exclude(sentence="")
    rows = rows.select_related("unit").order_by("-day", "-pk")[:limit]
    return [Said(row.unit, row.day, row.helped, row.sentence) for row in rows]


def opened_by_day(actor: Actor, *, start: date, end: date) -> Sequence[tuple[date, int]]:
    """People of all large enough units who opened the home page, each day of the stretch."""
    require(actor, Right.COACH)
    large = units_within(actor.within(Right.COACH)).annotate(
        people=Count("employees", filter=Q(employees__is_active=True))
    )
    rows = Use.objects.filter(
        day__gte=start, day__lt=end, what=Used.HOME, unit__in=large.filter(people__gte=FEW_PEOPLE)
    )
    known = {r["day"]: r["n"] for r in rows.values("day").annotate(n=Sum("people")).order_by()}
    days = (start + timedelta(days=n) for n in range((end - start).days))
    return [(day, known.get(day, 0)) for day in days]
