"""How is a target set, changed and taken back?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor, require
from loopwell.insights.metrics import METRICS
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.targets.enums import Period
from loopwell.targets.models import Target
from loopwell.targets.queries import units_to_aim_for
from loopwell.targets.rules import stretch_of

RANGES = {"points": (-100.0, 100.0), "percent": (0.0, 100.0), "score": (0.0, 10.0)}
"""What a value may be, by the unit of the metric; others have no end."""


@dataclass(frozen=True)
class TargetDraft:
    """A target as somebody wants it; `day` is any day of its stretch, no unit is the company."""

    metric: str
    period: Period
    day: date
    value: float
    unit: Unit | None = None
    kind: str = ""
    channel: str = ""
    touchpoint: str = ""
    above: Target | None = None


@transaction.atomic
def set_target(*, actor: Actor, now: datetime, draft: TargetDraft) -> Target:
    """The only target of this metric, place and stretch: setting it again changes its value."""
    return _set(actor, now, draft)


@transaction.atomic
def set_targets(*, actor: Actor, now: datetime, drafts: Sequence[TargetDraft]) -> list[Target]:
    """All of them or none."""
    return [_set(actor, now, draft) for draft in drafts]


@transaction.atomic
def remove_target(*, actor: Actor, now: datetime, target: Target) -> None:
    """Those handed down from it stay, each by itself."""
    check_place(actor, target.unit)
    payload = {"metric": target.metric, "value": target.value, "unit": target.unit_id}
    append(actor=actor, now=now, events=[Event("target.removed", "target", target.pk, payload)])
    target.delete()


def check_draft(actor: Actor, draft: TargetDraft) -> None:
    """Raises what setting it would raise: Forbidden or Invalid."""
    check_place(actor, draft.unit)
    _check(draft)


def _set(actor: Actor, now: datetime, draft: TargetDraft) -> Target:
    check_draft(actor, draft)
    stretch = stretch_of(draft.period, draft.day)
    whole = draft.unit is None or draft.unit.parent_id is None
    found = Target.objects.select_for_update().filter(
        metric=draft.metric,
        unit=None if whole else draft.unit,
        kind=draft.kind,
        channel=draft.channel,
        touchpoint=draft.touchpoint,
        start=stretch.start,
        end=stretch.end,
    )
    target = found.first() or Target(
        metric=draft.metric,
        unit=None if whole else draft.unit,
        kind=draft.kind,
        channel=draft.channel,
        touchpoint=draft.touchpoint,
        period=draft.period,
        start=stretch.start,
        end=stretch.end,
    )
    was = None if target.pk is None else target.value
    target.value, target.above = draft.value, draft.above or target.above
    target.set_by_id, target.set_at = actor.user_id, now
    target.save()
    payload = {"metric": target.metric, "value": target.value, "was": was, "unit": target.unit_id}
    append(actor=actor, now=now, events=[Event("target.set", "target", target.pk, payload)])
    return target


def check_place(actor: Actor, unit: Unit | None) -> None:
    """The company's own target is set by those whose right reaches everywhere."""
    require(actor, Right.SET_TARGETS)
    if actor.within(Right.SET_TARGETS).everything:
        return
    if unit is None or not units_to_aim_for(actor).filter(pk=unit.pk).exists():
        raise Forbidden(_("You set targets for your own units only."))


def _check(draft: TargetDraft) -> None:
    fields: dict[str, list[str]] = {}
    metric = METRICS.get(draft.metric)
    if metric is None:
        fields["metric"] = [_("There is no such number.")]
    else:
        least, most = RANGES.get(metric.unit, (0.0, float("inf")))
        if not least <= draft.value <= most:
            fields["value"] = [
                _("It must lie between %(least)g and %(most)g.") % {"least": least, "most": most}
            ]
    if fields:
        raise Invalid(" ".join(text for texts in fields.values() for text in texts), fields=fields)
