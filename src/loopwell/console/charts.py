"""What does a chart get to draw? Labels, values, intervals and what the tooltip says.

Each function makes the data of one kind of picture in static/console/pictures.js; put it into
the page with `json_script` and name it in `data-source`. Text is written here, in the person's
language, so that a tooltip reads like the number on the page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from loopwell.calc import scales
from loopwell.calc.nps import Estimate
from loopwell.console.templatetags import numbers
from loopwell.console.templatetags.loopwell import FEW


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
