"""Which mails came that belong to no case we could tell, and who sorts them?"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.cases.models import Case, StrayMail
from loopwell.cases.queries.scope import visible_to
from loopwell.kit.errors import Forbidden, NotFound


def sorts_strays(actor: Actor) -> bool:
    """Those who run surveys for the whole company: nobody knows yet whose mail it is."""
    return actor.within(Right.RUN_SURVEYS).everything and actor.may(Right.RUN_SURVEYS)


def require_sorting(actor: Actor) -> None:
    require(actor, Right.RUN_SURVEYS)
    if not sorts_strays(actor):
        raise Forbidden(_("Only who runs surveys for the whole company sorts these mails."))


def strays(actor: Actor) -> QuerySet[StrayMail]:
    """Those nobody has decided about, newest first."""
    if not sorts_strays(actor):
        return StrayMail.objects.none()
    return StrayMail.objects.filter(resolved_at=None)


def stray_by_ref(actor: Actor, ref: str) -> StrayMail:
    found = strays(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such mail, or somebody has decided about it."))
    return found


def cases_for_stray(actor: Actor, stray: StrayMail) -> list[Case]:
    """Where it may belong: the sender's cases, then those of their company's domain, newest
    first."""
    if not stray.sender:
        return []
    rows = visible_to(actor, Right.WORK_CASES).select_related("customer", "unit")
    own = list(rows.filter(customer__email=stray.sender).order_by("-opened_at")[:10])
    return own or _of_the_domain(rows, stray.sender.rpartition("@")[2])


def _of_the_domain(rows: QuerySet[Case], domain: str) -> list[Case]:
    """Not of the great free providers, where neighbours mean nothing."""
    found = rows.filter(
        customer__email__endswith=f"@{domain}", customer__account__isnull=False, closed_at=None
    )
    return list(found.order_by("-opened_at")[:10])
