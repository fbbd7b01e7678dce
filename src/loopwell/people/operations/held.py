"""What becomes of an interaction whose customer we did not know?"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import SYSTEM, Actor, require
from loopwell.jobs.models import Job
from loopwell.jobs.operations import enqueue
from loopwell.kit.errors import Conflict, NotFound
from loopwell.people.enums import UnknownCustomers
from loopwell.people.models import Customer, HeldInteraction, Intake
from loopwell.people.operations.interactions import raise_if_refused, resolve_plans
from loopwell.people.queries.held import held_interactions
from loopwell.people.rules.drafts import InteractionDraft

PORTION = 500


class NotWaiting(Conflict):
    """Somebody else decided already, or the customer came meanwhile."""


@transaction.atomic
def choose_unknown_customers(*, actor: Actor, now: datetime, rule: UnknownCustomers) -> None:
    """Holds for what comes from now on; what is held already stays held."""
    require(actor, Right.WRITE_CUSTOMERS)
    if not actor.within(Right.WRITE_CUSTOMERS).everything:
        raise Conflict(_("Only who manages the customers of the whole company can choose this."))
    Intake.objects.update_or_create(pk=1, defaults={"unknown_customers": rule})


@transaction.atomic
def create_held_customer(*, actor: Actor, now: datetime, held: HeldInteraction) -> None:
    """Makes the customer as told and takes the interaction, and all others of theirs."""
    require(actor, Right.WRITE_CUSTOMERS)
    draft = InteractionDraft.from_json(_waiting(actor, held).given)
    plans = resolve_plans([draft], actor=actor, now=now, unknown=UnknownCustomers.CREATE)
    raise_if_refused(plans.interactions[0])
    if plans.interactions[0].thing is None:
        raise NotWaiting(_("A customer needs an external id or an e-mail: link it instead."))


def start_creating_held(*, actor: Actor, now: datetime) -> Job:
    """Hands create_all_held over: there may be many."""
    require(actor, Right.WRITE_CUSTOMERS)
    return enqueue(kind="people.create_held", args={"user": actor.user_id}, actor=actor, now=now)


def create_all_held(*, actor: Actor, now: datetime) -> tuple[int, int]:
    """Makes the customers of everything the actor sees waiting; (taken, still held)."""
    require(actor, Right.WRITE_CUSTOMERS)
    refs = list(held_interactions(actor).order_by("id").values_list("pk", flat=True))
    taken = 0
    for start in range(0, len(refs), PORTION):
        with transaction.atomic():
            rows = HeldInteraction.objects.select_for_update().filter(
                pk__in=refs[start : start + PORTION], resolved_at=None
            )
            taken += _take(rows, actor=actor, now=now, unknown=UnknownCustomers.CREATE)
    return taken, len(refs) - taken


@transaction.atomic
def link_held(*, actor: Actor, now: datetime, held: HeldInteraction, customer: Customer) -> None:
    """Says whose it was."""
    require(actor, Right.WRITE_CUSTOMERS)
    waiting = _waiting(actor, held)
    draft = replace(
        InteractionDraft.from_json(waiting.given),
        customer_ref=customer.ref, customer_id=None, customer_email=None, customer_phone=None,
    )  # fmt: skip
    plans = resolve_plans([draft], actor=actor, now=now, unknown=UnknownCustomers.REFUSE)
    raise_if_refused(plans.interactions[0])
    waiting.interaction, waiting.resolved_at = plans.interactions[0].thing, now
    waiting.save(update_fields=["interaction", "resolved_at"])


@transaction.atomic
def discard_held(*, actor: Actor, now: datetime, held: HeldInteraction) -> None:
    """Thrown away for good: the same interaction brought again stays out."""
    require(actor, Right.WRITE_CUSTOMERS)
    waiting = _waiting(actor, held)
    waiting.resolved_at = now
    waiting.save(update_fields=["resolved_at"])


def customers_came(ids: Iterable[int], now: datetime) -> int:
    """Takes what waited for these customers; how many. In the caller's transaction."""
    if not HeldInteraction.objects.filter(resolved_at=None).exists():
        return 0
    told = list(
        Customer.objects.filter(pk__in=set(ids)).values_list("external_id", "email", "phone")
    )
    wanted = (
        Q(customer_id_given__in={each[0] for each in told if each[0]})
        | Q(email__in={each[1] for each in told if each[1]})
        | Q(phone__in={each[2] for each in told if each[2]})
    )
    rows = HeldInteraction.objects.select_for_update().filter(wanted, resolved_at=None)
    return _take(rows, actor=SYSTEM, now=now, unknown=UnknownCustomers.REFUSE)


def _take(
    rows: Iterable[HeldInteraction], *, actor: Actor, now: datetime, unknown: UnknownCustomers
) -> int:
    """How many were taken; what cannot be taken stays, with why."""
    held = list(rows)
    drafts: Sequence[InteractionDraft] = [InteractionDraft.from_json(each.given) for each in held]
    plans = resolve_plans(drafts, actor=actor, now=now, unknown=unknown)
    taken = 0
    for each, plan in zip(held, plans.interactions, strict=True):
        if plan.thing is not None:
            taken += 1
        elif plan.problems and plan.problems[0].reason[:300] != each.why:
            each.why = plan.problems[0].reason[:300]
            each.save(update_fields=["why"])
    return taken


def _waiting(actor: Actor, held: HeldInteraction) -> HeldInteraction:
    """The row locked; raises NotWaiting when it was decided meanwhile, NotFound when it belongs
    to another part of the company."""
    where = held.unit.path if held.unit else None
    if not actor.within(Right.WRITE_CUSTOMERS).covers(where):
        raise NotFound(_("There is no such held interaction."))
    found = HeldInteraction.objects.select_for_update().filter(pk=held.pk, resolved_at=None).first()
    if found is None:
        raise NotWaiting(_("This one is decided already."))
    return found
