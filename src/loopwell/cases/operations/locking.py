"""How do two people not overwrite each other's work on one case?"""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.cases.models import Case
from loopwell.cases.queries import timeline, visible_to
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, NotFound


class ChangedMeanwhile(Conflict):
    """Somebody else changed the case since this person's page was loaded."""


class WrongState(Conflict):
    """What was asked does not fit an open or a closed case."""


def claim_case(*, actor: Actor, case: Case, version: int, closed: bool = False) -> Case:
    """The case as it stands, locked for this transaction, its version raised by one.

    Raises ChangedMeanwhile unless it is still at the `version` the actor saw, and
    WrongState unless it is open (or `closed`).
    """
    require(actor, Right.WORK_CASES)
    if not visible_to(actor).filter(pk=case.pk).exists():
        raise NotFound(_("There is no such case."))
    if not visible_to(actor, Right.WORK_CASES).filter(pk=case.pk).exists():
        raise Forbidden(_("You may read this case, but others work on it."))
    claimed = Case.objects.filter(pk=case.pk, version=version).update(version=F("version") + 1)
    if not claimed:
        raise ChangedMeanwhile(_what_happened(case))
    fresh = Case.objects.select_related("response", "unit", "account", "rule", "owner").get(
        pk=case.pk
    )
    if closed and fresh.closed_at is None:
        raise WrongState(_("This case is open already."))
    if not closed and fresh.closed_at is not None:
        raise WrongState(_("This case is closed. Reopen it first."))
    return fresh


def _what_happened(case: Case) -> str:
    did = {
        "case.opened": _("%(who)s opened this case at %(time)s."),
        "case.attempted": _("%(who)s recorded a call at %(time)s."),
        "case.scheduled": _("%(who)s set a time to call back at %(time)s."),
        "case.assigned": _("%(who)s gave this case to another person at %(time)s."),
        "case.closed": _("%(who)s closed this case at %(time)s."),
        "case.reopened": _("%(who)s reopened this case at %(time)s."),
        "case.merged": _("%(who)s merged another case into this one at %(time)s."),
        "case.ranked": _("%(who)s changed the priority at %(time)s."),
    }
    own = (line for line in reversed(timeline(case)) if not line.of)
    last = next((line for line in own if line.type in did), None)
    advice = _("Nothing of yours is lost: look at what changed, then send it again.")
    if last is None:
        return _("Somebody changed this case meanwhile.") + " " + advice
    facts = {
        "who": last.who or "Loopwell",
        "time": date_format(timezone.localtime(last.at), "TIME_FORMAT"),
    }
    return did[last.type] % facts + " " + advice


def tell(*, actor: Actor, now: datetime, case: Case, what: str, **payload: Any) -> None:
    """Writes the journal entry of one change to one case."""
    facts = {"response": case.response_id, "customer": case.customer_id, **payload}
    append(actor=actor, now=now, events=[Event(f"case.{what}", "case", case.pk, facts)])
