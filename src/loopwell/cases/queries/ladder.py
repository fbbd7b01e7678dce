"""How does a late case go up, and which of my people's customers wait too long?"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.cases.models import Assignment, Case, Escalation, EscalationStep
from loopwell.cases.queries.queue import late_now, with_details
from loopwell.cases.queries.scope import visible_to
from loopwell.kit.errors import NotFound


def ladder() -> Sequence[EscalationStep]:
    """Every rung, the first first."""
    return list(EscalationStep.objects.select_related("person"))


def step_by_ref(ref: str) -> EscalationStep:
    found = EscalationStep.objects.select_related("person").filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such step."))
    return found


def late_of_my_people(actor: Actor, now: datetime) -> QuerySet[Case]:
    """Late cases of others that went up to this person and are late still, as the queue shows
    them: red for the owner first, then for those above."""
    if actor.user_id is None:
        return Case.objects.none()
    told = Escalation.objects.filter(case=OuterRef("pk"), to_id=actor.user_id).filter(
        Q(deadline=OuterRef("due_at")) | Q(deadline=OuterRef("resolve_by"))
    )
    rows = visible_to(actor).filter(late_now(now)).filter(Exists(told))
    others = rows.exclude(owner_id=actor.user_id)
    return with_details(others).order_by("due_at", "pk")


def found_nobody_nearer(actor: Actor) -> QuerySet[Assignment]:
    """Open cases whose rule wanted somebody it did not find, newest first, with the reason."""
    newer = Assignment.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    rows = Assignment.objects.filter(
        by="system", case__closed_at=None, case__in=visible_to(actor), owner=F("case__owner")
    ).exclude(reason="")
    related = ("case__customer", "case__unit", "case__rule", "owner")
    return rows.filter(~Exists(newer)).select_related(*related).order_by("-pk")


def nobody_nearer_count() -> int:
    """How many open cases of the whole company that are; for the status page."""
    newer = Assignment.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    rows = Assignment.objects.filter(by="system", case__closed_at=None).exclude(reason="")
    return rows.filter(~Exists(newer)).count()
