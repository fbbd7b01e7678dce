"""How is it declared what a number against its target pays?"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role
from loopwell.access.rules import Actor, require
from loopwell.insights.metrics import METRICS
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.targets.enums import Period, WithinMargin
from loopwell.targets.models import BonusPlan
from loopwell.targets.rules import Step

MOST_STEPS, MOST_PAID = 8, 300.0


@dataclass(frozen=True)
class PlanDraft:
    """A plan as somebody wants it; without a role it concerns everybody of a unit."""

    name: str
    metric: str
    period: Period
    share: Decimal
    steps: Sequence[Step]
    within_margin: WithinMargin
    role: Role | None = None


@transaction.atomic
def add_plan(*, actor: Actor, now: datetime, draft: PlanDraft) -> BonusPlan:
    _check(actor, draft, None)
    plan = BonusPlan(created_by_id=actor.user_id, created_at=now)
    return _save(actor, now, plan, draft)


@transaction.atomic
def change_plan(*, actor: Actor, now: datetime, plan: BonusPlan, draft: PlanDraft) -> BonusPlan:
    _check(actor, draft, plan)
    return _save(actor, now, plan, draft)


@transaction.atomic
def retire_plan(*, actor: Actor, now: datetime, plan: BonusPlan) -> None:
    _check_everywhere(actor)
    BonusPlan.objects.filter(pk=plan.pk, retired_at=None).update(
        retired_at=now, name=f"{plan.name[:100]} ({plan.ref})"
    )
    append(actor=actor, now=now, events=[Event("bonus.retired", "bonus", plan.pk, {})])


def _save(actor: Actor, now: datetime, plan: BonusPlan, draft: PlanDraft) -> BonusPlan:
    plan.name, plan.metric, plan.period = draft.name.strip(), draft.metric, draft.period
    plan.share, plan.role = draft.share, draft.role or ""
    plan.steps = [[s.against, s.pays] for s in sorted(draft.steps, key=lambda s: s.against)]
    plan.within_margin = draft.within_margin
    plan.save()
    payload = {"steps": plan.steps, "share": str(plan.share), "within": plan.within_margin}
    append(actor=actor, now=now, events=[Event("bonus.declared", "bonus", plan.pk, payload)])
    return plan


def _check_everywhere(actor: Actor) -> None:
    require(actor, Right.SET_TARGETS)
    if not actor.within(Right.SET_TARGETS).everything:
        raise Forbidden(_("What a target pays is declared for the whole company."))


def _check(actor: Actor, draft: PlanDraft, plan: BonusPlan | None) -> None:
    _check_everywhere(actor)
    fields: dict[str, list[str]] = {}
    others = BonusPlan.objects.exclude(pk=plan.pk if plan else 0)
    if not draft.name.strip():
        fields["name"] = [_("Give the plan a name.")]
    elif others.filter(name=draft.name.strip()).exists():
        fields["name"] = [_("There is a plan of this name.")]
    if draft.metric not in METRICS:
        fields["metric"] = [_("There is no such number.")]
    if not 0 < draft.share <= 100:
        fields["share"] = [_("It must be more than 0 and at most 100 percent of pay.")]
    if found := _steps(draft.steps):
        fields["steps"] = [found]
    if fields:
        raise Invalid(" ".join(text for texts in fields.values() for text in texts), fields=fields)


def _steps(steps: Sequence[Step]) -> str:
    """What is wrong with them, if anything."""
    ordered = sorted(steps, key=lambda step: step.against)
    if not ordered:
        return _("Say what is paid when the target is met.")
    if len(ordered) > MOST_STEPS:
        return _("At most %(count)s steps can be read by anybody.") % {"count": MOST_STEPS}
    if len({step.against for step in ordered}) < len(ordered):
        return _("Two steps begin at the same distance from the target.")
    if any(not 0 <= step.pays <= MOST_PAID for step in ordered):
        return _("A step pays between 0 and %(most)g percent.") % {"most": MOST_PAID}
    if any(a.pays > b.pays for a, b in itertools.pairwise(ordered)):
        return _("A higher step must not pay less than a lower one.")
    return ""
