"""Which cases does somebody see?"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.cases.models import Case, Escalation
from loopwell.kit.errors import NotFound
from loopwell.people.models import Account
from loopwell.responses.models import Response


def visible_to(actor: Actor, right: Right = Right.READ_CASES) -> QuerySet[Case]:
    """Cases where the actor has the right, and those from elsewhere that were given to them or,
    being late, went up to them."""
    if not actor.may(right):
        return Case.objects.none()
    scope = actor.within(right)
    if scope.everything:  # Q() | Q(owner=…) would narrow it to their own
        return Case.objects.all()
    mine = Q(owner_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    # By the units' ids rather than joined: so the indexes by unit and by owner serve both halves.
    inside = Q()
    for path in scope.paths:
        inside |= Q(path__startswith=path)
    units = Unit.objects.filter(inside).values("pk") if scope.paths else []
    came_up = Escalation.objects.filter(to_id=actor.user_id or 0).values("case_id")
    wanted = mine | Q(unit__in=units) | Q(pk__in=came_up)
    if scope.owner_id is not None:
        wanted |= Q(account__in=Account.objects.filter(owner_id=scope.owner_id).values("pk"))
    return Case.objects.filter(wanted)


def case_by_ref(actor: Actor, ref: str) -> Case:
    found = (
        visible_to(actor)
        .filter(ref=ref)
        .select_related("customer", "account", "unit", "owner", "rule", "response__employee")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such case."))
    return found


def case_of(actor: Actor, response: Response) -> Case | None:
    """The case that takes care of this answer: its own, or the one it joined."""
    rows = visible_to(actor).filter(Q(response=response) | Q(joined__response=response))
    return rows.order_by("-pk").first()
