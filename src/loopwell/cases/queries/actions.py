"""What was promised to customers, by whom and by when, and was it done?"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.cases.models import Case, FurtherAction
from loopwell.cases.queries.scope import visible_to
from loopwell.kit.errors import NotFound


def actions_of(case: Case) -> Sequence[FurtherAction]:
    """Open ones first, the next due first; with those of the cases merged into it."""
    rows = FurtherAction.objects.filter(Q(case=case) | Q(case__merged_into=case))
    found = list(rows.select_related("owner", "by", "case").order_by("due_on", "pk"))
    return sorted(found, key=lambda each: each.done_at is not None)


def earlier_actions(actor: Actor, case: Case) -> Sequence[FurtherAction]:
    """What was promised to this customer in other cases that the actor sees, newest first."""
    others = visible_to(actor).filter(customer_id=case.customer_id).exclude(pk=case.pk)
    rows = FurtherAction.objects.filter(case__in=others).exclude(case__merged_into=case)
    return list(rows.select_related("owner", "case").order_by("-due_on", "-pk")[:20])


def own_actions(actor: Actor) -> QuerySet[FurtherAction]:
    """What is the actor's to do or was; seen by them even where they do not see the case."""
    if actor.user_id is None:
        return FurtherAction.objects.none()
    rows = FurtherAction.objects.filter(owner_id=actor.user_id)
    return rows.select_related("case__customer", "by")


def visible_actions(actor: Actor) -> QuerySet[FurtherAction]:
    """Of the cases the actor sees."""
    rows = FurtherAction.objects.filter(case__in=visible_to(actor))
    return rows.select_related("case", "owner")


def action_by_ref(actor: Actor, ref: str) -> FurtherAction:
    wanted = Q(case__in=visible_to(actor))
    if actor.user_id is not None:
        wanted |= Q(owner_id=actor.user_id)
    found = FurtherAction.objects.filter(wanted, ref=ref).select_related("case", "owner").first()
    if found is None:
        raise NotFound(_("There is no such promise."))
    return found


def is_overdue(action: FurtherAction, now: datetime) -> bool:
    return action.done_at is None and action.due_on < timezone.localdate(now)
