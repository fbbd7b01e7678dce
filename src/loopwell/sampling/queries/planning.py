"""How many answers, invitations and days does a wanted precision need here?"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.calc.nps import Counts, variance
from loopwell.calc.planning import (
    Span,
    answers_for_margin,
    answers_to_tell_apart,
    difference_to_see,
    from_population,
    invitations_for,
)
from loopwell.calc.proportion import wilson
from loopwell.sampling.enums import Channel
from loopwell.sampling.models import Invitation

ENOUGH = 50
USUAL_RATE, USUAL_PHONE_RATE = (0.10, 0.20, 0.30), (0.20, 0.40, 0.60)
"""Lowest, expected and highest share that answers, used until 50 answers tell our own."""
USUAL_MIX = Counts(20, 30, 50)
"""Detractors, passives and promoters of 100, taken until 50 answers tell our own."""


@dataclass(frozen=True)
class Basis:
    """What a plan reckons with: shares that answer (lowest, expected, highest), the variance of
    one answer, and from how many past answers each comes (0: a usual value)."""

    low: float
    rate: float
    high: float
    invitations_seen: int
    variance: float
    answers_seen: int


@dataclass(frozen=True)
class AnswerPlan:
    """`answers` needed (`groups` times so many where two are to be told apart), `invitations`
    for them; `possible` is how many can be asked, `days` how long it takes (None: never, with
    these); `difference` is the smallest gap between two such groups that would be seen."""

    answers: int
    groups: int
    invitations: Span
    population: int
    possible: bool
    days: int | None
    difference: float
    basis: Basis


def basis_of(kind: str, channel: str, now: datetime) -> Basis:
    """From past invitations of this kind of survey and channel whose time is over."""
    rows = Invitation.objects.filter(
        version__survey__kind=kind, channel=channel, is_test=False, sent_at__isnull=False
    )
    over = rows.filter(Q(expires_at__lte=now) | Q(answered_at__isnull=False), bounced_at=None)
    told = over.order_by().aggregate(
        asked=Count("pk", filter=Q(expires_at__lte=now)),
        answered=Count("pk", filter=Q(expires_at__lte=now, answered_at__isnull=False)),
        # The score lies in the answer, an app above this one; its relation is enough to count.
        detractors=Count("pk", filter=Q(response__score__lte=6)),
        passives=Count("pk", filter=Q(response__score__in=[7, 8])),
        promoters=Count("pk", filter=Q(response__score__gte=9)),
    )
    mix = Counts(told["detractors"], told["passives"], told["promoters"])
    asked, answered = told["asked"], told["answered"]
    usual = USUAL_PHONE_RATE if channel == Channel.PHONE else USUAL_RATE
    low, rate, high = usual
    if answered >= ENOUGH:
        found = wilson(answered, asked)
        low, rate, high = found.low / 100, found.value / 100, found.high / 100
    spread = variance(mix if mix.n >= ENOUGH else USUAL_MIX)
    return Basis(
        low, rate, high, asked if answered >= ENOUGH else 0, spread, mix.n if mix.n >= ENOUGH else 0
    )


def plan_answers(
    *,
    actor: Actor,
    kind: str,
    now: datetime,
    population: int,
    margin: float | None = None,
    difference: float | None = None,
    channel: str = Channel.EMAIL,
    per_day: float | None = None,
) -> AnswerPlan:
    """For a wanted `margin` (±points), or a `difference` in points to be told apart between two
    groups (power .8). `population` customers can be asked once each, `per_day` on a calendar day.

    Raises ValueError unless one of margin and difference is given and above 0.
    """
    require(actor, Right.RUN_SURVEYS)
    if (margin is None) == (difference is None):
        raise ValueError("Say either a margin or a difference")
    basis = basis_of(kind, channel, now)
    groups = 1 if margin is not None else 2
    if margin is not None:
        answers = answers_for_margin(margin, basis.variance)
        answers = from_population(answers, population) if population else answers
    else:
        answers = answers_to_tell_apart(difference or 0, basis.variance)
    invitations = invitations_for(groups * answers, basis.rate, basis.low, basis.high)
    possible = invitations.expected <= population
    days = None
    if possible and per_day:
        days = max(1, -int(-invitations.expected // per_day))
    return AnswerPlan(
        answers=answers,
        groups=groups,
        invitations=invitations,
        population=population,
        possible=possible,
        days=days,
        difference=difference_to_see(answers, basis.variance),
        basis=basis,
    )
