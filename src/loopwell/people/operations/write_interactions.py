"""How are planned interactions written, many at once, with the customers they bring?"""

from collections.abc import Iterable
from datetime import datetime

from loopwell.access.rules import Actor
from loopwell.people.models import HeldInteraction, Interaction
from loopwell.people.operations.plan_interactions import InteractionPlan, Plans
from loopwell.people.operations.planning import State
from loopwell.people.operations.writing import declare_properties, write_customers

COLUMNS = ["external_id", "touchpoint", "at", "unit", "employee", "channel", "product",
    "properties"]  # fmt: skip
HELD_COLUMNS = ["given", "unit", "customer_id_given", "email", "phone", "why", "resolved_at",
    "interaction"]  # fmt: skip


def write_interactions(
    plans: Plans, *, actor: Actor, now: datetime, imported: bool = False
) -> None:
    """In the caller's transaction; one that was held until now is resolved with it."""
    taken = [plan for plan in plans.interactions if not plan.is_refused]
    needed = {id(plan.customer) for plan in taken}
    write_customers(
        [plan for plan in plans.customers if id(plan.thing) in needed],
        actor=actor, now=now, imported=imported,
    )  # fmt: skip
    declare_properties({name for plan in taken for name in plan.draft.properties}, {}, now)
    _write(taken, now)
    resolved = [was for plan in taken if (was := _resolved(plan, plans.waiting, now))]
    held = [plan.held for plan in taken if plan.held and plan.state is State.HELD]
    _keep([*resolved, *held])


def _write(plans: Iterable[InteractionPlan], now: datetime) -> None:
    """Each thing once, though two drafts of one batch may mean the same."""
    seen: set[int] = set()
    new: list[Interaction] = []
    changed: list[Interaction] = []
    for plan in plans:
        thing = plan.thing
        if thing is None or plan.state not in (State.NEW, State.CHANGED) or id(thing) in seen:
            continue
        seen.add(id(thing))
        thing.customer = thing.customer  # takes the id its customer got when written
        if thing.pk is None:
            thing.created_at = now
            new.append(thing)
        else:
            changed.append(thing)
    Interaction.objects.bulk_create(new)
    if changed:  # an upsert by primary key, forty times faster than bulk_update's CASE
        Interaction.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["id"], update_fields=COLUMNS
        )


def _resolved(
    plan: InteractionPlan, waiting: dict[str, HeldInteraction], now: datetime
) -> HeldInteraction | None:
    held = waiting.get(plan.draft.key)
    if held is None or plan.thing is None or held.resolved_at is not None:
        return None
    held.interaction, held.resolved_at = plan.thing, now
    return held


def _keep(held: list[HeldInteraction]) -> None:
    once = {id(each): each for each in held}.values()
    HeldInteraction.objects.bulk_create([each for each in once if each.pk is None])
    known = [each for each in once if each.pk is not None]
    if known:
        HeldInteraction.objects.bulk_create(
            known, update_conflicts=True, unique_fields=["id"], update_fields=HELD_COLUMNS
        )
