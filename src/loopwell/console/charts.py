"""What does a chart get to draw? Labels, values, intervals and what the tooltip says.

Each function makes the data of one kind of picture in static/console/pictures.js and
pictures-more.js; put it into the page with `json_script` and name it in `data-source`. Text is
written here, in the person's language, so that a tooltip reads like the number on the page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from loopwell.calc import scales
from loopwell.calc.nps import Estimate
from loopwell.console.templatetags import numbers
from loopwell.console.templatetags.loopwell import FEW
from loopwell.insights.judging import JudgedTrend


@dataclass(frozen=True)
class Point:
    """One value with its name; `estimate` is None where nobody answered."""

    label: str
    estimate: Estimate | None
    url: str = ""
    meaning: str = ""


def _drawn(point: Point, minimum: int) -> dict[str, Any]:
    found = point.estimate
    if found is None or not found.n:
        return {"label": point.label, "value": None, "text": point.label}
    words = f"{point.label}\n{numbers.signed(found.value)} "
    words += f"{numbers.margin(found.low, found.high)} · {numbers.answers(found.n)}"
    few = found.n < minimum
    if few:
        words += "\n" + _("too few to judge")
    return {
        "label": point.label,
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "few": few,
        "url": point.url,
        "meaning": point.meaning,
        "text": words,
    }


def trend(
    points: Iterable[Point], *, text: str, target: float | None = None, minimum: int = FEW
) -> dict[str, Any]:
    """A line over time with its interval as a band; `text` says in words what it shows."""
    label = _("target %(score)s") % {"score": numbers.signed(target)}
    return {
        "points": [_drawn(point, minimum) for point in points],
        "text": text,
        **({} if target is None else {"target": target, "target_label": label}),
    }


def judged(
    drawn: dict[str, Any], found: JudgedTrend, said: Callable[[float], str] = numbers.signed
) -> dict[str, Any]:
    """A drawn trend with the limits of chance dashed and real shifts marked."""
    if found.control is not None:
        drawn["limits"] = [[limit.low, limit.high] for limit in found.control.limits]
        drawn["limits_label"] = _("limits of chance")
    drawn["marks"] = [
        {
            "index": jump.index,
            "label": f"{'▲' if jump.difference.value > 0 else '▼'} {said(jump.difference.value)}",
        }
        for jump in found.shifts
    ]
    return drawn


def ranked(
    points: Iterable[Point], *, text: str, average: float | None = None, minimum: int = FEW
) -> dict[str, Any]:
    """Dots with whiskers beside each other; `meaning` "above" or "below" where it is real."""
    label = _("company %(score)s") % {"score": numbers.signed(average)}
    return {
        "rows": [_drawn(point, minimum) for point in points if point.estimate],
        "text": text,
        **({} if average is None else {"average": average, "average_label": label}),
    }


def distribution(counts: Sequence[int], *, text: str, url: str = "") -> dict[str, Any]:
    """How many gave 0, 1 … 10; `url` is followed with the score put in place of {score}."""
    total = sum(counts)
    return {
        "bars": [
            {
                "label": str(score),
                "count": count,
                "meaning": scales.category(score).value,
                "url": url.replace("{score}", str(score)),
                "text": f"{score}\n{numbers.answers(count)} · "
                + numbers.percent(count / total if total else None),
            }
            for score, count in enumerate(counts)
        ],
        "unit": "count",
        "text": text,
    }


def bars(rows: Iterable[Mapping[str, Any]], *, text: str, unit: str = "count") -> dict[str, Any]:
    """Horizontal bars: rows with label, value and, where wanted, text, url, meaning."""
    return {"rows": [dict(row) for row in rows], "unit": unit, "text": text}


@dataclass(frozen=True)
class Line:
    """One of several lines; `meaning` "us" is drawn strongly, all others lightly."""

    name: str
    points: Sequence[Point]
    meaning: str = ""


def lines(
    labels: Sequence[str], series: Iterable[Line], *, text: str, unit: str = "score"
) -> dict[str, Any]:
    """Several lines over the same labels; a point without an estimate is a gap."""
    return {
        "labels": list(labels),
        "series": [
            {
                "name": line.name,
                "meaning": line.meaning,
                "points": [_drawn(point, FEW) for point in line.points],
            }
            for line in series
        ],
        "unit": unit,
        "text": text,
    }


@dataclass(frozen=True)
class Cell:
    """One field of a heat table: column and row by place; `few` is drawn pale, `real` bold."""

    x: int
    y: int
    value: float | None
    text: str
    label: str = ""
    url: str = ""
    few: bool = False
    real: bool = False


def heat(
    columns: Sequence[str],
    rows: Sequence[str],
    cells: Iterable[Cell],
    *,
    text: str,
    unit: str = "score",
    middle: float | None = None,
) -> dict[str, Any]:
    """Rows by columns; with a `middle` the colour says on which side of it and how far."""
    found: dict[str, Any] = {
        "columns": list(columns),
        "lines": list(rows),
        "cells": [asdict(cell) for cell in cells],
        "unit": unit,
        "text": text,
    }
    return found if middle is None else {**found, "middle": middle}


@dataclass(frozen=True)
class Dot:
    """One dot, `size` pixels wide; `named` ones carry their label, `few` ones are hollow."""

    x: float
    y: float
    label: str
    text: str
    url: str = ""
    meaning: str = ""
    named: bool = False
    few: bool = False
    size: int = 11


@dataclass(frozen=True)
class Limit:
    """A curve through (x, y) points; the outer ones are dashed."""

    points: Sequence[tuple[float, float]]
    dash: bool = False


def dots(
    points: Iterable[Dot],
    *,
    text: str,
    x_label: str,
    y_label: str,
    limits: Iterable[Limit] = (),
    across: tuple[float, str] | None = None,
    down: tuple[float, str] | None = None,
    unit: str = "score",
    x_unit: str = "count",
) -> dict[str, Any]:
    """Dots of two numbers; `across` and `down` are lines through the picture, with words."""
    return {
        "points": [asdict(point) for point in points],
        "limits": [asdict(limit) for limit in limits],
        "x_label": x_label,
        "y_label": y_label,
        "unit": unit,
        "x_unit": x_unit,
        "text": text,
        **({} if across is None else {"across": across[0], "across_label": across[1]}),
        **({} if down is None else {"down": down[0], "down_label": down[1]}),
    }


@dataclass(frozen=True)
class Part:
    """One step of a waterfall; a `total` begins at zero."""

    label: str
    value: float
    text: str
    url: str = ""
    total: bool = False
    few: bool = False
    value_text: str = ""


def waterfall(parts: Iterable[Part], *, text: str, unit: str = "score") -> dict[str, Any]:
    """From one total to another by what each part added or took away."""
    return {"rows": [asdict(part) for part in parts], "unit": unit, "text": text}


def shift(
    labels: Sequence[str], series: Iterable[tuple[str, Sequence[int]]], *, text: str
) -> dict[str, Any]:
    """Two distributions over the same marks, each as shares of its own total."""
    return {
        "labels": list(labels),
        "series": [
            {
                "name": name,
                "bars": [
                    {
                        "share": count / total if (total := sum(counts)) else 0,
                        "text": f"{name}\n{label}: {numbers.answers(count)} · "
                        + numbers.percent(count / total if total else None),
                    }
                    for label, count in zip(labels, counts, strict=True)
                ],
            }
            for name, counts in series
        ],
        "text": text,
    }
