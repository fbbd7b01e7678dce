"""How much more do answers vary that come several from one account, and what does that change?

The design effect is the variance of a number when whole accounts are drawn, over that of as many
answers each for itself: 2 means that 100 answers say no more than 50. It is pooled within groups,
so that groups which differ do not look like clusters, and holds for all of them alike (Kish,
Survey Sampling, 1965, section 8.2, as the ratio of the linearised variances).
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from loopwell.access.rules import Actor
from loopwell.calc.nps import Difference, two_sided
from loopwell.insights.asking import Comparison, Key, Question, Row
from loopwell.insights.comparing import Compared, compare
from loopwell.insights.differing import adjusted
from loopwell.insights.disclosing import is_of_people
from loopwell.insights.metrics import METRICS, Metric, Stats
from loopwell.insights.questions import ask, can_be_asked
from loopwell.people.models import Account

MOSTLY = 0.5
"""Share of answers with an account above which people of one account may answer alike."""
SCALES = {"points": (-100.0, 100.0), "percent": (0.0, 100.0), "score": (0.0, 10.0)}

Group = Callable[[tuple[Key, ...]], object]
"""From a row's key to the group it is counted in; None leaves it out."""


@dataclass(frozen=True)
class _Part:
    """The answers of one account in one group: their count, sum and sum of squares."""

    n: float = 0.0
    total: float = 0.0
    squares: float = 0.0

    def __add__(self, other: "_Part") -> "_Part":
        return _Part(self.n + other.n, self.total + other.total, self.squares + other.squares)

    def around(self, mean: float) -> float:
        """The answers' own squared distances from a mean."""
        return self.squares - 2 * mean * self.total + self.n * mean * mean


def design_effect(
    question: Question, actor: Actor, group: Group = lambda key: key, *, most: int | None = None
) -> float:
    """1 or more; 1 too where most answers are of no account, for numbers and cuts that do not know
    accounts, and, for whoever must not wait, where there are more than `most` accounts."""
    metric = METRICS[question.metric]
    if not _is_summed(metric) or is_of_people(question) or "account" in question.by:
        return 1.0
    if len(question.by) > 1 or not can_be_asked(question.metric, "account"):
        return 1.0
    accounts = Account.objects.all()[: 1 if most is None else most + 1].count()
    if not accounts or (most is not None and accounts > most):
        return 1.0
    rows = ask(replace(question, by=(*question.by, "account")), actor)
    known = sum(row.n for row in rows if row.key[len(question.by)] is not None)
    if known <= MOSTLY * sum(row.n for row in rows):
        return 1.0
    return _effect(metric, rows, len(question.by), group)


def _effect(metric: Metric, rows: Iterable[Row], place: int, group: Group) -> float:
    accounts: defaultdict[object, dict[object, _Part]] = defaultdict(dict)
    singles: defaultdict[object, _Part] = defaultdict(_Part)
    for row in rows:
        key = group((*row.key[:place], *row.key[place + 1 :]))
        part = _part_of(metric, row.stats)
        if key is None or not part.n:
            continue
        account = row.key[place]
        if account is None:
            singles[key] += part
        else:
            accounts[key][account] = accounts[key].get(account, _Part()) + part
    clustered = plain = 0.0
    for key in accounts.keys() | singles.keys():
        whole = sum(accounts[key].values(), singles[key])
        clusters = len(accounts[key]) + singles[key].n
        if clusters < 2:
            continue
        mean = whole.total / whole.n
        between = sum((p.total - mean * p.n) ** 2 for p in accounts[key].values())
        clustered += clusters / (clusters - 1) * (between + singles[key].around(mean))
        plain += whole.n / (whole.n - 1) * whole.around(mean)
    return max(clustered / plain, 1.0) if plain > 0 else 1.0


def widened(row: Row, metric: str, effect: float) -> Row:
    """With an interval √effect as wide around its value, cut at the ends of the scale."""
    if effect == 1.0 or row.value is None or row.low is None or row.high is None:
        return row
    least, most = SCALES.get(METRICS[metric].unit, (-math.inf, math.inf))
    by = math.sqrt(effect)
    return replace(
        row,
        low=max(row.value - by * (row.value - row.low), least),
        high=min(row.value + by * (row.high - row.value), most),
    )


def less_sure(found: Difference, effect: float) -> Difference:
    """The same difference, known only as well as so many fewer answers tell it."""
    if effect == 1.0:
        return found
    by = math.sqrt(effect)
    low = found.value - by * (found.value - found.low)
    high = found.value + by * (found.high - found.value)
    return Difference(found.value, low, high, _weaker(found.p, by))


def heeded(
    question: Question, comparison: Comparison | None, actor: Actor, *, most: int | None = None
) -> list[Compared]:
    """As `compare`, or each row by itself without a comparison, with margins and differences that
    heed several answers of one account."""
    effect = design_effect(question, actor, most=most)
    if comparison is not None:
        return heeding_accounts(question, compare(question, comparison, actor), effect)
    rows = ask(question, actor)
    return [Compared(widened(row, question.metric, effect), None, None, None) for row in rows]


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


def _part_of(metric: Metric, stats: Stats) -> _Part:
    n = stats.get("n", 0.0)
    if metric.test == "score":
        up, down = stats["promoters"], stats["detractors"]
        return _Part(n, up - down, up + down)
    if metric.test == "share":
        return _Part(n, stats[metric.part], stats[metric.part])
    return _Part(n, stats["sum"], stats["squares"])
