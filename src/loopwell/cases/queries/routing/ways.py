"""Whom does each way of a rule mean: one person after the other, or a team?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loopwell.access.enums import Role
from loopwell.cases.enums import Route
from loopwell.cases.queries.routing.claims import Claim
from loopwell.cases.queries.routing.people import COMPANY_ROLES
from loopwell.cases.queries.routing.staff import TEAMS, Staff

TEAM_ROLES = {
    Route.CALL_BACK: frozenset({Role.CALL_BACK}),
    Route.UNIT_TEAM: frozenset({Role.FRONT_LINE, Role.SUPERVISOR}),
}
LEADING = (Role.MANAGER, Role.SUPERVISOR)


@dataclass(frozen=True)
class Step:
    """Those who could take it by one way; any of a `team`, else the first who can."""

    route: Route
    people: tuple[int, ...]

    @property
    def team(self) -> bool:
        return self.route in TEAMS


def steps(claim: Claim, staff: Staff) -> Iterator[Step]:
    """What the rule asks for, then the nearest, then whoever runs the programme."""
    asked = Route(claim.rule.route) if claim.rule else Route.NEAREST
    if asked != Route.NEAREST:
        yield Step(asked, _meant(asked, claim, staff))
    about_employee = claim.account is None or claim.transactional
    for route in (Route.EMPLOYEE_MANAGER, Route.ACCOUNT_OWNER, Route.UNIT_MANAGER):
        if route == asked or (route == Route.EMPLOYEE_MANAGER and not about_employee):
            continue
        yield Step(route, _meant(route, claim, staff))
    yield Step(Route.PROGRAMME, running_the_programme(staff, place(claim, staff)))


def place(claim: Claim, staff: Staff) -> int | None:
    """The unit whose case it is; the company where none is named."""
    if claim.unit:
        return claim.unit.pk
    return staff.root.pk if staff.root else None


def _meant(route: Route, claim: Claim, staff: Staff) -> tuple[int, ...]:
    rule = claim.rule
    named = rule.route_unit_id if rule and rule.route == route else None
    if route in TEAM_ROLES:
        return _team(route, staff, place(claim, staff), named)
    found: int | None = None
    if route == Route.EMPLOYEE_MANAGER:
        found = claim.employee.manager_id if claim.employee else None
    elif route == Route.ACCOUNT_OWNER:
        found = claim.account.owner_id if claim.account else None
    elif route == Route.PERSON:
        found = rule.route_person_id if rule else None
    elif route == Route.UNIT_MANAGER:
        return leaders(staff, named or place(claim, staff))
    return (found,) if found else ()


def _team(route: Route, staff: Staff, unit: int | None, named: int | None) -> tuple[int, ...]:
    """The named unit's people of that kind, those below included; else the nearest above."""
    roles = TEAM_ROLES[route]
    if named:
        path = "/" + "".join(f"{pk}/" for pk in reversed(staff.above[named]))
        inside = [pk for pk, known in staff.paths.items() if known.startswith(path)]
        if found := _holding(roles, staff, inside):
            return found
    for above in staff.above.get(named or unit or 0, ()):
        if found := _holding(roles, staff, [above]):
            return found
    return ()


def _holding(roles: frozenset[Role], staff: Staff, units: Sequence[int]) -> tuple[int, ...]:
    held = [user for pk in units for role, user in staff.posts.get(pk, ()) if role in roles]
    return tuple(dict.fromkeys(held))


def leaders(staff: Staff, unit: int | None) -> tuple[int, ...]:
    """Who leads the unit, then who leads each unit above; managers before supervisors."""
    return _ranked(LEADING, staff, staff.above.get(unit or 0, ()))


def running_the_programme(staff: Staff, unit: int | None) -> tuple[int, ...]:
    """Nearest first; then whoever runs the programme or the installation anywhere."""
    near = _ranked(COMPANY_ROLES, staff, staff.above.get(unit or 0, ()))
    posts = [post for rows in staff.posts.values() for post in rows]
    others = [user for wanted in COMPANY_ROLES for role, user in posts if role == wanted]
    return tuple(dict.fromkeys([*near, *others]))


def _ranked(roles: Sequence[Role], staff: Staff, units: Sequence[int]) -> tuple[int, ...]:
    held = [
        user
        for pk in units
        for wanted in roles
        for role, user in staff.posts.get(pk, ())
        if role == wanted
    ]
    return tuple(dict.fromkeys(held))
