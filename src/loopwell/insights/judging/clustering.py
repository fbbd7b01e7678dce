"""How much more do answers vary that come several from one account, and what does that change?

The design effect is the variance of a number when whole accounts are drawn, over that of as many
answers each for itself: 2 means that 100 answers say no more than 50. It is pooled within groups,
so that groups which differ do not look like clusters, and holds for all of them alike (Kish,
Survey Sampling, 1965, section 8.2, as the ratio of the linearised variances).
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.calc.nps import Difference, Estimate, critical, two_sided
from loopwell.insights.asking import Comparison, Question, Row
from loopwell.insights.comparing import Compared, compare
from loopwell.insights.differing import adjusted
from loopwell.insights.disclosing import is_of_people
from loopwell.insights.judging.accounts import Accounts, Group, accounts_of
from loopwell.insights.metrics import METRICS, Metric
from loopwell.insights.questions import ask, can_be_asked
from loopwell.people.models import Account

MOSTLY = 0.5
"""Share of answers with an account above which people of one account may answer alike."""
NOTABLE = 1.05
"""Design effect from which it is said: margins are a fortieth wider."""
SCALES = {"points": (-100.0, 100.0), "percent": (0.0, 100.0), "score": (0.0, 10.0)}


def design_effect(question: Question, actor: Actor, group: Group | None = None) -> float:
    """1 or more; 1 too where most answers are of no account, and for numbers and cuts that do not
    know accounts. With few accounts it holds Student's t in place of the normal quantile, squared,
    with as many degrees of freedom as there are accounts less groups, so that √effect is what
    margins are multiplied by. It says how sure rows are that the actor was already told."""
    metric = METRICS[question.metric]
    if not _is_summed(metric) or is_of_people(question) or "account" in question.by:
        return 1.0
    if not can_be_asked(question.metric, "account") or not Account.objects.exists():
        return 1.0
    found = accounts_of(question, actor, group)
    if sum(each.n - each.alone for each in found) <= MOSTLY * sum(each.n for each in found):
        return 1.0
    return effect_of(found)


def effect_of(groups: Sequence[Accounts]) -> float:
    """The design effect of these groups together, with Student's t; arithmetic alone."""
    clustered = plain = freedom = 0.0
    for each in groups:
        if each.clusters < 2:
            continue
        clustered += each.clusters / (each.clusters - 1) * each.between
        plain += each.n / (each.n - 1) * each.within
        freedom += each.clusters - 1
    if plain <= 0 or clustered <= plain * (1 + 1e-9):
        return 1.0
    return clustered / plain * (_student(freedom) / critical(0.95)) ** 2


def _student(freedom: float) -> float:
    from scipy.special import stdtrit  # imported late: SciPy costs memory that few pages need

    return float(stdtrit(freedom, 0.975))


def note(effect: float) -> str:
    """What to say beside numbers whose margins were widened; empty where they were not."""
    if effect <= NOTABLE:
        return ""
    return _("Several people of one account answer alike: the margins allow for that.")


def widened(row: Row, metric: str, effect: float) -> Row:
    """With an interval √effect as wide around its value, cut at the ends of the scale."""
    if effect == 1.0 or row.value is None or row.low is None or row.high is None:
        return row
    found = widened_estimate(Estimate(row.value, row.low, row.high, row.n), metric, effect)
    return replace(row, low=found.low, high=found.high)


def widened_estimate(found: Estimate, metric: str, effect: float) -> Estimate:
    """As `widened`, of what is no row."""
    least, most = SCALES.get(METRICS[metric].unit, (-math.inf, math.inf))
    by = math.sqrt(effect)
    return replace(
        found,
        low=max(found.value - by * (found.value - found.low), least),
        high=min(found.value + by * (found.high - found.value), most),
    )


def less_sure(found: Difference, effect: float) -> Difference:
    """The same difference, known only as well as so many fewer answers tell it."""
    if effect == 1.0:
        return found
    by = math.sqrt(effect)
    low = found.value - by * (found.value - found.low)
    high = found.value + by * (found.high - found.value)
    return Difference(found.value, low, high, _weaker(found.p, by))


def heeded(question: Question, comparison: Comparison | None, actor: Actor) -> list[Compared]:
    """As `compare`, or each row by itself without a comparison, with margins and differences that
    heed several answers of one account."""
    return heeded_with_effect(question, comparison, actor)[0]


def heeded_with_effect(
    question: Question, comparison: Comparison | None, actor: Actor
) -> tuple[list[Compared], float]:
    """As `heeded`, and the design effect, of which `note` says what to say."""
    if comparison is None:
        found = [Compared(row, None, None, None) for row in ask(question, actor)]
    else:
        found = compare(question, comparison, actor)
    effect = design_effect(question, actor)
    return heeding_accounts(question, found, effect), effect


def heeding_accounts(question: Question, found: list[Compared], effect: float) -> list[Compared]:
    """Rows and differences as wide as this design effect makes them."""
    if effect == 1.0:
        return found
    gaps = [each.difference and less_sure(each.difference, effect) for each in found]
    raw = [
        gap.p if gap and each.p_adjusted is not None else None
        for gap, each in zip(gaps, found, strict=True)
    ]
    return [
        Compared(
            widened(each.row, question.metric, effect),
            each.other and widened(each.other, question.metric, effect),
            gap,
            p,
        )
        for each, gap, p in zip(found, gaps, adjusted(raw), strict=True)
    ]


def _weaker(p: float, by: float) -> float:
    from statistics import NormalDist

    return two_sided(NormalDist().inv_cdf(1 - p / 2), by) if 1e-15 < p < 1 else p


def _is_summed(metric: Metric) -> bool:
    """A score, a share or a plain mean: what the sums of one account's answers are known of."""
    return metric.test in ("score", "share") or metric.slug in ("mean_score", "rating")
