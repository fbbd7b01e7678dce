"""Which competitor's score is an answer held against?"""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from loopwell.access.rules import Actor
from loopwell.benchmarks.models import Panel
from loopwell.benchmarks.queries.names import brands_by_name, key_of
from loopwell.benchmarks.queries.panels import Sums, brands, panels_with_answers, sums
from loopwell.insights.asking import Comparison, Key, Question, Row
from loopwell.insights.questions import row_of

METRICS = ("nps", "nps_weighted", "promoters", "passives", "detractors")


def competitors_of_rows(
    question: Question, comparison: Comparison, rows: Sequence[Row], actor: Actor
) -> dict[tuple[Key, ...], Row]:
    """The same for each row: the competitor named (by name or reference), or all of them together,
    in the newest panel that was asked by the end of the question's days. Panels asked people, not
    our customers, so that only scores can be compared."""
    panel = _panel(question, actor) if question.metric in METRICS else None
    if panel is None:
        return {}
    wanted = brands(actor).filter(is_us=False)
    if comparison.name:
        named = brands_by_name().get(key_of(comparison.name))
        wanted = wanted.filter(Q(pk=named and named.pk) | Q(ref=comparison.name))
    known = set(wanted.values_list("pk", flat=True))
    found = [
        each for (_panel_id, brand), each in sums(actor, panel=panel).items() if brand in known
    ]
    if not found:
        return {}
    other = _row(question.metric, found)
    return {row.key: other for row in rows}


def _panel(question: Question, actor: Actor) -> Panel | None:
    end = question.filters.end
    known = panels_with_answers(actor)
    return next((panel for panel in known if end is None or panel.fielded_to < end), None)


def _row(metric: str, found: Iterable[Sums]) -> Row:
    """A weighted panel counts as NPS by its weights, as the page of the benchmark shows it."""
    each = list(found)
    stats: dict[str, float] = {
        name: sum(getattr(one, name) for one in each)
        for name in ("n", "promoters", "detractors", "w", "ww", "wp", "wd", "wwp", "wwd")
    }
    stats["passives"] = stats["n"] - stats["promoters"] - stats["detractors"]
    if metric == "nps" and any(one.is_weighted for one in each):
        weighted = row_of("nps_weighted", (), stats)
        return Row((), weighted.n, weighted.value, weighted.low, weighted.high, {})
    return row_of(metric, (), stats)
