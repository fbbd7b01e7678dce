"""Which initiatives wait for money, in which order, and what was decided about them?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.cases.queries.policy import policy
from loopwell.initiatives.enums import Kind, State
from loopwell.initiatives.models import Decision, Initiative
from loopwell.initiatives.queries.seeing import visible_to
from loopwell.initiatives.rules.candidates import By, Candidate, Range
from loopwell.initiatives.rules.ranking import Ranking, rank
from loopwell.initiatives.rules.scenario import Aim, Scenario, scenario
from loopwell.kit.errors import NotFound

WAITING = (State.IDEA, State.APPROVED)
PROVIDED = (State.RUNNING, State.DONE)
"""What others need is there, or on its way, when it is in one of these states."""


@dataclass(frozen=True)
class Asked:
    """How the page is set: money in one currency, ranked by one number, perhaps a budget."""

    currency: str
    by: By = By.NPS_PER_COST
    budget: Decimal | None = None
    aim: Aim = Aim.NPS


@dataclass(frozen=True)
class Priorities:
    """`rows` by id; `elsewhere` are in another currency and cannot be compared."""

    asked: Asked
    rows: Mapping[int, Initiative]
    ranking: Ranking
    scenario: Scenario | None
    elsewhere: Sequence[Initiative]


def currencies(actor: Actor) -> Sequence[str]:
    """Of what waits, the most frequent first; the company's own when nothing does."""
    found = Counter(waiting(actor).order_by().values_list("currency", flat=True))
    return [name for name, _n in found.most_common()] or [policy().currency]


def waiting(actor: Actor) -> QuerySet[Initiative]:
    """Not begun: they can still be chosen."""
    return visible_to(actor).filter(state__in=WAITING)


def priorities(actor: Actor, asked: Asked) -> Priorities:
    rows = list(waiting(actor).prefetch_related("themes", "depends_on"))
    known = {row.pk: row for row in rows if row.currency == asked.currency}
    candidates = [candidate(row) for row in known.values()]
    return Priorities(
        asked=asked,
        rows=known,
        ranking=rank(candidates, asked.by),
        scenario=None if asked.budget is None else scenario(candidates, asked.budget, asked.aim),
        elsewhere=[row for row in rows if row.pk not in known],
    )


def candidate(row: Initiative) -> Candidate:
    """What runs or is done already need not be paid for again."""
    return Candidate(
        id=row.pk,
        nps=_range(row.nps, row.nps_low, row.nps_high),
        money=_range(row.profit, row.profit_low, row.profit_high),
        cost=None if row.cost is None else float(row.cost),
        people=None if row.people is None else float(row.people),
        competes=row.kind == Kind.COMPETES,
        needs=frozenset(other.pk for other in row.depends_on.all() if other.state not in PROVIDED),
    )


def _range(
    value: float | Decimal | None, low: float | Decimal | None, high: float | Decimal | None
) -> Range | None:
    if value is None or low is None or high is None:
        return None
    return Range(float(value), float(low), float(high))


def as_record(found: Priorities) -> dict[str, Any]:
    """What somebody looked at when they decided, kept as it was."""
    rows = found.rows
    return {
        "by": found.asked.by.value,
        "currency": found.asked.currency,
        "budget": None if found.asked.budget is None else str(found.asked.budget),
        "aim": found.asked.aim.value,
        "ranked": [
            {
                "ref": rows[each.candidate.id].ref,
                "title": rows[each.candidate.id].title,
                "place": each.place,
                "best": each.best,
                "worst": each.worst,
            }
            for each in found.ranking.ranked
        ],
        "unranked": [
            {
                "ref": rows[each.candidate.id].ref,
                "title": rows[each.candidate.id].title,
                "missing": [gap.value for gap in each.missing],
            }
            for each in found.ranking.unranked
        ],
        "fits": [rows[each.id].ref for each in found.scenario.chosen] if found.scenario else None,
    }


def decisions(actor: Actor) -> QuerySet[Decision]:
    """For everybody who reads the whole company: each speaks of all that waited."""
    rows = Decision.objects.select_related("by").prefetch_related("chosen")
    return rows if actor.within(Right.READ_ANSWERS).everything else rows.none()


def decision_by_ref(actor: Actor, ref: str) -> Decision:
    found = decisions(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such decision."))
    return found
