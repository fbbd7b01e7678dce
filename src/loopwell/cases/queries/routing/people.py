"""Who may work on cases, and on which?"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from loopwell.access.enums import Right, Role
from loopwell.access.models import Membership, User
from loopwell.access.queries import root_unit
from loopwell.access.rules import ROLE_RIGHTS
from loopwell.cases.models import Case, Escalation

WORKING_ROLES = sorted(role for role, rights in ROLE_RIGHTS.items() if Right.WORK_CASES in rights)
COMPANY_ROLES = (Role.PROGRAMME, Role.ADMINISTRATOR)


def able_to_work(user_ids: Iterable[int | None]) -> frozenset[int]:
    """Those of them who are still here and may work on cases."""
    rows = Membership.objects.filter(
        user_id__in=[i for i in user_ids if i], user__is_active=True, role__in=WORKING_ROLES
    )
    return frozenset(rows.values_list("user_id", flat=True))


def possible_owners(case: Case) -> QuerySet[User]:
    """People who may work on cases and see this one by themselves, or are of the team its rule
    names, or heard that it is late."""
    root = root_unit()
    above = case.unit.path if case.unit else f"/{root.pk}/" if root else "/"
    ids = [int(part) for part in above.strip("/").split("/") if part]
    working = [role for role in WORKING_ROLES if role != Role.ACCOUNT_MANAGER]
    able = Q(memberships__unit_id__in=ids, memberships__role__in=working)
    if case.account and case.account.owner_id:
        able |= Q(pk=case.account.owner_id, memberships__role=Role.ACCOUNT_MANAGER)
    if case.rule and case.rule.route_unit:
        path = case.rule.route_unit.path
        able |= Q(memberships__unit__path__startswith=path, memberships__role__in=working)
    told = Escalation.objects.filter(case=case, to__isnull=False).values("to_id")
    able |= Q(pk__in=told, memberships__role__in=WORKING_ROLES)
    return User.objects.filter(able, is_active=True).distinct().order_by("name", "id")
