"""How does an issue or a call become part of an initiative that is there already?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.cases.models import Case
from loopwell.cases.queries import visible_to as visible_cases
from loopwell.huddles.models import Issue
from loopwell.huddles.queries.issues import visible_to as visible_issues
from loopwell.initiatives.models import Initiative, Raised
from loopwell.initiatives.operations.claiming import locked_to_work, tell
from loopwell.initiatives.rules.states import OPEN
from loopwell.kit.errors import Conflict, Invalid, NotFound


@transaction.atomic
def take_in(
    *, actor: Actor, now: datetime, initiative: Initiative, issue: Issue | None = None,
    case: Case | None = None,
) -> Raised:  # fmt: skip
    """An issue or a case the actor sees; whoever raised it will be told what came of it."""
    row = locked_to_work(actor, initiative)
    if (issue is None) == (case is None):
        raise Invalid(_("Choose an issue or a case."))
    if issue is not None and not visible_issues(actor).filter(pk=issue.pk).exists():
        raise NotFound(_("There is no such issue."))
    if case is not None and not visible_cases(actor).filter(pk=case.pk).exists():
        raise NotFound(_("There is no such case."))
    if row.state not in OPEN:
        raise Conflict(_("This initiative is over: choose one that is worked on."))
    came_from = (issue or case) in (row.issue, row.case)
    if came_from or Raised.objects.filter(initiative=row, issue=issue, case=case).exists():
        raise Conflict(_("It belongs to this initiative already."))
    made = Raised.objects.create(
        initiative=row, issue=issue, case=case, by_id=actor.user_id, at=now
    )
    tell(actor, now, row, "took_in", raised=made.pk)
    return made


@transaction.atomic
def take_out(*, actor: Actor, now: datetime, raised: Raised) -> None:
    row = locked_to_work(actor, raised.initiative)
    if not Raised.objects.filter(pk=raised.pk).delete()[0]:
        raise NotFound(_("Somebody removed it meanwhile."))
    tell(actor, now, row, "took_out", raised=raised.pk)
