"""Who should get the case of an answer, who could take it over, and when does the unit work?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from loopwell.access.enums import Right, Role
from loopwell.access.models import Membership, Unit, User
from loopwell.access.queries import managers_of, root_unit
from loopwell.access.rules import ROLE_RIGHTS
from loopwell.cases.enums import Route
from loopwell.cases.models import Case, Rule
from loopwell.kit.working_time import Calendar
from loopwell.people.models import Account
from loopwell.surveys.enums import SurveyKind

WORKING_ROLES = sorted(role for role, rights in ROLE_RIGHTS.items() if Right.WORK_CASES in rights)
COMPANY_ROLES = (Role.PROGRAMME, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Claim:
    """What routing must know of an answer, or of a silence, that needs somebody.

    `rule` says whom it wants; without one, or when nobody it wants can, the nearest. Needs `unit`,
    `employee` and `account` of the source selected.
    """

    key: int
    unit: Unit | None
    employee: User | None
    account: Account | None
    transactional: bool
    language: str = ""
    rule: Rule | None = None

    @classmethod
    def of(cls, case: Case) -> "Claim":
        """Of a case that exists, by its id; for answers and silences alike."""
        source = case.response or case.invitation
        if source is None:
            raise ValueError(f"case {case.pk} is about nothing")
        kind = case.response.kind if case.response else ""
        return cls(
            key=case.pk,
            unit=case.unit,
            employee=source.employee,
            account=case.account,
            transactional=kind == SurveyKind.TRANSACTIONAL,
            language=case.customer.language,
            rule=case.rule,
        )


@dataclass(frozen=True)
class Routed:
    """The person a case goes to and why; nobody only where a company has no people yet."""

    owner_id: int | None
    route: Route


def routes(claims: Iterable[Claim]) -> dict[int, Routed]:
    """The owner for each claim by its key, in a handful of queries for any number.

    The employee's own manager first where one visit or call is judged, then the account's owner,
    then who leads the unit, then who runs the programme. An account's judgement of the whole
    relationship is its owner's.
    """
    rows = list(claims)
    wanted = {r.employee.manager_id for r in rows if r.employee and r.employee.manager_id}
    wanted |= {r.account.owner_id for r in rows if r.account and r.account.owner_id}
    able = able_to_work(wanted)
    leaders = managers_of({r.unit.pk: r.unit for r in rows if r.unit}.values())
    last = _last_resort()
    return {row.key: _route(row, able=able, leaders=leaders, last=last) for row in rows}


def _route(
    row: Claim, *, able: frozenset[int], leaders: dict[int, int], last: int | None
) -> Routed:
    about_employee = row.account is None or row.transactional
    if about_employee and row.employee and row.employee.manager_id in able:
        return Routed(row.employee.manager_id, Route.EMPLOYEE_MANAGER)
    if row.account and row.account.owner_id in able:
        return Routed(row.account.owner_id, Route.ACCOUNT_OWNER)
    if row.unit and row.unit.pk in leaders:
        return Routed(leaders[row.unit.pk], Route.UNIT_MANAGER)
    return Routed(last, Route.PROGRAMME)


def able_to_work(user_ids: Iterable[int | None]) -> frozenset[int]:
    """Those of them who are still here and may work on cases."""
    rows = Membership.objects.filter(
        user_id__in=[i for i in user_ids if i], user__is_active=True, role__in=WORKING_ROLES
    )
    return frozenset(rows.values_list("user_id", flat=True))


def _last_resort() -> int | None:
    rows = Membership.objects.filter(role__in=COMPANY_ROLES, user__is_active=True)
    ranked = sorted(rows, key=lambda m: (COMPANY_ROLES.index(Role(m.role)), m.pk))
    return ranked[0].user_id if ranked else None


def possible_owners(case: Case) -> QuerySet[User]:
    """People who may work on cases and see this one by themselves."""
    root = root_unit()
    above = case.unit.path if case.unit else f"/{root.pk}/" if root else "/"
    ids = [int(part) for part in above.strip("/").split("/") if part]
    working = [role for role in WORKING_ROLES if role != Role.ACCOUNT_MANAGER]
    able = Q(memberships__unit_id__in=ids, memberships__role__in=working)
    if case.account and case.account.owner_id:
        able |= Q(pk=case.account.owner_id, memberships__role=Role.ACCOUNT_MANAGER)
    return User.objects.filter(able, is_active=True).distinct().order_by("name", "id")


def calendars(units: Iterable[Unit]) -> dict[int, Calendar]:
    """The working hours of each unit by its id, in its own zone or the nearest above it."""
    zones = dict(Unit.objects.exclude(time_zone="").values_list("pk", "time_zone"))
    found = {}
    for unit in units:
        above = reversed([int(part) for part in unit.path.strip("/").split("/")])
        name = next((zones[pk] for pk in above if pk in zones), settings.TIME_ZONE)
        found[unit.pk] = Calendar(zone=ZoneInfo(name))
    return found


def calendar_for(unit: Unit | None) -> Calendar:
    units: Sequence[Unit] = [unit] if unit else []
    return next(iter(calendars(units).values()), Calendar(zone=ZoneInfo(settings.TIME_ZONE)))
