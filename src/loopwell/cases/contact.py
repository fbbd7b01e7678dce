"""Whom do cases keep from being asked? Who was called lately, and whom somebody looks after."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from loopwell.cases.enums import Outcome
from loopwell.cases.models import Attempt, Case
from loopwell.sampling.enums import After
from loopwell.sampling.rules import Asking, exclusion


@exclusion("called", _("whom we called recently"), position=80)
def _called(asking: Asking) -> Q | Exists:
    """Only calls that reached the customer count as a contact."""
    since = asking.since(After.CALL)
    if since is None:
        return Q(pk__in=[])
    calls = Attempt.objects.filter(
        case__customer=OuterRef("pk"),
        outcome__in=[Outcome.REACHED, Outcome.REFUSED],
        at__gt=since,
    )
    return Exists(calls)


@exclusion("follow_up", _("whom somebody looks after now"), position=85, stops_reminders=True)
def _looked_after(asking: Asking) -> Q | Exists:
    return Exists(Case.objects.filter(customer=OuterRef("pk"), closed_at=None))
