"""What may somebody give a customer without asking, who decides above that, and what waits?"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role
from loopwell.access.models import Membership, User
from loopwell.access.queries import root_unit
from loopwell.access.rules import ROLE_RIGHTS, Actor
from loopwell.cases.enums import RedressState
from loopwell.cases.models import Case, Redress, RedressLimit
from loopwell.cases.queries.policy import policy
from loopwell.cases.queries.scope import visible_to
from loopwell.kit.errors import NotFound

GIVING_ROLES = tuple(role for role, rights in ROLE_RIGHTS.items() if Right.WORK_CASES in rights)
UNLIMITED = Decimal("Infinity")


def limits() -> Mapping[Role, Decimal]:
    """By every role that works on cases, in the policy's currency; without a row: nothing."""
    rows = dict(RedressLimit.objects.values_list("role", "amount"))
    found = {}
    for role in GIVING_ROLES:
        amount = rows.get(role.value, Decimal(0))
        found[role] = UNLIMITED if amount is None else amount
    return found


def limit_of(user_id: int | None, case: Case) -> Decimal:
    """The highest of the roles this person has where the case is; nobody gives nothing."""
    if user_id is None:
        return Decimal(0)
    known = limits()
    roles = Membership.objects.filter(_there(case), user_id=user_id, user__is_active=True)
    found = [known.get(Role(role), Decimal(0)) for role in roles.values_list("role", flat=True)]
    return max(found, default=Decimal(0))


def suffices(limit: Decimal, amount: Decimal, currency: str) -> bool:
    """Whether this much may be given at once; in another currency only without any limit."""
    return limit == UNLIMITED or (amount <= limit and currency == policy().currency)


def deciders(redress: Redress) -> Sequence[User]:
    """Who may approve it: a limit high enough where the case is, and not who asked."""
    known = limits()
    able = [
        role for role, limit in known.items() if suffices(limit, redress.amount, redress.currency)
    ]
    wanted = Membership.objects.filter(_there(redress.case), role__in=able)
    rows = User.objects.filter(pk__in=wanted.values("user_id"), is_active=True)
    if redress.by_id is not None:
        rows = rows.exclude(pk=redress.by_id)
    return list(rows.order_by("name", "pk"))


def may_decide(actor: Actor, redress: Redress) -> bool:
    if actor.user_id is None or actor.user_id == redress.by_id:
        return False
    if redress.state != RedressState.ASKED:
        return False
    limit = limit_of(actor.user_id, redress.case)
    return suffices(limit, redress.amount, redress.currency)


def redress_of(case: Case) -> Sequence[Redress]:
    """With that of the cases merged into it, newest first."""
    rows = Redress.objects.filter(Q(case=case) | Q(case__merged_into=case))
    related = ("by", "decided_by", "case__unit", "case__account")
    return list(rows.select_related(*related).order_by("-pk"))


def waiting_redress(actor: Actor) -> QuerySet[Redress]:
    """Everything asked for where the actor sees cases, oldest first."""
    rows = Redress.objects.filter(state=RedressState.ASKED, case__in=visible_to(actor))
    related = ("case__customer", "case__unit", "case__account", "by")
    return rows.select_related(*related).order_by("pk")


def visible_redress(actor: Actor) -> QuerySet[Redress]:
    """Of the cases the actor sees."""
    rows = Redress.objects.filter(case__in=visible_to(actor))
    return rows.select_related("case", "by", "decided_by")


def redress_by_ref(actor: Actor, ref: str) -> Redress:
    rows = Redress.objects.filter(ref=ref, case__in=visible_to(actor))
    found = rows.select_related("case__unit", "case__account", "case__customer", "by").first()
    if found is None:
        raise NotFound(_("There is no such redress."))
    return found


def _there(case: Case) -> Q:
    """Memberships whose role holds where the case is, and those of who has it."""
    root = root_unit()
    above = case.unit.path if case.unit else f"/{root.pk}/" if root else "/"
    ids = [int(part) for part in above.strip("/").split("/") if part]
    wanted = Q(unit_id__in=ids) & ~Q(role=Role.ACCOUNT_MANAGER)
    if case.owner_id:
        wanted |= Q(user_id=case.owner_id)
    if case.account and case.account.owner_id:
        wanted |= Q(user_id=case.account.owner_id, role=Role.ACCOUNT_MANAGER)
    return wanted
