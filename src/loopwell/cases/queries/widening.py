"""How far does the company go with calling: the worst only, or all who answered?"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils.translation import gettext_noop

from loopwell.access.rules import Actor
from loopwell.cases.enums import Priority, Trigger
from loopwell.cases.models import Rule
from loopwell.cases.queries.case_rules import all_rules
from loopwell.cases.queries.trying import Forecast, the_past
from loopwell.cases.rules import DEFAULT_RULE, asks_more

PROMOTERS = gettext_noop("A share of promoters")
PASSIVES = gettext_noop("Passives")


class Step(Enum):
    """From few calls to many; each goes further than the one before."""

    VERY_UNHAPPY = "very_unhappy"
    DETRACTORS = "detractors"
    PROMOTERS_10 = "promoters_10"
    PROMOTERS_25 = "promoters_25"
    PROMOTERS_50 = "promoters_50"
    PASSIVES = "passives"

    @property
    def highest(self) -> int:
        """The highest score at which everybody unhappy is called."""
        return 3 if self is Step.VERY_UNHAPPY else 6

    @property
    def share(self) -> int:
        """How many promoters of a hundred are called."""
        shares = {Step.PROMOTERS_10: 10, Step.PROMOTERS_25: 25}
        return shares.get(self, 50 if self in (Step.PROMOTERS_50, Step.PASSIVES) else 0)

    @property
    def passives(self) -> bool:
        return self is Step.PASSIVES


@dataclass(frozen=True)
class Change:
    """What a step does to one rule: `before` is None for a new one."""

    before: Rule | None
    after: Rule

    @property
    def what(self) -> str:
        if self.before is None:
            return "added"
        if self.before.is_active is not self.after.is_active:
            return "on" if self.after.is_active else "off"
        return "changed"


@dataclass(frozen=True)
class StepForecast:
    step: Step
    in_use: bool
    forecast: Forecast
    further: int
    """How many cases more than with the step before."""


def step_in_use(rules: Sequence[Rule]) -> Step | None:
    """The step that would change nothing; None where the company has rules of its own making."""
    return next((step for step in Step if not changes(step, rules)), None)


def changes(step: Step, rules: Sequence[Rule]) -> list[Change]:
    """What has to be different for `step` to hold; rules with further conditions stay."""
    unhappy = _plain(rules, lambda r: r.lowest_score == 0 and r.highest_score <= 6)
    passive = _plain(rules, lambda r: (r.lowest_score, r.highest_score) == (7, 8))
    happy = _plain(rules, lambda r: (r.lowest_score, r.highest_score) == (9, 10), shares=True)
    wanted = [
        _changed(unhappy, DEFAULT_RULE, True, highest_score=step.highest),
        _changed(
            happy, PROMOTERS, step.share > 0, lowest_score=9, highest_score=10,
            share=step.share or (happy.share if happy else 10), **_LATER,
        ),
        _changed(passive, PASSIVES, step.passives, lowest_score=7, highest_score=8, **_LATER),
    ]  # fmt: skip
    return [change for change in wanted if change is not None]


_LATER = {"priority": Priority.LOW, "due_working_hours": 40}


def _plain(
    rules: Sequence[Rule], fits: Callable[[Rule], bool], *, shares: bool = False
) -> Rule | None:
    """The rule that asks for nothing but the score (and a share), one in use before others."""
    found = [
        r for r in rules if r.trigger == Trigger.ANSWER and fits(r) and _asks_little(r, shares)
    ]
    return min(found, key=lambda r: not r.is_active, default=None)


def _asks_little(rule: Rule, shares: bool) -> bool:
    if not shares:
        return not asks_more(rule)
    whole = copy(rule)
    whole.share = 100
    return not asks_more(whole)


def _changed(rule: Rule | None, name: str, on: bool, **fields: int) -> Change | None:
    """Priority and time of a rule that is there already are left as somebody set them."""
    if rule is None:
        return Change(None, Rule(name=name, **fields)) if on else None
    kept = {n: v for n, v in fields.items() if n not in _LATER}
    if rule.is_active is on and (not on or all(getattr(rule, n) == v for n, v in kept.items())):
        return None
    after = copy(rule)
    after.is_active = on
    for field, value in kept.items() if on else ():
        setattr(after, field, value)
    return Change(rule, after)


def with_changes(rules: Sequence[Rule], wanted: Sequence[Change]) -> list[Rule]:
    """All rules as they would stand; new ones come last."""
    instead = {change.before.pk: change.after for change in wanted if change.before is not None}
    added = [change.after for change in wanted if change.before is None]
    return [*(instead.get(rule.pk, rule) for rule in rules), *added]


def widening(actor: Actor, *, now: datetime) -> list[StepForecast]:
    """Every step with what it would have meant in the last 30 days."""
    rules = all_rules()
    used = step_in_use(rules)
    sets = {step: with_changes(rules, changes(step, rules)) for step in Step}
    past = the_past(actor, now=now, rules=[rule for each in sets.values() for rule in each])
    found: list[StepForecast] = []
    for step, each in sets.items():
        cases = sum(map(len, past.opened([rule for rule in each if rule.is_active]).values()))
        told = Forecast(cases, cases, past.days, past.capacity)
        before = found[-1].forecast.cases if found else 0
        found.append(StepForecast(step, step is used, told, cases - before))
    return found
