"""What does a person read in the terminal, at eighty columns or piped into a file?"""

import sys
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from loopwell.calc.scales import Category
from loopwell.report import sentences
from loopwell.report.results import Example, Groups, Report
from loopwell.report.selection import selection
from loopwell.report.wording import count, month, number, p_value, percent, points, printable

COLOURS = {
    Category.PROMOTER: "#009E73",
    Category.PASSIVE: "#8A8F98",
    Category.DETRACTOR: "#D55E00",
}
EDGE = 10  # groups shown at either end when there are too many
MONTHS = 24
QUOTE = 160


def show(report: Report, *, written: Sequence[Path]) -> None:
    """Print the summary to stdout; colours only on a terminal."""
    console = Console(file=sys.stdout, highlight=False)
    if not console.is_terminal:
        console = Console(file=sys.stdout, highlight=False, width=80, no_color=True)
    elif console.width > 110:
        console.width = 110
    _head(console, report)
    _distribution(console, report)
    _trend(console, report)
    for groups in report.groups:
        _groups(console, groups, report.minimum)
    _drivers(console, report)
    _words(console, report)
    _reading(console, report)
    for path in written:
        console.print(_("Written: %s") % escape(str(path)))


def _heading(console: Console, text: str) -> None:
    console.print()
    console.print(Text(printable(text), style="bold"))


def _notes(console: Console, notes: Sequence[str]) -> None:
    if not notes:
        return
    table = Table.grid(padding=(0, 1))
    for note in notes:
        table.add_row(" ·", Text(printable(note), style="dim"))
    console.print(table)


def _head(console: Console, report: Report) -> None:
    console.print()
    console.print(Text(sentences.headline(report), style="bold"))
    console.print(
        _("%(answers)s · 95 %% interval · “%(score)s” on %(scale)s")
        % {
            "answers": sentences.answers(report.used),
            "score": escape(printable(report.score)),
            "scale": report.scale.value,
        }
    )
    for warning in report.warnings:
        console.print(Text(f"! {warning}", style="bold #D55E00"))
    n, counts = report.counts.n, report.counts
    parts = (
        (_("detractors"), counts.detractors, Category.DETRACTOR),
        (_("passives"), counts.passives, Category.PASSIVE),
        (_("promoters"), counts.promoters, Category.PROMOTER),
    )
    bar, legend = Text(), Text()
    for name, part, category in parts:
        bar.append("█" * round(76 * part / n), style=COLOURS[category])
        legend.append(f"{name} {percent(100 * part / n, 1)} ({count(part)})   ", COLOURS[category])
    console.print()
    console.print(bar)
    console.print(legend)


def _distribution(console: Console, report: Report) -> None:
    table = Table(box=None, padding=(0, 1), show_header=False)
    largest = max(mark.n for mark in report.distribution)
    for mark in report.distribution:
        bar = Text("█" * round(40 * mark.n / largest), style=COLOURS[mark.category])
        table.add_row(str(mark.score), bar, count(mark.n), percent(100 * mark.n / report.used, 1))
    console.print()
    console.print(table)


def _trend(console: Console, report: Report) -> None:
    if report.months is None:
        return
    _heading(console, sentences.trend(report.months))
    table = _table(_("month"), _("answers"), _("NPS"), _interval_title())
    periods = report.months.trend.periods
    for period in periods[-MONTHS:]:
        if period.estimate is None:
            table.add_row(month(period.label), "0", "–", "")
            continue
        e = period.estimate
        mark = "*" if e.n < report.minimum else ""
        table.add_row(
            month(period.label), count(e.n) + mark, points(e.value), _range(e.low, e.high)
        )
    if periods:
        console.print(table)
    notes = [*report.months.notes]
    if len(periods) > MONTHS:
        notes.append(_("only the last %d months are shown here") % MONTHS)
    if any(p.estimate and p.estimate.n < report.minimum for p in periods[-MONTHS:]):
        notes.append(_("* fewer than %d answers: too small to judge") % report.minimum)
    _notes(console, notes)


def _groups(console: Console, groups: Groups, minimum: int) -> None:
    _heading(console, sentences.groups(groups, minimum))
    name = _fitted(groups.column, console.width - 57)
    table = _table(name, _("answers"), _("NPS"), _interval_title(), _("rest"), "p")
    chosen = selection(groups.results, EDGE)
    for result in chosen.rows:
        if result is None:
            table.add_row("…", "", "", "", "", "")
            continue
        if result.estimate is None:
            continue
        mark = "*" if result.too_small else ""
        gap = points(result.difference.value) if result.difference else "–"
        real = result.p is not None and result.p < sentences.REAL
        table.add_row(
            _fitted(sentences.group_name(result.value), console.width - 57),
            count(result.counts.n) + mark,
            points(result.estimate.value),
            _range(result.estimate.low, result.estimate.high),
            gap,
            p_value(result.p),
            style="bold" if real else None,
        )
    console.print(table)
    notes = [*groups.notes, *chosen.notes(minimum)]
    if any(r.too_small for r in chosen.rows if r):
        notes.append(_("* fewer than %d answers: too small to judge") % minimum)
    _notes(console, notes)


def _drivers(console: Console, report: Report) -> None:
    if report.drivers is None:
        return
    _heading(console, sentences.drivers(report.drivers))
    if report.drivers.result:
        table = _table(_("driver"), _("weight"), _interval_title(), "r", _("pairs"))
        for driver in report.drivers.result.drivers:
            interval = (
                f"{number(driver.low, 0)}–{percent(driver.high)}"
                if driver.low is not None and driver.high is not None
                else "–"
            )
            table.add_row(
                _fitted(driver.name, console.width - 40),
                percent(driver.weight),
                interval,
                number(driver.r),
                count(driver.n),
            )
        console.print(table)
        _notes(
            console,
            [
                _("relative weights (Johnson), association and not cause; all drivers together "
                  "explain %s of the score's variation")
                % percent(100 * report.drivers.result.r_squared)
            ],
        )  # fmt: skip
    _notes(console, report.drivers.notes)


def _words(console: Console, report: Report) -> None:
    if report.words is None:
        return
    _heading(console, sentences.words(report.words))
    sides = (
        (_("detractors' comments"), report.words.detractors, Category.DETRACTOR),
        (_("promoters' comments"), report.words.promoters, Category.PROMOTER),
    )
    for title, examples, category in sides:
        if not examples:
            continue
        terms = ", ".join(_term(example) for example in examples)
        line = Text.assemble((f"{title}: ", COLOURS[category]), terms)
        console.print(Padding(line, (0, 0, 0, 2)))
        for comment in [c for example in examples[:2] for c in example.comments[:1]]:
            quote = Text(_("“%s”") % _short(comment), style="italic")
            console.print(Padding(quote, (0, 0, 0, 4)))
    key = _(
        "in brackets: how many of %(down)s detractors' : %(up)s promoters' comments hold the words"
    ) % {"down": count(report.words.read_detractors), "up": count(report.words.read_promoters)}
    found = report.words.detractors or report.words.promoters
    _notes(console, [key, *report.words.notes] if found else report.words.notes)


def _term(example: Example) -> str:
    return f"{example.term.term} ({example.term.detractors}:{example.term.promoters})"


def _short(comment: str) -> str:
    flat = " ".join(printable(comment).split())
    return flat if len(flat) <= QUOTE else flat[:QUOTE].rsplit(" ", 1)[0] + " …"


def _reading(console: Console, report: Report) -> None:
    _heading(console, sentences.read(report))
    console.print(f"  {escape(printable(report.file))}: {sentences.detected(report.detected)}")
    for reason in report.reasons:
        rows = ", ".join(map(str, reason.first_rows))
        more = " …" if reason.count > len(reason.first_rows) else ""
        console.print(
            _("  %(n)s rows: %(why)s (row %(rows)s)")
            % {"n": count(reason.count), "why": reason.text, "rows": rows + more}
        )
    _notes(console, [*report.detected.notes, *report.notes])
    console.print()


def _range(low: float, high: float) -> str:
    return f"{points(low)} … {points(high)}"


def _fitted(text: str, width: int) -> Text:
    shown = Text(printable(text))
    shown.truncate(max(width, 12), overflow="ellipsis")
    return shown


def _interval_title() -> str:
    # xgettext:no-python-format
    return _("95 % interval")


def _table(first: str | Text, *others: str) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="dim")
    table.add_column(first, overflow="ellipsis", no_wrap=True)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table
