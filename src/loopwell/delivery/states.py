"""How far did an invitation come, and how many came how far?"""

from datetime import datetime

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from loopwell.delivery.enums import InvitationState
from loopwell.sampling.models import Invitation

REACHED = (
    (InvitationState.ANSWERED, "answered_at"),
    (InvitationState.COMPLAINED, "complained_at"),
    (InvitationState.DECLINED, "declined_at"),
    (InvitationState.BOUNCED, "bounced_at"),
)
ON_THE_WAY = (
    (InvitationState.STARTED, "started_at"),
    (InvitationState.OPENED, "opened_at"),
    (InvitationState.DELIVERED, "delivered_at"),
    (InvitationState.SENT, "sent_at"),
)
"""What an invitation is while it is open, the farthest first."""


def state_of(invitation: Invitation, now: datetime) -> InvitationState:
    """Where it ended; else expired; else how far it came."""
    for state, moment in REACHED:
        if getattr(invitation, moment) is not None:
            return state
    if invitation.expires_at <= now:
        return InvitationState.EXPIRED
    for state, moment in ON_THE_WAY:
        if getattr(invitation, moment) is not None:
            return state
    return InvitationState.PLANNED


def counts_by_invitation_state(
    invitations: QuerySet[Invitation], now: datetime
) -> dict[InvitationState, int]:
    """As `state_of`, counted in the database, in the order of the states; tests left out."""
    cases = [When(~Q(**{moment: None}), then=Value(state.value)) for state, moment in REACHED]
    cases.append(When(expires_at__lte=now, then=Value(InvitationState.EXPIRED.value)))
    cases += [When(~Q(**{moment: None}), then=Value(state.value)) for state, moment in ON_THE_WAY]
    state = Case(*cases, default=Value(InvitationState.PLANNED.value), output_field=CharField())
    rows = invitations.filter(is_test=False).order_by().annotate(state=state)
    found = dict(rows.values_list("state").annotate(number=Count("pk")))
    return {each: found[each.value] for each in InvitationState if each.value in found}


STEPS = (
    ("planned_at", InvitationState.PLANNED),
    ("sent_at", InvitationState.SENT),
    ("delivered_at", InvitationState.DELIVERED),
    ("opened_at", InvitationState.OPENED),
    ("started_at", InvitationState.STARTED),
    ("answered_at", InvitationState.ANSWERED),
    ("declined_at", InvitationState.DECLINED),
    ("bounced_at", InvitationState.BOUNCED),
    ("complained_at", InvitationState.COMPLAINED),
)


def timeline(invitation: Invitation, now: datetime) -> list[tuple[datetime, InvitationState]]:
    """Each state it reached with its time, in order of time."""
    found = [(at, state) for moment, state in STEPS if (at := getattr(invitation, moment))]
    if state_of(invitation, now) is InvitationState.EXPIRED:
        found.append((invitation.expires_at, InvitationState.EXPIRED))
    return sorted(found, key=lambda step: step[0])
