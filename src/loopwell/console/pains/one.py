"""Everything known of one problem, for its page."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.calc.nps import Counts
from loopwell.calc.proportion import wilson
from loopwell.calc.quiet import Reported
from loopwell.console import charts
from loopwell.console.answers.selection import Selection
from loopwell.console.pains import showing
from loopwell.console.templatetags import numbers
from loopwell.initiatives.queries.lists import Wanted, dates_of, listed
from loopwell.insights.afflicted import Hit, hits
from loopwell.insights.asking import Filters
from loopwell.insights.extrapolating import Extrapolated, extrapolated
from loopwell.insights.pains import (
    CALL,
    COMMENT,
    Standing,
    all_answers,
    base_of,
    by_month,
    named_of,
    standing,
    together_with,
)
from loopwell.insights.phrasing import moment, names_for
from loopwell.people.queries import properties
from loopwell.responses.queries import answers
from loopwell.themes.enums import ReportWay
from loopwell.themes.queries.reporting import reported
from loopwell.themes.queries.saying import in_comments, spans_of
from loopwell.themes.queries.taxonomy import with_below

MOST_HITS, MOST_TOGETHER, VERBATIMS = 6, 6, 12
FEWEST_MONTHS = 8


@dataclass(frozen=True)
class Voice:
    """What one source says of it; nothing where it says nothing at all."""

    name: str
    base: Counts
    found: Standing | None

    @property
    def cost(self) -> str:
        change = self.found.impact.change if self.found else None
        return showing.points(change.value) if change else numbers.NONE

    @property
    def margin(self) -> str:
        change = self.found.impact.change if self.found else None
        return f"{showing.points(change.low)} … {showing.points(change.high)}" if change else ""


def about(actor: Actor, selection: Selection, theme: Any, voice: str) -> dict[str, Any]:
    filters, slug = selection.for_numbers(), theme.slug
    told = {each: _voice(actor, selection, theme, each) for each in (COMMENT, CALL)}
    chosen = told[voice]
    people = extrapolated(filters, voice, actor, [slug]).get(slug) if chosen.found else None
    complaints, others = _reported(actor, selection, theme)
    return {
        "voices": [(key, each) for key, each in told.items() if each.found],
        "chosen": chosen,
        "sentence": _sentence(chosen),
        "trend": _trend(actor, selection, theme, voice),
        "initiatives": _initiatives(actor, theme),
        "cuts": _cuts(actor, selection, slug, voice),
        "people": people,
        "complaints": complaints,
        "one_in": _one_in(people, complaints),
        "reports": others,
        "together": _together(actor, selection, slug),
        "verbatims": _verbatims(actor, selection, slug),
        "answers_url": f"{reverse('answers:list')}?{selection.query()}&theme={slug}",
    }


def _voice(actor: Actor, selection: Selection, theme: Any, voice: str) -> Voice:
    filters = selection.for_numbers()
    base = base_of(filters, voice, actor)
    name = _("Found in calls") if voice == CALL else _("Written in comments")
    if not base.n:
        return Voice(name, base, None)
    named = named_of(filters, voice, actor, theme.slug, base)
    found = standing(voice, theme, named, base, all_answers(filters, actor))
    return Voice(name, base, found)


def _reported(
    actor: Actor, selection: Selection, theme: Any
) -> tuple[int | None, list[tuple[str, int]]]:
    """Complaints, and what came by other ways; only what time and unit narrow, as they are told."""
    filters = selection.for_numbers()
    plain = Filters(start=filters.start, end=filters.end, unit_path=filters.unit_path)
    if filters != plain:
        return None, []
    ways = reported(actor, theme, filters.start, filters.end, selection.path)
    complaints = ways.pop(ReportWay.COMPLAINTS, None)
    return complaints, [(str(ReportWay(way).label), count) for way, count in ways.items()]


def _one_in(people: Extrapolated | None, complaints: int | None) -> int | None:
    """How many have it for each complaint; None where as many complain as have it, or more."""
    if people is None or not complaints:
        return None
    found = round(Reported(complaints, people.customers).one_in or 0)
    return found if found > 1 else None


def _sentence(told: Voice) -> str:
    found = told.found
    if found is None or not found.counts.n:
        return _("Nobody named it here.")
    facts = {
        "share": numbers.percent(found.of_all.value / 100),
        "margin": numbers.margin(found.of_all.low, found.of_all.high),
        "n": numbers.grouped(found.counts.n),
        "base": numbers.grouped(told.base.n),
    }
    first = _("%(share)s (%(margin)s) of customers name it: found in %(n)s of %(base)s answers.")
    if found.impact.without is None:
        return first % facts
    second = _("Without them NPS would be %(without)s instead of %(score)s.")
    return f"{first % facts} " + second % {
        "without": numbers.signed(found.impact.without),
        "score": numbers.signed(found.impact.score),
    }


def _initiatives(actor: Actor, theme: Any) -> list[tuple[Any, date | None]]:
    """Those that fix it, ideas too, with the day on which each first began somewhere."""
    rows = list(listed(actor, Wanted(theme=theme.slug), date.max))
    dates = dates_of(rows)
    return [(row, min((out.on for out in dates[row.pk].roll_outs), default=None)) for row in rows]


def _trend(actor: Actor, selection: Selection, theme: Any, voice: str) -> dict[str, Any] | None:
    """Its share month by month, with the limits of chance and where an initiative began."""
    slug = theme.slug
    from loopwell.calc.control import control

    months = [each for each in by_month(selection.for_numbers(), voice, actor, slug) if each[2]]
    if len(months) < 2:
        return None
    points = [
        charts.Point(moment(start, "month"), wilson(min(named, base), base))
        for start, named, base in months
    ]
    counts = [Counts(0, base - min(named, base), min(named, base)) for _s, named, base in months]
    drawn = charts.trend(points, text="")
    drawn["unit"] = "%"
    for place, (_start, named, base) in enumerate(months):
        share = numbers.percent(min(named, base) / base)
        drawn["points"][place]["text"] = f"{points[place].label}\n{share} · {named} / {base}"
    starts = [start for start, _named, _base in months]
    drawn["marks"] = [
        {"index": bisect_right(starts, began) - 1, "label": f"▶ {row.title}"}
        for row, began in _initiatives(actor, theme)
        if began is not None and starts[0] <= began and row.state != "idea"
    ]
    said = _("Too few months to judge.")
    if len(months) >= FEWEST_MONTHS:
        chart = control(counts)
        drawn["limits"] = [
            [max(each.low, 0.0) if each.low is not None else None, each.high]
            for each in chart.limits
        ]
        drawn["limits_label"] = _("limits of chance")
        said = _signal(chart, points)
    drawn["text"] = said
    return {"data": drawn, "said": said, "months": list(zip(months, points, strict=True))}


def _signal(chart: Any, points: Sequence[charts.Point]) -> str:
    last = chart.real_since
    if last is None:
        return _("No real change since %(when)s.") % {"when": points[0].label}
    when = {"when": points[last].label}
    if chart.limits[last].signal.endswith("above"):
        return _("%(when)s: named more often than chance explains.") % when
    return _("%(when)s: named less often than chance explains.") % when


@dataclass(frozen=True)
class Cut:
    title: str
    hits: list[tuple[str, Hit]]
    harder: int
    left_out: int


def _cuts(actor: Actor, selection: Selection, slug: str, voice: str) -> list[Cut]:
    """By unit, touchpoint and every declared property with few values."""
    wanted = [("unit", _("Units")), ("touchpoint", _("Touchpoints"))]
    wanted += [(f"property:{each.name}", each.label) for each in properties()]
    found = []
    for by, title in wanted:
        groups = hits(selection.for_numbers(), voice, actor, slug, by)
        known = [each for each in groups if each.key not in (None, "")]
        if len(known) < 2 or len(known) > 200:
            continue
        names = names_for(by, {each.key for each in known}, actor)
        shown = [(names[each.key], each) for each in known[:MOST_HITS]]
        harder = sum(each.is_harder for each in known)
        found.append(Cut(str(title), shown, harder, max(len(known) - MOST_HITS, 0)))
    return found


def _together(actor: Actor, selection: Selection, slug: str) -> list[tuple[str, str]]:
    """Other themes in the answers that name it: name and how many."""
    found = together_with(selection.for_numbers(), actor, slug)
    names = names_for("theme", set(found), actor)
    ranked = sorted(found.items(), key=lambda each: -each[1])[:MOST_TOGETHER]
    return [(names[other], numbers.answers(count)) for other, count in ranked]


@dataclass(frozen=True)
class Verbatim:
    """A comment in pieces: text, and whether it shows the problem."""

    answer: Any
    pieces: list[tuple[str, bool]]


def _verbatims(actor: Actor, selection: Selection, slug: str) -> list[Verbatim]:
    wanted = replace(selection.for_answers(), theme=slug)
    slugs = with_below(slug)
    found = list(in_comments(answers(actor, wanted), slugs)[:VERBATIMS])
    spans = spans_of([each.pk for each in found], slugs)
    return [Verbatim(each, _pieces(each.comment, spans.get(each.pk, []))) for each in found]


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    found, at = [], 0
    for start, end in spans:
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*found, (text[at:], False)] if piece[0]]
