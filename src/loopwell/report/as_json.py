"""What does a program get to read?"""

import json
from typing import Any

from loopwell.calc.compare import GroupResult
from loopwell.calc.nps import Estimate
from loopwell.report.results import Report


def as_json(report: Report) -> str:
    """The report as one JSON object; scores in points with two decimals."""
    return json.dumps(_document(report), ensure_ascii=False, indent=2, allow_nan=False)


def _document(report: Report) -> dict[str, Any]:
    return {
        "rows": report.rows,
        "used": report.used,
        "rejected": report.rejected,
        **_estimate(report.estimate),
        "promoters": report.counts.promoters,
        "passives": report.counts.passives,
        "detractors": report.counts.detractors,
        "by": {groups.column: _groups(groups.results) for groups in report.groups},
        "trend": _months(report),
        "drivers": _drivers(report),
        "words": _words(report),
        "distribution": [{"score": mark.score, "n": mark.n} for mark in report.distribution],
        "rejects": [
            {"reason": r.slug, "n": r.count, "first_rows": r.first_rows} for r in report.reasons
        ],
        "detected": {
            "kind": report.detected.kind,
            "encoding": report.detected.encoding,
            "delimiter": report.detected.delimiter,
            "sheet": report.detected.sheet,
            "scale": report.scale.value,
            "score": report.score,
        },
        "notes": all_notes(report),
    }


def all_notes(report: Report) -> list[str]:
    """Every remark of the report, in the order of its parts."""
    parts = [*report.groups, report.months, report.drivers, report.words]
    notes = [*report.warnings, *report.detected.notes, *report.notes]
    return notes + [note for part in parts if part is not None for note in part.notes]


def _estimate(estimate: Estimate | None) -> dict[str, float | None]:
    if estimate is None:
        return {"nps": None, "low": None, "high": None}
    return {
        "nps": _rounded(estimate.value),
        "low": _rounded(estimate.low),
        "high": _rounded(estimate.high),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2) + 0.0  # no −0.0


def _groups(results: list[GroupResult]) -> list[dict[str, Any]]:
    return [
        {
            "value": result.value,
            "n": result.counts.n,
            **_estimate(result.estimate),
            "p": None if result.p is None else round(result.p, 6),
        }
        for result in results
    ]


def _months(report: Report) -> list[dict[str, Any]]:
    if report.months is None:
        return []
    return [
        {"month": period.label, "n": period.counts.n, **_estimate(period.estimate)}
        for period in report.months.trend.periods
    ]


def _drivers(report: Report) -> list[dict[str, Any]]:
    if report.drivers is None or report.drivers.result is None:
        return []
    return [
        {
            "name": driver.name,
            "weight": _rounded(driver.weight),
            "low": _rounded(driver.low),
            "high": _rounded(driver.high),
            "r": round(driver.r, 4),
            "n": driver.n,
        }
        for driver in report.drivers.result.drivers
    ]


def _words(report: Report) -> list[dict[str, Any]]:
    if report.words is None:
        return []
    return [
        {
            "term": example.term.term,
            "side": example.term.side,
            "detractors": example.term.detractors,
            "promoters": example.term.promoters,
            "z": round(example.term.z, 2),
            "examples": example.comments,
        }
        for example in [*report.words.detractors, *report.words.promoters]
    ]
