"""How are a key figure and the score beside it said and drawn?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from loopwell.calc.association import FEWEST, Association
from loopwell.calc.nps import Estimate
from loopwell.console import charts
from loopwell.console.targets.words import estimate_of
from loopwell.console.templatetags import numbers
from loopwell.insights.asking import Row
from loopwell.targets.queries.beside import Beside, MonthBeside, UnitBeside, takes_part


@dataclass(frozen=True)
class Line:
    """One unit or one month in the table."""

    label: str
    value: str
    others: int
    estimate: Estimate | None
    few: bool


def figure_words(value: float | None, measured_in: str) -> str:
    """As exact as the figure is large: 3.25 minutes, 1,250."""
    if value is None:
        return numbers.NONE
    places = 0 if float(value).is_integer() or abs(value) >= 1000 else 1 if abs(value) >= 10 else 2
    told = number_format(round(value, places), places, use_l10n=True, force_grouping=True)
    told = told.replace("-", numbers.MINUS)
    return f"{told}{numbers.NO_BREAK}{measured_in}" if measured_in else told


def unit_lines(figure: Any, found: Beside) -> list[Line]:
    return [
        _line(str(each.unit), figure, each.value, each.months, each.row) for each in found.units
    ]


def month_lines(figure: Any, found: Beside) -> list[Line]:
    """The newest first."""
    return [
        _line(month_words(each.month), figure, each.value, each.units, each.row)
        for each in reversed(found.months)
    ]


def month_words(month: date) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")


def _line(label: str, figure: Any, value: float, others: int, row: Row | None) -> Line:
    told = figure_words(value, figure.measured_in)
    return Line(label, told, others, estimate_of(row), not takes_part(row))


def said(figure: Any, found: Association | None, pairs: int, what: str) -> str:
    """What can be said of an association; `what` is "units" or "months"."""
    if found is None:
        told = {
            "units": _(
                "Too few units to judge: %(count)s of at least %(least)s with enough answers."
            ),
            "months": _(
                "Too few months to judge: %(count)s of at least %(least)s with enough answers."
            ),
        }
        return told[what] % {"count": pairs, "least": FEWEST}
    if not found.is_real:
        told = {
            "units": _("Over units it does not go together with the score beyond chance."),
            "months": _("Over months it does not go together with the score beyond chance."),
        }
        return told[what]
    if what == "units":
        return (
            _("Units where “%(figure)s” is higher also score higher.")
            if found.rho > 0
            else _("Units where “%(figure)s” is higher score lower.")
        ) % {"figure": figure.name}
    return (
        _("In months in which “%(figure)s” is higher the score is higher too.")
        if found.rho > 0
        else _("In months in which “%(figure)s” is higher the score is lower.")
    ) % {"figure": figure.name}


def numbers_of(found: Association | None) -> str:
    """The correlation with its interval: "ρ −0.52 (−0.78 … −0.12), 24 pairs"."""
    if found is None:
        return ""
    return _("rank correlation ρ %(rho)s (%(low)s … %(high)s), n = %(n)s, p %(p)s") % {
        "rho": _two(found.rho),
        "low": _two(found.low),
        "high": _two(found.high),
        "n": found.n,
        "p": _p(found.p),
    }


def _two(value: float) -> str:
    return number_format(round(value, 2), 2).replace("-", numbers.MINUS)


def _p(p: float) -> str:
    return f"< {number_format(0.001, 3)}" if p < 0.001 else f"= {number_format(round(p, 3), 3)}"


def pairs_of(lines: Sequence[UnitBeside] | Sequence[MonthBeside]) -> int:
    return sum(takes_part(line.row) for line in lines)


def dots(figure: Any, found: Beside) -> dict[str, Any]:
    """A dot for each unit: the figure to the right, the score up."""
    points = [
        charts.Dot(
            each.value,
            each.row.value,
            str(each.unit),
            _dot_text(figure, each),
            named=len(found.units) <= 12,
            few=not takes_part(each.row),
        )
        for each in found.units
        if each.row is not None and each.row.value is not None
    ]
    label = f"{figure.name}, {figure.measured_in}" if figure.measured_in else figure.name
    text = said(figure, found.over_units, pairs_of(found.units), "units")
    return charts.dots(points, text=text, x_label=label, y_label=_("NPS"))


def _dot_text(figure: Any, each: UnitBeside) -> str:
    told = f"{each.unit}\n{figure.name}: {figure_words(each.value, figure.measured_in)}"
    if each.row is None or (estimate := estimate_of(each.row)) is None:
        return told
    told += f"\n{numbers.signed(estimate.value)} {numbers.margin(estimate.low, estimate.high)}"
    told += f" · {numbers.answers(estimate.n)}"
    return told if takes_part(each.row) else told + "\n" + _("too few to judge")
