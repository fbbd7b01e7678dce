"""How do the numbers stand against their targets, and how likely is it that they get there?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.calc.nps import critical
from loopwell.insights.asking import Filters, Question, Row
from loopwell.insights.metrics import metric_by_slug
from loopwell.insights.questions import ask, row_of, sum_up
from loopwell.targets.enums import Period
from loopwell.targets.models import Target
from loopwell.targets.queries.aims import company_unit, visible_targets
from loopwell.targets.queries.past import Aimed, aimed_on
from loopwell.targets.rules import Outcome, Stretch, chance, outcome, year_before
from loopwell.targets.rules import before as stretch_before

LIKELY, UNLIKELY = 0.8, 0.2
EARLY = 0.1
"""Share of the stretch below which the answers of last time say how many will come."""


class Track(StrEnum):
    """What can be said of a target today."""

    ON = "on"
    OPEN = "open"
    """It can still go either way."""
    OFF = "off"
    MET = "met"
    WITHIN = "within"
    MISSED = "missed"
    EARLY = "early"
    """Too few answers to say anything."""
    AHEAD = "ahead"
    """The stretch has not begun."""
    BEYOND = "beyond"
    """Its number is made of more than the asker sees."""


@dataclass(frozen=True)
class Standing:
    """A target and the number it is about: of all below `unit`, in the target's own stretch.

    `aimed` is what it is judged by: a target changed after its stretch is judged by what was in
    force at the end. `expected_more` is how many answers are still to come; `probability` that it
    is met, None where there is nothing to judge by. A stretch that is over has an `outcome`
    instead.
    """

    target: Target
    aimed: Aimed
    unit: Unit | None
    row: Row
    expected_more: float
    probability: float | None
    outcome: Outcome | None
    track: Track

    @property
    def distance(self) -> float | None:
        """In the metric's unit; positive is better than the target."""
        if self.row.value is None:
            return None
        gap = self.row.value - self.aimed.value
        return gap if _higher(self.target) else -gap


def standings(
    actor: Actor, targets: Sequence[Target], today: date, *, as_then: bool = False
) -> list[Standing]:
    """In the order given; one question for all targets of the same facts and stretch. `as_then`
    tells what could be told on the morning of a day that is past: by the answers before it, and
    by the targets as they were."""
    alike: defaultdict[tuple[object, ...], list[Target]] = defaultdict(list)
    for target in targets:
        alike[_facts(target)].append(target)
    found: dict[int, Standing] = {}
    company = company_unit()
    for group in alike.values():
        for standing in _of_alike(actor, group, company, today, as_then):
            found[standing.target.pk] = standing
    return [found[target.pk] for target in targets]


def running_aim(
    actor: Actor, path: str, day: date, *, metric: str = "nps", kind: str = ""
) -> Target | None:
    """The target of exactly this unit, "" is the company, in the shortest stretch of the day."""
    company = company_unit() if path else None
    whole = not path or (company is not None and company.path == path)
    rows = visible_targets(actor).filter(
        metric=metric, kind=kind, channel="", touchpoint="", start__lte=day, end__gt=day
    )
    found = rows.filter(unit=None) if whole else rows.filter(unit__path=path)
    return min(found, key=lambda each: each.end - each.start, default=None)


def filters_of(target: Target, stretch: Stretch) -> Filters:
    """The facts a target is about, in any stretch of time; its unit is not among them."""
    return Filters(
        start=stretch.start,
        end=stretch.end,
        kind=target.kind,
        touchpoint=target.touchpoint,
        channel=target.channel,
    )


def rows_by_place(actor: Actor, metric: str, filters: Filters) -> dict[str, Row]:
    """The metric by the path of each unit with all below it; "" is the whole that one sees."""
    paths = dict(Unit.objects.order_by().values_list("pk", "path"))
    parts: defaultdict[str, list[Row]] = defaultdict(list)
    for row in ask(Question(metric, ("unit",), "", filters), actor):
        path = paths.get(row.key[0], "") if isinstance(row.key[0], int) else ""
        for place in _and_above(path):
            parts[place].append(row)
    return {place: row_of(metric, (), sum_up(rows)) for place, rows in parts.items()}


def _of_alike(
    actor: Actor, targets: Sequence[Target], company: Unit | None, today: date, as_then: bool
) -> Iterable[Standing]:
    first = targets[0]
    stretch = Stretch(first.start, first.end)
    aimed = _aimed(targets, stretch, today, as_then)
    seen = replace(filters_of(first, stretch), end=min(first.end, today)) if as_then else None
    now = rows_by_place(actor, first.metric, seen or filters_of(first, stretch))
    usual: Mapping[str, Row] = {}
    if stretch.start <= today and stretch.elapsed(today) < EARLY:
        usual = _usual(actor, first, stretch)
    nothing = row_of(first.metric, (), _no_sums(first.metric))
    scope = actor.within(Right.READ_ANSWERS)
    for target in targets:
        unit = target.unit or company
        whole = unit is None or unit.parent_id is None
        if not (scope.everything or (unit is not None and scope.covers(unit.path))):
            yield Standing(target, aimed[target.pk], unit, nothing, 0.0, None, None, Track.BEYOND)
            continue
        place = "" if whole or unit is None else unit.path
        row = now.get(place, nothing)
        yield _standing(target, aimed[target.pk], unit, row, usual.get(place), today)


def _aimed(
    targets: Sequence[Target], stretch: Stretch, today: date, as_then: bool
) -> Mapping[int, Aimed]:
    if today >= stretch.end:
        return aimed_on(targets, stretch.end)
    if as_then:
        return aimed_on(targets, today)
    return {target.pk: Aimed(target.value) for target in targets}


def _standing(
    target: Target, aimed: Aimed, unit: Unit | None, row: Row, usual: Row | None, today: date
) -> Standing:
    stretch = Stretch(target.start, target.end)
    if today < stretch.start:
        return Standing(target, aimed, unit, row, 0.0, None, None, Track.AHEAD)
    if today >= stretch.end:
        ended = outcome(row.value, row.low, row.high, aimed.value, higher_is_better=_higher(target))
        track = Track.EARLY if ended is Outcome.UNKNOWN else Track(ended.value)
        return Standing(target, aimed, unit, row, 0.0, None, ended, track)
    more = _expected_more(row.n, stretch.elapsed(today), usual)
    likely = _probability(target, aimed.value, row, more)
    return Standing(target, aimed, unit, row, more, likely, None, _track(likely))


def _usual(actor: Actor, target: Target, stretch: Stretch) -> dict[str, Row]:
    """The stretch before it, or that of last year where the period is a year."""
    period = Period(target.period)
    earlier = year_before(stretch) if period == Period.YEAR else stretch_before(period, stretch)
    return rows_by_place(actor, target.metric, filters_of(target, earlier))


def _expected_more(n: int, elapsed: float, usual: Row | None) -> float:
    """Answers still to come, if they go on as they came so far, or as they came last time."""
    if elapsed >= EARLY or usual is None:
        return n * (1 - elapsed) / elapsed if elapsed else 0.0
    return usual.n * (1 - elapsed)


def _probability(target: Target, aim: float, row: Row, more: float) -> float | None:
    if row.value is None or row.low is None or row.high is None:
        return None
    if row.n < metric_by_slug(target.metric).minimum:
        return None
    se = (row.high - row.low) / 2 / critical(0.95)
    return chance(aim, row.value, se, row.n, more, higher_is_better=_higher(target))


def _track(probability: float | None) -> Track:
    if probability is None:
        return Track.EARLY
    if probability >= LIKELY:
        return Track.ON
    return Track.OFF if probability <= UNLIKELY else Track.OPEN


def _facts(target: Target) -> tuple[object, ...]:
    return (target.metric, target.kind, target.channel, target.touchpoint, target.start, target.end)


def _higher(target: Target) -> bool:
    return metric_by_slug(target.metric).higher_is_better


def _no_sums(metric: str) -> Mapping[str, float]:
    return defaultdict(float)


def _and_above(path: str) -> list[str]:
    parts = path.strip("/").split("/") if path else []
    return ["", *(f"/{'/'.join(parts[: depth + 1])}/" for depth in range(len(parts)))]
