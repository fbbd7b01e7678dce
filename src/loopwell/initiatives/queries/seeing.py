"""Who sees an initiative, works on it, decides about it, and speaks for the money?"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role
from loopwell.access.models import Unit
from loopwell.access.queries import units_within
from loopwell.access.rules import Actor
from loopwell.cases.models import Case
from loopwell.huddles.models import Issue
from loopwell.initiatives.models import Initiative, Task
from loopwell.kit.errors import NotFound

UNITS = Initiative.units.through


def visible_to(actor: Actor) -> QuerySet[Initiative]:
    """Those for the whole company, for units they read and for all above these, and their own."""
    rows = Initiative.objects.select_related("owner", "sponsor")
    if not actor.may(Right.READ_ANSWERS):
        return rows.none()
    scope = actor.within(Right.READ_ANSWERS)
    if scope.everything:
        return rows
    above = {int(part) for path in scope.paths for part in path.split("/") if part}
    meant = UNITS._default_manager.filter(initiative=OuterRef("pk"))
    near = meant.filter(scope.rows() | Q(unit_id__in=above))
    return rows.filter(~Exists(meant) | Exists(near) | _own(actor))


def _own(actor: Actor) -> Q:
    me = actor.user_id or 0
    tasks = Task.objects.filter(owner_id=me).values("initiative")
    return Q(owner_id=me) | Q(sponsor_id=me) | Q(by_id=me) | Q(pk__in=tasks)


def initiative_by_ref(actor: Actor, ref: str) -> Initiative:
    found = visible_to(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such initiative."))
    return found


def about(
    actor: Actor, *, issue: Issue | None = None, case: Case | None = None
) -> list[Initiative]:
    """Those the actor sees that came from this issue or case, or take care of it too."""
    rows = visible_to(actor)
    if issue is not None:
        rows = rows.filter(Q(issue=issue) | Q(raised__issue=issue))
    if case is not None:
        rows = rows.filter(Q(case=case) | Q(raised__case=case))
    return list(rows.distinct())


def units_to_propose_for(actor: Actor) -> QuerySet[Unit]:
    """The units whose targets they set: there they can say what shall change."""
    return units_within(actor.within(Right.SET_TARGETS)).order_by("path")


def may_propose(actor: Actor) -> bool:
    return actor.may(Right.SET_TARGETS)


def may_work_on(actor: Actor, initiative: Initiative) -> bool:
    """Its owner, its sponsor, and whoever leads all the units it is meant for."""
    mine = {initiative.owner_id, initiative.sponsor_id} - {None}
    if actor.user_id in mine and actor.may(Right.READ_ANSWERS):
        return True
    scope = actor.within(Right.SET_TARGETS)
    if scope.everything:
        return True
    paths = list(initiative.units.values_list("path", flat=True))
    return bool(paths) and all(scope.covers(path) for path in paths)


def to_work_on(actor: Actor) -> QuerySet[Initiative]:
    """As `may_work_on`, of many at once."""
    rows, scope = visible_to(actor), actor.within(Right.SET_TARGETS)
    if scope.everything:
        return rows
    meant = UNITS._default_manager.filter(initiative=OuterRef("pk"))
    led = Exists(meant) & ~Exists(meant.exclude(scope.rows()))
    me = actor.user_id or 0
    return rows.filter(Q(owner_id=me) | Q(sponsor_id=me) | led)


def may_decide(actor: Actor) -> bool:
    """Approve and stop: executives and those who run the programme of the whole company."""
    return actor.within(Right.SET_TARGETS).everything


def may_agree(actor: Actor, initiative: Initiative) -> bool:
    """To the figures of money: who has the role Finance, wherever they see the initiative."""
    return Role.FINANCE in actor.roles and visible_to(actor).filter(pk=initiative.pk).exists()
