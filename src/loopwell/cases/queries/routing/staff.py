"""Who is there, what do they speak and know, how much have they to do, and who is away?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, OuterRef, Q, Subquery

from loopwell.access.enums import Role
from loopwell.access.models import Absence, Membership, Unit, User
from loopwell.access.queries import root_unit
from loopwell.cases.enums import Route
from loopwell.cases.models import Assignment, Case, Completion
from loopwell.cases.queries.calendars import ids_above, local_days
from loopwell.cases.queries.routing.claims import Claim
from loopwell.cases.queries.routing.people import COMPANY_ROLES, WORKING_ROLES

TEAMS = frozenset({Route.CALL_BACK, Route.UNIT_TEAM})
Turn = tuple[int, float]


@dataclass(frozen=True)
class Away:
    """One absence, both days included, and when it was entered."""

    starts_on: date
    ends_on: date
    deputy: int | None
    entered_at: datetime

    def on(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Worker:
    """Somebody who may work on cases."""

    pk: int
    name: str
    languages: frozenset[str]
    skills: frozenset[str]


@dataclass
class Staff:
    """All that routing looks at; `load` and `turn` move on as cases are handed out.

    `posts` are (role, user) by unit, first given first. `paths` are those of the units on `posts`.
    """

    workers: Mapping[int, Worker]
    posts: Mapping[int, Sequence[tuple[Role, int]]]
    paths: Mapping[int, str]
    above: Mapping[int, Sequence[int]]
    days: Mapping[int, date]
    away: Mapping[int, Sequence[Away]]
    trained: frozenset[tuple[int, int]]
    root: Unit | None
    load: dict[int, int] = field(default_factory=dict)
    turn: dict[int, Turn] = field(default_factory=dict)
    given: int = 0

    def absence(self, user: int, day: date) -> Away | None:
        return next((each for each in self.away.get(user, ()) if each.on(day)), None)

    def hand_to(self, user: int) -> None:
        """Cases of the same batch count too."""
        self.given += 1
        self.load[user] = self.load.get(user, 0) + 1
        self.turn[user] = (2, self.given)


def absences_around(now: datetime) -> dict[int, list[Away]]:
    """Who is away on the day of `now`, whichever day that is somewhere on earth."""
    today = now.date()
    rows = Absence.objects.filter(
        starts_on__lte=today + timedelta(days=1), ends_on__gte=today - timedelta(days=1)
    )
    found: dict[int, list[Away]] = defaultdict(list)
    columns = ("user_id", "starts_on", "ends_on", "deputy_id", "created_at")
    for user, start, end, deputy, entered in rows.values_list(*columns):
        found[user].append(Away(start, end, deputy, entered))
    return found


def staff_for(claims: Sequence[Claim], now: datetime) -> Staff:
    """Reads it, in a handful of queries for any number of claims."""
    root = root_unit()
    asked = {c.unit.pk: c.unit for c in claims if c.unit}
    named = {c.rule.route_unit_id for c in claims if c.rule and c.rule.route_unit_id}
    everywhere = dict(asked)
    if named:
        everywhere |= {unit.pk: unit for unit in Unit.objects.filter(pk__in=named)}
    if root:
        everywhere[root.pk] = root
    away = absences_around(now)
    rows = _posts(claims, everywhere, away, [everywhere[pk].path for pk in named if pk])
    posts: dict[int, list[tuple[Role, int]]] = defaultdict(list)
    for row in rows:
        posts[row["unit_id"]].append((Role(row["role"]), row["user_id"]))
    staff = Staff(
        workers={row["user_id"]: _worker(row) for row in rows},
        posts=posts,
        paths={row["unit_id"]: row["unit__path"] for row in rows},
        above={pk: ids_above(unit.path) for pk, unit in everywhere.items()},
        days=local_days(everywhere.values(), now),
        away=away,
        trained=_trained(claims),
        root=root,
    )
    if any(c.rule and c.rule.route in TEAMS for c in claims):
        _weigh(staff)
    return staff


def _posts(
    claims: Sequence[Claim],
    units: Mapping[int, Unit],
    away: Mapping[int, Sequence[Away]],
    branches: Iterable[str],
) -> list[dict[str, Any]]:
    people = {c.employee.manager_id for c in claims if c.employee}
    people |= {c.account.owner_id for c in claims if c.account}
    people |= {c.rule.route_person_id for c in claims if c.rule}
    people |= {each.deputy for rows in away.values() for each in rows}
    near = {pk for unit in units.values() for pk in ids_above(unit.path)}
    wanted = Q(user_id__in=people - {None}) | Q(unit_id__in=near) | Q(role__in=COMPANY_ROLES)
    for path in branches:
        wanted |= Q(unit__path__startswith=path)
    rows = Membership.objects.filter(wanted, user__is_active=True, role__in=WORKING_ROLES)
    columns = ("unit_id", "unit__path", "role", "user_id",
               "user__name", "user__languages", "user__skills")  # fmt: skip
    return list(rows.order_by("pk").values(*columns))


def _worker(row: Mapping[str, Any]) -> Worker:
    spoken: Sequence[str] = row["user__languages"] or [settings.LANGUAGE_CODE]
    skills: Sequence[str] = row["user__skills"] or []
    return Worker(
        pk=int(row["user_id"]),
        name=str(row["user__name"]),
        languages=frozenset(base(code) for code in spoken),
        skills=frozenset(skill.casefold() for skill in skills),
    )


def base(language: str) -> str:
    """The language without its country: "pl" of "pl-PL"."""
    return language.replace("_", "-").partition("-")[0].lower()


def _trained(claims: Sequence[Claim]) -> frozenset[tuple[int, int]]:
    """(training, user) of everybody who went through its current edition."""
    wanted = {c.rule.training_id for c in claims if c.rule and c.rule.training_id}
    if not wanted:
        return frozenset()
    rows = Completion.objects.filter(training_id__in=wanted, edition=F("training__edition"))
    return frozenset(rows.values_list("training_id", "user_id"))


def _weigh(staff: Staff) -> None:
    """How many open cases each has, and when they last got one; an index serves each of them."""
    people = list(staff.workers)
    counted = Case.objects.filter(owner_id__in=people, closed_at=None).order_by()
    rows = counted.values_list("owner_id").annotate(Count("pk"))
    staff.load.update({owner: number for owner, number in rows if owner is not None})
    newest = Assignment.objects.filter(owner=OuterRef("pk")).order_by("-pk").values("at")[:1]
    last = User.objects.filter(pk__in=people).order_by().annotate(last=Subquery(newest))
    for user, at in last.values_list("pk", "last"):
        staff.turn[user] = (1, at.timestamp()) if at else (0, 0.0)
