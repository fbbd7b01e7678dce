"""How does the report become one HTML file that needs no network?"""

from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import gettext as _

from loopwell import __version__
from loopwell.calc.compare import GroupResult
from loopwell.report import charts, sentences, trendchart
from loopwell.report.options import ReportError
from loopwell.report.results import Drivers, Groups, Mark, Months, Report, Words
from loopwell.report.selection import selection
from loopwell.report.wording import (
    count,
    margin,
    month,
    number,
    p_value,
    percent,
    points,
)

HERE = Path(__file__).resolve().parent
EDGE = 12
LONGEST_QUOTE = 320


def write_page(report: Report, path: Path) -> None:
    """Write the page, or raise ReportError when the place cannot be written."""
    page = render_page(report)
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ReportError(
            _("--out: %(path)s cannot be written (%(error)s).")
            % {"path": path, "error": error.strerror}
        ) from error


def render_page(report: Report) -> str:
    """The page as text; everything from the file is escaped by the template."""
    engine = Engine(
        dirs=[str(HERE / "templates" / "report")],
        builtins=["django.templatetags.i18n"],
    )
    return str(engine.get_template("report.html").render(Context(_context(report))))


def _context(report: Report) -> dict[str, Any]:
    return {
        "language": translation.get_language() or "en",
        "version": __version__,
        "style": (HERE / "report.css").read_text(encoding="utf-8"),
        "report": report,
        "headline": sentences.headline(report),
        "nps": points(report.estimate.value, 0),
        "margin": margin(report.estimate.low, report.estimate.high),
        "low": points(report.estimate.low),
        "high": points(report.estimate.high),
        "answers": sentences.answers(report.used),
        "scale_chart": charts.interval(report.estimate, tall=True),
        "categories": sentences.categories(report),
        "parts": _parts(report),
        "marks": [_mark(mark, report) for mark in report.distribution],
        "months": _months(report.months, report.minimum) if report.months else None,
        "groups": [_groups(groups, report) for groups in report.groups],
        "drivers": _drivers(report.drivers) if report.drivers else None,
        "words": _words(report.words) if report.words else None,
        "read": sentences.read(report),
        "detected": sentences.detected(report.detected),
        "reasons": [
            {
                "n": count(reason.count),
                "text": reason.text,
                "rows": ", ".join(map(str, reason.first_rows))
                + (" …" if reason.count > len(reason.first_rows) else ""),
            }
            for reason in report.reasons
        ],
        "notes": [*report.detected.notes, *report.notes],
    }


def _parts(report: Report) -> list[dict[str, Any]]:
    counts, n = report.counts, report.counts.n
    start = 0.0
    parts = []
    for kind, name, size in (
        ("detractor", _("Detractors"), counts.detractors),
        ("passive", _("Passives"), counts.passives),
        ("promoter", _("Promoters"), counts.promoters),
    ):
        share = 100 * size / n
        parts.append(
            {"kind": kind, "name": name, "share": percent(share, 1), "n": count(size),
             "x": f"{start:.3f}", "width": f"{share:.3f}"}
        )  # fmt: skip
        start += share
    return parts


def _mark(mark: Mark, report: Report) -> dict[str, Any]:
    largest = max(other.n for other in report.distribution)
    return {
        "score": mark.score,
        "kind": mark.category.value,
        "n": count(mark.n),
        "share": percent(100 * mark.n / report.used, 1),
        "chart": charts.bar(100 * mark.n / largest, mark.category.value),
    }


def _months(found: Months, minimum: int) -> dict[str, Any]:
    return {
        "title": sentences.trend(found),
        "chart": trendchart.draw(found.trend.periods, minimum),
        "rows": [
            {
                "month": month(period.label),
                "n": count(period.counts.n),
                "nps": points(period.estimate.value) if period.estimate else "–",
                "range": _range(period.estimate.low, period.estimate.high)
                if period.estimate
                else "",
                "small": period.counts.n < minimum,
            }
            for period in found.trend.periods
        ],
        "notes": found.notes,
    }


def _groups(found: Groups, report: Report) -> dict[str, Any]:
    chosen = selection(found.results, EDGE)
    rows = [None if r is None else _group(r, report) for r in chosen.rows]
    everything = None in chosen.rows
    return {
        "column": found.column,
        "title": sentences.groups(found, report.minimum),
        "rows": rows,
        "all": [_group(r, report) for r in found.results if r.estimate] if everything else [],
        "notes": [*found.notes, *chosen.notes(report.minimum)],
        "small": any(r is not None and r["small"] for r in rows),
    }


def _group(result: GroupResult, report: Report) -> dict[str, Any]:
    estimate = result.estimate
    if estimate is None:
        raise ValueError("a group without answers is not shown")
    gap = result.difference
    real = result.p is not None and result.p < sentences.REAL
    return {
        "name": sentences.group_name(result.value),
        "n": count(result.counts.n),
        "nps": points(estimate.value),
        "range": _range(estimate.low, estimate.high),
        "chart": charts.interval(estimate, reference=report.estimate.value,
                                 faint=result.too_small),
        "gap": points(gap.value) if gap else "–",
        "p": p_value(result.p),
        "real": real,
        "better": bool(gap and gap.value > 0),
        "small": result.too_small,
    }  # fmt: skip


def _drivers(found: Drivers) -> dict[str, Any]:
    drivers = found.result.drivers if found.result else []
    largest = max((driver.high or driver.weight for driver in drivers), default=1.0)
    return {
        "title": sentences.drivers(found),
        "explained": percent(100 * found.result.r_squared) if found.result else "",
        "rows": [
            {
                "name": driver.name,
                "weight": percent(driver.weight),
                "range": f"{number(driver.low, 0)}–{percent(driver.high)}"
                if driver.low is not None and driver.high is not None
                else "–",
                "r": number(driver.r),
                "n": count(driver.n),
                "chart": charts.weight(driver.weight, driver.low, driver.high, largest),
            }
            for driver in drivers
        ],
        "notes": found.notes,
    }


def _words(found: Words) -> dict[str, Any]:
    sides = []
    for kind, title, examples in (
        ("detractor", _("Detractors write of"), found.detractors),
        ("promoter", _("Promoters write of"), found.promoters),
    ):
        sides.append(
            {
                "kind": kind,
                "title": title,
                "rows": [
                    {
                        "term": example.term.term,
                        "down": _share(example.term.detractors, found.read_detractors),
                        "up": _share(example.term.promoters, found.read_promoters),
                        "comments": [_quote(comment) for comment in example.comments],
                    }
                    for example in examples
                ],
            }
        )
    return {
        "title": sentences.words(found),
        "sides": sides,
        "written": count(found.written),
        "down": count(found.read_detractors),
        "up": count(found.read_promoters),
        "notes": found.notes,
    }


def _share(n: int, of: int) -> str:
    return percent(100 * n / of, 1) if of else "–"


def _quote(comment: str) -> str:
    if len(comment) <= LONGEST_QUOTE:
        return comment
    return comment[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _range(low: float, high: float) -> str:
    return _("%(low)s to %(high)s") % {"low": points(low), "high": points(high)}
