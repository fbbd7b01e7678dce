"""Which contacts of an account are silent, and how is a personal reminder noted?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.delivery.enums import Purpose
from loopwell.delivery.models import Nudge
from loopwell.delivery.reminding import most_reminders, unanswered
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, NotFound
from loopwell.sampling.models import Invitation
from loopwell.surveys.enums import ANONYMOUS

SILENT_FOR = timedelta(days=5)
"""So long after the last message or call a personal reminder is due."""


@dataclass(frozen=True)
class Silent:
    """A contact who has not answered; `left` reminders of any kind may still follow."""

    invitation: Invitation
    days_left: int
    silent_days: int
    reminders: int
    left: int
    is_due: bool


def visible_to(actor: Actor, now: datetime) -> QuerySet[Invitation]:
    """Open invitations of accounts the actor owns or runs surveys for."""
    if not actor.may(Right.READ_CUSTOMERS):
        return Invitation.objects.none()
    wanted = Q(pk__in=[])
    if actor.user_id is not None:
        wanted |= Q(account__owner_id=actor.user_id)
    running = actor.within(Right.RUN_SURVEYS)
    wanted = Q() if running.everything else wanted | running.rows(account="account")
    rows = unanswered(now).filter(wanted, account__isnull=False)
    # Whoever is missing here has answered: of anonymous surveys nobody is to know that.
    rows = rows.exclude(version__survey__kind__in=ANONYMOUS)
    return rows.select_related(
        "customer", "account__owner", "wave", "programme", "version__survey"
    ).annotate(
        automatic=Count("messages", filter=Q(messages__purpose=Purpose.REMINDER), distinct=True),
        personal=Count("nudges", distinct=True),
    )


def silent_contacts(
    actor: Actor, now: datetime, *, mine: bool = False, limit: int = 500
) -> list[Silent]:
    """Those to be reminded now first, then by the time that is left to answer."""
    rows = visible_to(actor, now)
    if mine:
        rows = rows.filter(account__owner_id=actor.user_id)
    found = [_silent(each, now) for each in rows.order_by("expires_at", "pk")[:limit]]
    return sorted(found, key=lambda each: not each.is_due)


def _silent(invitation: Any, now: datetime) -> Silent:
    plan = invitation.programme or invitation.wave
    reminders = invitation.automatic + invitation.personal
    left = max(most_reminders(plan) - reminders, 0) if plan else 1
    moments = [invitation.sent_at, invitation.reminded_at, invitation.nudged_at]
    last = max(moment for moment in moments if moment)
    return Silent(
        invitation=invitation,
        days_left=(invitation.expires_at - now).days,
        silent_days=(now - last).days,
        reminders=reminders,
        left=left,
        is_due=left > 0 and now - last >= SILENT_FOR,
    )


@transaction.atomic
def nudge(*, actor: Actor, invitation_ref: str, now: datetime, note: str = "") -> Nudge:
    """The account's owner has reminded this contact; the automatic reminder waits for it."""
    found = visible_to(actor, now).filter(ref=invitation_ref).first()
    if found is None:
        raise NotFound(_("This contact need not be reminded any more."))
    Invitation.objects.select_for_update().filter(pk=found.pk).first()
    fresh = visible_to(actor, now).get(pk=found.pk)
    if _silent(fresh, now).left == 0:
        raise Conflict(_("This contact was reminded as often as they may be. Leave them alone."))
    made = Nudge.objects.create(
        invitation=found, by_id=actor.user_id, at=now, note=note.strip()[:500]
    )
    Invitation.objects.filter(pk=found.pk).update(nudged_at=now)
    event = Event("invitation.nudged", "invitation", found.pk, {"nudge": made.pk})
    append(actor=actor, now=now, events=[event])
    return made
