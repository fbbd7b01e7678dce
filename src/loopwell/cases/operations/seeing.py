"""Who of those who act may see a case, work on it, and is a person?"""

from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.cases.models import Case
from loopwell.cases.queries.scope import visible_to
from loopwell.kit.errors import Forbidden, NotFound


def require_seen(actor: Actor, case: Case) -> None:
    """Raises unless the actor sees the case."""
    require(actor, Right.READ_CASES)
    if not visible_to(actor).filter(pk=case.pk).exists():
        raise NotFound(_("There is no such case."))


def require_worked(actor: Actor, case: Case) -> None:
    """Raises unless the actor may work on the case."""
    require(actor, Right.WORK_CASES)
    require_seen(actor, case)
    if not visible_to(actor, Right.WORK_CASES).filter(pk=case.pk).exists():
        raise Forbidden(_("You may read this case, but others work on it."))
