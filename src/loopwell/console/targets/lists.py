"""Which targets does a page list, and what does each line of them say?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.enums import Right
from loopwell.access.queries import in_order, names_by_label
from loopwell.access.rules import Actor
from loopwell.calc.nps import Estimate
from loopwell.console.answers.choices import Choice
from loopwell.console.targets import paying, words
from loopwell.journal.queries import timeline
from loopwell.kit.tables.numbers import read_number
from loopwell.targets.queries import Standing, standings, units_to_aim_for, visible_targets
from loopwell.targets.queries.standing import Track
from loopwell.targets.rules import sparing

NOW = "now"
"""The stretches that run today."""


@dataclass(frozen=True)
class Line:
    """One target in words: what, where, when, how it stands."""

    target: Any
    standing: Standing
    metric: str
    place: str
    narrow: str
    when: str
    goal: str
    later: str
    """What became of the target after the time that is told of; "" where it stayed."""
    value: str
    gap: str
    estimate: Estimate | None
    words: str
    tone: str
    icon: str

    @property
    def expected(self) -> int:
        """Answers still to come, rounded."""
        return round(self.standing.expected_more)


@dataclass(frozen=True)
class Wanted:
    """What the address chooses: a year or what runs now, a number."""

    year: str
    metric: str


def line(standing: Standing) -> Line:
    target, row = standing.target, standing.row
    return Line(
        target=target,
        standing=standing,
        metric=words.metric_words(target.metric),
        place=words.place_words(target.unit),
        narrow=words.narrow_words(target.kind, target.channel, target.touchpoint),
        when=words.stretch_words(target.period, target.start, target.end),
        goal=words.value_words(target.metric, standing.aimed.value),
        later=words.later_words(target, standing.aimed),
        value=words.measured_words(target.metric, row.value),
        gap=words.distance_words(target.metric, standing.distance),
        estimate=words.estimate_of(row),
        words=words.track_words(standing),
        tone=words.TONES.get(standing.track, ""),
        icon=words.ICONS[standing.track],
    )


def read_wanted(query: QueryDict, actor: Actor, today: date) -> Wanted:
    years = {str(day.year) for day in _starts(actor)}
    year = query.get("year", NOW)
    metric = query.get("metric", "")
    known = set(visible_targets(actor).order_by().values_list("metric", flat=True).distinct())
    return Wanted(year if year in years else NOW, metric if metric in known else "")


def listed(actor: Actor, wanted: Wanted, today: date) -> list[Line]:
    """The widest stretch first, then the company before its units in the tree's order."""
    rows = visible_targets(actor)
    if wanted.year == NOW:
        rows = rows.filter(start__lte=today, end__gt=today)
    else:
        rows = rows.filter(start__year=int(wanted.year))
    if wanted.metric:
        rows = rows.filter(metric=wanted.metric)
    targets = sorted(rows, key=_place)
    return [line(standing) for standing in standings(actor, targets, today)]


def _place(target: Any) -> tuple[Any, ...]:
    length = (target.end - target.start).days
    path = target.unit.path if target.unit else ""
    return (-length, -target.start.toordinal(), path.count("/"), target.metric, str(target.unit))


def by_stretch(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The lines in the order given under the stretch of time that they share."""
    found: dict[str, list[Line]] = {}
    for each in lines:
        found.setdefault(each.when, []).append(each)
    return list(found.items())


def finding(lines: Sequence[Line]) -> str:
    """How many are on track, of those whose number the reader sees; "" where there are none."""
    lines = [each for each in lines if each.standing.track is not Track.BEYOND]
    if not lines:
        return ""
    good = sum(each.standing.track in {Track.ON, Track.MET} for each in lines)
    bad = sum(each.standing.track in {Track.OFF, Track.MISSED} for each in lines)
    within = sum(each.standing.track is Track.WITHIN for each in lines)
    rest = len(lines) - good - bad - within
    told = ngettext(
        "Of %(count)s target %(good)s is on track or met, %(bad)s off track or missed, "
        "%(rest)s open.",
        "Of %(count)s targets %(good)s are on track or met, %(bad)s off track or missed, "
        "%(rest)s open.",
        len(lines),
    )
    told %= {"count": len(lines), "good": good, "bad": bad, "rest": rest}
    if not within:
        return told
    spared = _("Missed by less than the margin: %(count)s.") % {"count": within}
    return f"{told} {spared}"


def margins_too_wide(lines: Sequence[Line]) -> str:
    """A warning where nearly all targets that were missed are so within the margin; "" else."""
    ended = (each.standing.outcome for each in lines)
    told = sparing(outcome for outcome in ended if outcome is not None)
    begins = _("%(within)s of %(below)s missed targets are missed by less than the margin")
    return paying.margin_words(begins, told) if told.is_nearly_all else ""


def choices_of(actor: Actor, wanted: Wanted, today: date) -> dict[str, list[Choice]]:
    years = sorted({day.year for day in _starts(actor)}, reverse=True)
    slugs = sorted(set(visible_targets(actor).order_by().values_list("metric", flat=True)))
    return {
        "year": [
            Choice(NOW, _("Running now"), wanted.year == NOW),
            *(Choice(str(year), str(year), wanted.year == str(year)) for year in years),
        ],
        "metric": [
            Choice("", _("All numbers"), not wanted.metric),
            *(Choice(slug, words.metric_words(slug), wanted.metric == slug) for slug in slugs),
        ],
    }


def _starts(actor: Actor) -> list[date]:
    return list(visible_targets(actor).order_by().values_list("start", flat=True).distinct())


def has_any(actor: Actor) -> bool:
    return visible_targets(actor).exists()


def below(actor: Actor, target: Any, today: date) -> list[Line]:
    """What was handed down from it, as far as one sees it."""
    rows = visible_targets(actor).filter(above=target).order_by("unit__name")
    return [line(standing) for standing in standings(actor, list(rows), today)]


@dataclass(frozen=True)
class Entry:
    """Who set which value when."""

    at: datetime
    who: str
    words: str


def history(target: Any) -> list[Entry]:
    """The newest first."""
    entries = [entry for entry in timeline("target", target.pk) if entry.type == "target.set"]
    names = names_by_label({entry.actor for entry in entries})
    return [
        Entry(entry.at, names.get(entry.actor, ""), _set_words(target.metric, entry.payload))
        for entry in reversed(entries)
    ]


def _set_words(metric: str, payload: Any) -> str:
    value = words.value_words(metric, payload.get("value"))
    if payload.get("was") is None:
        return _("Set to %(value)s") % {"value": value}
    was = words.value_words(metric, payload["was"])
    return _("Changed from %(was)s to %(value)s") % {"was": was, "value": value}


def may_set(actor: Actor, target: Any) -> bool:
    if not actor.may(Right.SET_TARGETS):
        return False
    if actor.within(Right.SET_TARGETS).everything:
        return True
    return target.unit is not None and actor.within(Right.SET_TARGETS).covers(target.unit.path)


def may_hand_down(actor: Actor, target: Any) -> bool:
    """Somebody who sets the target itself, where there are units below."""
    if not may_set(actor, target):
        return False
    above = {"parent": target.unit} if target.unit else {"parent__parent": None}
    return units_to_aim_for(actor).filter(**above, parent__isnull=False).exists()


def unit_choices(actor: Actor) -> list[tuple[str, str]]:
    """The units whose targets the actor sets, indented; without the top, which is the company."""
    units = [unit for unit, _depth in in_order(units_to_aim_for(actor))]
    shown = [unit for unit in units if unit.parent_id is not None]
    top = min((unit.path.count("/") for unit in shown), default=0)
    return [
        (unit.ref, f"{chr(0x2003) * (unit.path.count('/') - top)}{unit.name}") for unit in shown
    ]


def read_value(text: str) -> float | None:
    """A number as people write it: +40, −5, 37,5."""
    return read_number(text.replace("\N{MINUS SIGN}", "-"))
