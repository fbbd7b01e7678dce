"""How is our place among brands said and drawn?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.benchmarks.queries import Aspects, Standing, Table
from loopwell.calc.drivers import Driver
from loopwell.calc.nps import Counts, Difference, Estimate, nps
from loopwell.calc.paired import paired_difference
from loopwell.console import charts
from loopwell.console.templatetags import numbers


@dataclass(frozen=True)
class Finding:
    """The sentence at the top; `tone` is good, bad or empty."""

    words: str
    tone: str = ""


def finding(table: Table, ours: Any = None) -> Finding:
    """Our place and the nearest brand that is really better or worse; nothing that is noise.
    `ours` is our brand, which this panel may not know."""
    us = table.us
    if us is None and ours is not None:
        words = _(
            "Nobody rated %(us)s in this panel. If it has another spelling here, give that brand "
            "the name “%(us)s” on “Panels and brands”."
        )
        return Finding(words % {"us": ours})
    if us is None:
        return Finding(_("Say which of these brands is us, and this page tells where we stand."))
    facts = {"us": us.brand, "place": place(us), "count": len(table.rows)}
    told = _("%(us)s stands %(place)s of %(count)s brands.") % facts
    if us.few:
        few = _("Too few people rated us to judge.")
        return Finding(f"{told} {few}")
    real = [row for row in table.rows if row.against_us is not None and row.is_real]
    ahead = [row for row in real if row.against_us and row.against_us.value < 0]
    behind = [row for row in real if row.against_us and row.against_us.value > 0]
    if not real:
        none = _("No difference to another brand is real yet.")
        return Finding(f"{told} {none}")
    if ahead:
        nearest = min(ahead, key=lambda row: abs(_gap(row)))
        words = _("%(brand)s is really ahead, by %(gap)s points.")
        gap = numbers.grouped(round(-_gap(nearest)))
        return Finding(f"{told} {words % {'brand': nearest.brand, 'gap': gap}}", "bad")
    nearest = min(behind, key=_gap)
    words = _("Nobody is really ahead; %(brand)s is %(gap)s points behind.")
    gap = numbers.grouped(round(_gap(nearest)))
    return Finding(f"{told} {words % {'brand': nearest.brand, 'gap': gap}}", "good")


def _gap(row: Standing) -> float:
    return row.against_us.value if row.against_us else 0.0


def place(row: Standing) -> str:
    """ "2" or, where brands cannot be told apart, "2 to 4"."""
    if row.first == row.last:
        return _("%(place)s") % {"place": row.first}
    return _("%(first)s to %(last)s") % {"first": row.first, "last": row.last}


def ranked(table: Table) -> dict[str, Any]:
    """Above or below us only where it is real."""
    points = [
        charts.Point(str(row.brand), row.estimate, meaning=_meaning(row)) for row in table.rows
    ]
    return charts.ranked(points, text=finding(table).words)


def _meaning(row: Standing) -> str:
    if row.brand.is_us:
        return "target"
    if not row.is_real or row.against_us is None:
        return ""
    return "above" if row.against_us.value < 0 else "below"


def brands_over(tables: Sequence[Table]) -> list[Any]:
    """Every brand of any panel, ourselves first."""
    brands = {row.brand.pk: row.brand for table in tables for row in table.rows}
    return sorted(brands.values(), key=lambda brand: (not brand.is_us, brand.name))


def over_time(tables: Sequence[Table]) -> dict[str, Any]:
    """A line over the panels for each brand that has two points to join, ours strongly."""
    labels = _panel_labels(tables)
    series = []
    for brand in brands_over(tables):
        found = of_brand(brand, tables)
        if sum(row is not None for row in found) < 2:
            continue
        points = [
            charts.Point(f"{brand}, {label}", row.estimate if row else None)
            for label, row in zip(labels, found, strict=True)
        ]
        series.append(charts.Line(str(brand), points, "us" if brand.is_us else ""))
    return charts.lines(labels, series, text=_("Every brand over the panels."))


def of_brand(brand: Any, tables: Sequence[Table]) -> list[Standing | None]:
    """How it stands in each panel; None where nobody rated it."""
    return [next((row for row in t.rows if row.brand.pk == brand.pk), None) for t in tables]


def _panel_labels(tables: Sequence[Table]) -> list[str]:
    """Months; of two panels in one month, their last days."""
    months = [date_format(table.panel.fielded_to, "YEAR_MONTH_FORMAT") for table in tables]
    return [
        month
        if months.count(month) == 1
        else date_format(table.panel.fielded_to, "SHORT_DATE_FORMAT")
        for month, table in zip(months, tables, strict=True)
    ]


@dataclass(frozen=True)
class Paired:
    """Our score and a competitor's among the same people; `difference` is ours less theirs."""

    brand: Any
    people: int
    ours: float | None
    theirs: float | None
    difference: Difference


def pair(brand: Any, table: Sequence[Sequence[int]]) -> Paired:
    """Rows are our categories, columns theirs: detractor, passive, promoter."""
    ours = Counts(*(sum(row) for row in table))
    theirs = Counts(*(sum(row[place] for row in table) for place in range(3)))
    # paired_difference says how far the second is above the first
    return Paired(
        brand, ours.n, nps(ours), nps(theirs), paired_difference(list(zip(*table, strict=True)))
    )


@dataclass(frozen=True)
class AspectCell:
    """One brand's aspect: how much it goes together with the score, mean points and their count."""

    driver: Driver | None
    mean: tuple[float, int] | None


@dataclass(frozen=True)
class AspectRow:
    name: str
    cells: Sequence[AspectCell]


def aspect_rows(rated: Sequence[Aspects]) -> list[AspectRow]:
    """Each aspect with its brands in the order given; the one that matters most on top."""
    names = {name for each in rated for name in each.means}
    found = [
        {driver.name: driver for driver in each.drivers.drivers} if each.drivers else {}
        for each in rated
    ]

    def weight(name: str) -> float:
        return max((drivers[name].weight for drivers in found if name in drivers), default=0.0)

    return [
        AspectRow(
            name,
            [
                AspectCell(drivers.get(name), each.means.get(name))
                for each, drivers in zip(rated, found, strict=True)
            ],
        )
        for name in sorted(names, key=lambda name: (-weight(name), name))
    ]


def by_label(picture: dict[str, Any]) -> list[tuple[str, list[Estimate | None]]]:
    """The points of a picture of lines as rows of a table."""
    series = [[_told(point) for point in line["points"]] for line in picture["series"]]
    return [
        (label, [points[place] for points in series])
        for place, label in enumerate(picture["labels"])
    ]


def _told(point: dict[str, Any]) -> Estimate | None:
    if point["value"] is None:
        return None
    return Estimate(point["value"], point["low"], point["high"], point["n"])
