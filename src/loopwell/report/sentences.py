"""Which one sentence answers each question of the report?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.calc.trend import Kind
from loopwell.kit.tables import Detected
from loopwell.report.results import Drivers, Groups, Months, Report, Words
from loopwell.report.wording import count, month, percent, points

REAL = 0.05  # corrected p-value below which a difference is called real
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}


def headline(report: Report) -> str:
    return _("NPS %(nps)s, between %(low)s and %(high)s") % {
        "nps": points(report.estimate.value),
        "low": points(report.estimate.low),
        "high": points(report.estimate.high),
    }


def answers(n: int) -> str:
    return ngettext("%(n)s answer", "%(n)s answers", n) % {"n": count(n)}


def categories(report: Report) -> str:
    n = report.counts.n
    return _("%(up)s are promoters, %(down)s detractors") % {
        "up": percent(100 * report.counts.promoters / n),
        "down": percent(100 * report.counts.detractors / n),
    }


def read(report: Report) -> str:
    return ngettext(
        "%(rows)s row read, %(used)s used, %(rejected)s not used",
        "%(rows)s rows read, %(used)s used, %(rejected)s not used",
        report.rows,
    ) % {
        "rows": count(report.rows),
        "used": count(report.used),
        "rejected": count(report.rejected),
    }


def detected(found: Detected) -> str:
    """How the file was read, in a few words."""
    separators = {
        "comma": _("separated by commas"),
        "semicolon": _("separated by semicolons"),
        "tab": _("separated by tabs"),
        "pipe": _("separated by |"),
    }
    if found.kind != "csv":
        sheet = _("sheet “%s”") % found.sheet if found.sheet else ""
        return ", ".join(
            part for part in ({"xlsx": "XLSX", "parquet": "Parquet"}[found.kind], sheet) if part
        )
    separator = separators.get(
        NAMES.get(found.delimiter, ""), _("separated by “%s”") % found.delimiter
    )
    return f"CSV, {found.encoding}, {separator}"


def group_name(value: str) -> str:
    return value or _("(no value)")


def groups(found: Groups, minimum: int) -> str:
    """The largest real difference, or that there is none."""
    real = [r for r in found.results if r.p is not None and r.p < REAL and r.difference]
    facts = {"column": found.column}
    tested = sum(r.p is not None for r in found.results)
    if not tested:
        return _("%(column)s: no two groups are large enough to compare") % facts
    if not real:
        return _("%(column)s: no real difference between the groups") % facts
    named = [r for r in real if r.value] or real  # "no value" is rarely the news
    most = max(named, key=lambda r: abs(r.difference.value) if r.difference else 0)
    gap = most.difference.value if most.difference else 0.0
    facts |= {"group": group_name(most.value), "gap": points(abs(gap), 0).lstrip("+")}
    if gap < 0:
        return _("%(column)s: “%(group)s” is %(gap)s points below the rest") % facts
    return _("%(column)s: “%(group)s” is %(gap)s points above the rest") % facts


def trend(found: Months) -> str:
    periods = [period for period in found.trend.periods if period.estimate]
    if len(periods) < 2:
        return _("Too few answers with a certain date to speak of a trend")
    last = periods[-1]
    if found.trend.kind is Kind.TOO_FEW:
        return _("%(month)s has too few answers to speak of a change") % {
            "month": month(last.label)
        }
    gap = found.trend.difference.value if found.trend.difference else 0.0
    facts = {"month": month(last.label), "gap": points(abs(gap), 0).lstrip("+")}
    if found.trend.kind is Kind.UP:
        return _("%(month)s is %(gap)s points above the months before, a real change") % facts
    if found.trend.kind is Kind.DOWN:
        return _("%(month)s is %(gap)s points below the months before, a real change") % facts
    return _("%(month)s: no real change against the months before") % facts


def drivers(found: Drivers) -> str:
    if found.result is None:
        return _("Drivers cannot be told apart")
    first, *others = found.result.drivers
    if others and first.low is not None and first.low <= (others[0].high or 0.0):
        return _("“%(first)s” and “%(second)s” go together with the score most, about equally") % {
            "first": first.name,
            "second": others[0].name,
        }
    return _(
        "“%(name)s” goes together with the score most: %(weight)s of what the drivers explain"
    ) % {
        "name": first.name,
        "weight": percent(first.weight),
    }


def words(found: Words) -> str:
    if found.detractors and found.promoters:
        return _("Detractors write of “%(down)s”, promoters of “%(up)s”") % {
            "down": found.detractors[0].term.term,
            "up": found.promoters[0].term.term,
        }
    return _("What detractors and promoters write of")
