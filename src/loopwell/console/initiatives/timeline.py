"""What happens when, over all initiatives: roll-outs, milestones, deadlines as one picture?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loopwell.initiatives.queries.lists import Dates, dates_of

BEFORE, AFTER, SHORTEST = timedelta(days=366), timedelta(days=550), timedelta(days=120)
LABELS = 5
HEIGHT = 36


@dataclass(frozen=True)
class Moment:
    """A day with what happens on it; `kind` is roll_out, milestone, reached or deadline."""

    day: date
    kind: str
    words: str


@dataclass(frozen=True)
class Lane:
    initiative: Any
    moments: Sequence[Moment]
    drawing: SafeString


@dataclass(frozen=True)
class Timeline:
    """`hidden` moments lie too far away to be drawn; the table says them."""

    axis: SafeString
    lanes: Sequence[Lane]
    hidden: int


@dataclass(frozen=True)
class _Window:
    start: date
    end: date
    today: date

    def x(self, day: date) -> str:
        """The place from the left in percent; a little room is left on both sides."""
        share = (day - self.start).days / max((self.end - self.start).days, 1)
        return f"{2 + 96 * min(max(share, 0.0), 1.0):.2f}%"

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


def timeline(rows: Sequence[Any], today: date) -> Timeline:
    known = dates_of(rows)
    lanes = [(row, sorted(_moments(row, known[row.pk]), key=lambda m: m.day)) for row in rows]
    window = _window([m.day for _row, moments in lanes for m in moments], today)
    return Timeline(
        axis=_axis(window),
        lanes=[Lane(row, moments, _drawn(row, moments, window)) for row, moments in lanes],
        hidden=sum(not window.holds(m.day) for _row, moments in lanes for m in moments),
    )


def _moments(row: Any, dates: Dates) -> Iterator[Moment]:
    for out in dates.roll_outs:
        yield Moment(out.on, "roll_out", _("begins in %(unit)s") % {"unit": out.unit})
    for each in dates.milestones:
        yield Moment(each.due_on, "reached" if each.done_at else "milestone", each.title)
    if row.due_on:
        yield Moment(row.due_on, "deadline", _("to be done"))


def _window(days: Sequence[date], today: date) -> _Window:
    """Whole months around all that is near, and today."""
    near = [day for day in days if today - BEFORE <= day <= today + AFTER]
    first, last = min([today, *near]), max([today, *near])
    if last - first < SHORTEST:
        last = first + SHORTEST
    return _Window(first.replace(day=1), _month_after(last), today)


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _axis(window: _Window) -> SafeString:
    months = [window.start]
    while months[-1] < window.end:
        months.append(_month_after(months[-1]))
    every = -(-len(months) // LABELS)
    labels = format_html_join(
        "",
        '<line class="stroke-axis" x1="{0}" x2="{0}" y1="18" y2="24"/>'
        '<text class="lane-label" x="{0}" y="13" text-anchor="{1}">{2}</text>',
        (
            (window.x(month), "start" if place == 0 else "middle", date_format(month, "M y"))
            for place, month in enumerate(months[:-1])
            if place % every == 0
        ),
    )
    return format_html(
        '<svg class="lane" width="100%" height="24" aria-hidden="true" focusable="false">{}</svg>',
        labels,
    )


def _drawn(row: Any, moments: Sequence[Moment], window: _Window) -> SafeString:
    shown = [each for each in moments if window.holds(each.day)]
    said = "; ".join(f"{date_format(m.day, 'j M Y')}: {m.words}" for m in moments)
    today = window.x(window.today)
    line = ""
    if not moments:
        line = format_html('<text class="lane-label" x="2%" y="22">{}</text>', _("no dates yet"))
    if shown:
        line = format_html(
            '<line class="lane-line lane-{}" x1="{}" x2="{}" y1="18" y2="18"/>',
            row.state, window.x(shown[0].day), window.x(shown[-1].day),
        )  # fmt: skip
    return format_html(
        '<svg class="lane" width="100%" height="{}" role="img" aria-label="{}">'
        '<line class="stroke-axis lane-today" x1="{}" x2="{}" y1="0" y2="36"/>{}{}</svg>',
        HEIGHT, said or _("no dates yet"), today, today, line,
        format_html_join("", "{}", ((_mark(each, window.x(each.day)),) for each in shown)),
    )  # fmt: skip


def _mark(moment: Moment, x: str) -> SafeString:
    title = f"{date_format(moment.day, 'j M Y')}: {moment.words}"
    if moment.kind in ("roll_out", "deadline"):
        return format_html(
            '<line class="lane-{}" x1="{}" x2="{}" y1="6" y2="30"><title>{}</title></line>',
            moment.kind, x, x, title,
        )  # fmt: skip
    return format_html(
        '<circle class="lane-{}" cx="{}" cy="18" r="5"><title>{}</title></circle>',
        moment.kind, x, title,
    )  # fmt: skip
