"""To whom does a late case go up, rung by rung, past those who are away?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from loopwell.access.enums import Role
from loopwell.access.models import Membership, Unit, User
from loopwell.access.queries import root_unit
from loopwell.cases.enums import Whom
from loopwell.cases.models import Case, EscalationStep
from loopwell.cases.queries.calendars import ids_above, local_days
from loopwell.cases.queries.routing import Away, absences_around
from loopwell.cases.queries.routing.people import COMPANY_ROLES, WORKING_ROLES

LEADING = (Role.MANAGER, Role.SUPERVISOR)


@dataclass(frozen=True)
class Chain:
    """Who stands above whom: managers of people, leaders of units, deputies of the absent."""

    managers: Mapping[int, int | None]
    leaders: Mapping[int, Sequence[int]]
    company: Sequence[int]
    able: frozenset[int]
    away: Mapping[int, Sequence[Away]]
    days: Mapping[int, date]
    root: Unit | None
    today: date

    def target(self, step: EscalationStep, case: Case, told: frozenset[int]) -> int | None:
        """The first on this rung, or further up, who is there and was not told yet."""
        unit = case.unit or self.root
        day = self.days.get(unit.pk, self.today) if unit else self.today
        for user in self._wanted(step, case, unit):
            there = self._there(user, day)
            if there is not None and there not in told:
                return there
        return None

    def _wanted(self, step: EscalationStep, case: Case, unit: Unit | None) -> Iterable[int]:
        whom = Whom(step.whom)
        if whom == Whom.PERSON:
            return [step.person_id] if step.person_id else []
        if whom == Whom.OWNER:
            return [case.owner_id] if case.owner_id else self._up(unit)
        if whom == Whom.PROGRAMME:
            return self.company
        if whom == Whom.UNIT:
            return self._up(unit, own=False)
        manager = self.managers.get(case.owner_id or 0)
        return [*([manager] if manager in self.able else []), *self._up(unit)]

    def _up(self, unit: Unit | None, *, own: bool = True) -> list[int]:
        """Who leads the unit (or from the one above it on), then who runs the programme."""
        above = ids_above(unit.path) if unit else []
        climbed = above if own else above[1:]
        return [*(u for pk in climbed for u in self.leaders.get(pk, ())), *self.company]

    def _there(self, user: int, day: date) -> int | None:
        seen = {user}
        while away := next((a for a in self.away.get(user, ()) if a.on(day)), None):
            if away.deputy is None or away.deputy in seen or away.deputy not in self.able:
                return None
            user = away.deputy
            seen.add(user)
        return user if user in self.able else None


def chain_for(cases: Sequence[Case], now: datetime) -> Chain:
    """Reads it, in a handful of queries for any number of cases; needs their `unit` selected."""
    root = root_unit()
    units = {case.unit_id: case.unit for case in cases if case.unit}
    if root:
        units[root.pk] = root
    rows = Membership.objects.filter(user__is_active=True, role__in=WORKING_ROLES)
    near = {pk for unit in units.values() for pk in ids_above(unit.path)}
    ranked = sorted(
        rows.filter(unit_id__in=near, role__in=LEADING),
        key=lambda m: (LEADING.index(Role(m.role)), m.pk),
    )
    leaders: dict[int, list[int]] = {}
    for row in ranked:
        leaders.setdefault(row.unit_id, []).append(row.user_id)
    owners = {case.owner_id for case in cases if case.owner_id}
    managers = dict(User.objects.filter(pk__in=owners).values_list("pk", "manager_id"))
    company = sorted(
        rows.filter(role__in=COMPANY_ROLES),
        key=lambda m: (COMPANY_ROLES.index(Role(m.role)), m.pk),
    )
    return Chain(
        managers=managers,
        leaders=leaders,
        company=[row.user_id for row in company],
        able=frozenset(rows.values_list("user_id", flat=True)),
        away=absences_around(now),
        days=local_days(units.values(), now),
        root=root,
        today=now.date(),
    )
