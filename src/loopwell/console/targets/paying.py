"""How are the steps of a plan and what they paid to a unit said in plain words?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from loopwell.calc.nps import Estimate
from loopwell.console.targets import words
from loopwell.console.templatetags import numbers
from loopwell.targets.enums import WithinMargin
from loopwell.targets.queries.bonuses import Effect
from loopwell.targets.rules import Outcome, Sparing, Step, sparing


@dataclass(frozen=True)
class Line:
    """One unit under a plan."""

    effect: Effect
    unit: str
    people: Sequence[Any]
    goal: str
    later: str
    value: str
    estimate: Estimate | None
    gap: str
    outcome: str
    tone: str
    pays: str
    of_pay: str


def steps_words(steps: Sequence[Step]) -> list[str]:
    """ "5 below the target or better: 50 %", the highest first, and what holds below them all."""
    ordered = sorted((step for step in steps if step.pays), key=lambda step: -step.against)
    found = [
        _("%(gap)s or better: %(pays)s")
        % {"gap": _gap(step.against), "pays": numbers.percent(step.pays / 100)}
        for step in ordered
    ]
    return [*found, _("Below that: nothing")] if found else [_("Nothing at all")]


def _gap(against: float) -> str:
    """ "5 below the target", "the target itself", "5 above the target"."""
    if against == 0:
        return _("The target itself")
    facts = {"gap": numbers.grouped(abs(against))}
    return (
        _("%(gap)s above the target") % facts
        if against > 0
        else _("%(gap)s below the target") % facts
    )


def sparing_words(plan: Any, found: Sequence[Effect]) -> str:
    """A warning where the policy spares nearly every unit below its target; "" elsewhere."""
    told = sparing(effect.outcome for effect in found)
    if plan.within_margin != WithinMargin.SPARED or not told.is_nearly_all:
        return ""
    return margin_words(_("Spares %(within)s of %(below)s units below their target"), told)


def margin_words(begins: str, told: Sparing) -> str:
    """The sentence begun with both counts, and what to do about it."""
    counts = {"within": told.within, "below": told.below}
    return _(
        "%(finding)s: too few answers to tell a miss from chance. Judge larger units or a longer "
        "period, or ask more customers."
    ) % {"finding": begins % counts}


def line(plan: Any, effect: Effect) -> Line:
    row = effect.row
    distance = None
    if row is not None and row.value is not None and effect.aimed is not None:
        gap = row.value - effect.aimed.value
        distance = gap if words.higher_is_better(plan.metric) else -gap
    return Line(
        effect=effect,
        unit=str(effect.unit),
        people=effect.people,
        goal=words.value_words(plan.metric, effect.aimed.value if effect.aimed else None),
        later=words.later_words(effect.target, effect.aimed),
        value=words.measured_words(plan.metric, row.value if row else None),
        estimate=words.estimate_of(row),
        gap=words.distance_words(plan.metric, distance),
        outcome=_outcome(plan, effect),
        tone={Outcome.MET: "good", Outcome.MISSED: "bad"}.get(effect.outcome, ""),
        pays=numbers.NONE if effect.pays is None else numbers.percent(effect.pays / 100),
        of_pay=numbers.NONE
        if effect.pays is None
        else numbers.percent(float(plan.share) * effect.pays / 10_000),
    )


def _outcome(plan: Any, effect: Effect) -> str:
    if effect.target is None:
        return _("No target for this time")
    if effect.outcome is Outcome.WITHIN:
        if plan.within_margin == WithinMargin.SPARED:
            return _("A miss within the margin: spared, counts as met")
        return _("A miss within the margin: it counts")
    names = {
        Outcome.MET: _("Met"),
        Outcome.MISSED: _("Missed by more than the margin"),
        Outcome.UNKNOWN: _("Nobody answered"),
    }
    return names[effect.outcome]
