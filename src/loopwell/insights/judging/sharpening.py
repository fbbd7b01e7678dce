"""Are intervals as wide as they should be, where answers are not each for themselves?"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from loopwell.access.rules import Actor
from loopwell.calc.nps import Counts, Estimate, critical, interval
from loopwell.insights.asking import Filters, Key, Question, Row
from loopwell.insights.disclosing import is_of_people
from loopwell.insights.metrics import counts_of
from loopwell.insights.populations import customers_of
from loopwell.insights.questions import ask
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey

MOSTLY = 0.5
"""Share of answers with an account above which people of one account may answer alike."""
BOOTSTRAPPED = 2_000
"""Accounts up to which they are drawn again; beyond, the linearised interval is the same."""
WORTH_IT = 0.05
"""Share of all customers that must have answered for it to matter that they are finite."""

Clusters = dict[tuple[Key, ...], list[Counts]]


def sharpened(question: Question, rows: Sequence[Row], actor: Actor) -> list[Row]:
    """The same rows of NPS with intervals that heed who was asked.

    Wider where most answers are of accounts (several people of one account answer alike), and
    narrower where, in a relationship survey, a good part of all customers of a unit answered. Rows
    of other metrics, of anonymous surveys and of two cuts stay as they are.
    """
    if question.metric != "nps" or len(question.by) > 1 or is_of_people(question):
        return list(rows)
    found = _of_accounts(question, rows, actor)
    return found if found is not None else _of_finite(question, rows, actor)


def _of_accounts(question: Question, rows: Sequence[Row], actor: Actor) -> list[Row] | None:
    if question.by == ("account",):
        return None
    clusters: Clusters = defaultdict(list)
    known, total = 0, 0
    for row in ask(replace(question, by=(*question.by, "account")), actor):
        place = len(question.by)
        key, account = (*row.key[:place], *row.key[place + 1 :]), row.key[place]
        counts = counts_of(row.stats)
        total += counts.n
        known += counts.n if account is not None else 0
        clusters[key] += [counts] if account is not None else _singles(counts)
    if not total or known / total <= MOSTLY:
        return None
    return [_with(row, _clustered(clusters[row.key])) if row.n else row for row in rows]


def _singles(counts: Counts) -> list[Counts]:
    """Answers without an account stand for themselves."""
    return [
        *[Counts(1, 0, 0)] * counts.detractors,
        *[Counts(0, 1, 0)] * counts.passives,
        *[Counts(0, 0, 1)] * counts.promoters,
    ]


def _clustered(clusters: Sequence[Counts]) -> Estimate:
    if len(clusters) <= BOOTSTRAPPED:
        from loopwell.calc.clustered import clustered_nps

        return clustered_nps(clusters)
    return _linearised(clusters)


def _linearised(clusters: Sequence[Counts]) -> Estimate:
    """The ratio estimator's interval (Cochran, Sampling Techniques, 1977, section 9.2), never
    narrower than that of independent answers."""
    plain = interval(sum(clusters, Counts(0, 0, 0)))
    k = len(clusters)
    gaps = (100 * (c.promoters - c.detractors) - plain.value * c.n for c in clusters)
    spread = math.sqrt(k / (k - 1) * math.fsum(gap * gap for gap in gaps)) / plain.n
    reach = critical(0.95) * spread
    return Estimate(
        plain.value,
        max(min(plain.value - reach, plain.low), -100.0),
        min(max(plain.value + reach, plain.high), 100.0),
        plain.n,
    )


def _of_finite(question: Question, rows: Sequence[Row], actor: Actor) -> list[Row]:
    if question.by not in ((), ("unit",)) or not _is_of_the_relationship(question.filters):
        return list(rows)
    narrowed = replace(question.filters, start=None, end=None, unit_path="", kind="", survey="")
    if narrowed != Filters():
        return list(rows)
    everybody = customers_of(question, actor)
    heard = {row.key: row.n for row in ask(replace(question, metric="coverage"), actor)}
    place = len(question.by)
    return [_finite(row, heard.get(row.key, 0), everybody.get(row.key[:place], 0)) for row in rows]


def _finite(row: Row, heard: int, everybody: int) -> Row:
    from loopwell.calc.finite import with_population

    if row.value is None or row.low is None or row.high is None or not everybody:
        return row
    if heard / everybody < WORTH_IT:
        return row
    return _with(row, with_population(Estimate(row.value, row.low, row.high, heard), everybody))


def _is_of_the_relationship(filters: Filters) -> bool:
    if filters.survey:
        of_it = Survey.objects.filter(ref=filters.survey, kind=SurveyKind.RELATIONSHIP)
        return of_it.exists()
    return filters.kind == SurveyKind.RELATIONSHIP


def _with(row: Row, found: Estimate) -> Row:
    return replace(row, low=found.low, high=found.high)
