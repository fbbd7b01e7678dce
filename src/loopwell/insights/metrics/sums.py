"""Which sums does a metric need of the facts? As Ibis aggregations, counts and float sums only."""

from collections.abc import Sequence
from typing import Any

from loopwell.insights.metrics.metric import Sums
from loopwell.insights.metrics.values import EDGES, bucket


def counted(t: Any) -> dict[str, Any]:
    return {"n": t.count()}


def categories(t: Any) -> dict[str, Any]:
    return {"n": t.count(), "promoters": t.promoter.sum(), "detractors": t.detractor.sum()}


def thirds(t: Any) -> dict[str, Any]:
    return {**categories(t), "passives": t.passive.sum()}


def once(t: Any, keys: Sequence[Any]) -> Any:
    """One line for each answer of a group, however many of its themes are in the group."""
    return t.group_by(["answer_id", *keys]).aggregate(
        promoter=t.promoter.max(), passive=t.passive.max(), detractor=t.detractor.max()
    )


def weighed_once(t: Any, keys: Sequence[Any]) -> Any:
    """As `once`, with what the answer weighs."""
    return t.group_by(["answer_id", *keys]).aggregate(
        promoter=t.promoter.max(), detractor=t.detractor.max(), weight=t.answer_weight.max()
    )


def accounts_at_stake(t: Any, keys: Sequence[Any]) -> Any:
    """One line for each account of a group with a detractor in it, with its revenue once."""
    return (
        t.filter(t.detractor == 1.0, t.revenue > 0)
        .group_by(["account_id", *keys])
        .aggregate(revenue=t.revenue.max())
    )


def at_stake(t: Any) -> dict[str, Any]:
    return {"n": t.count(), "revenue": t.revenue.sum()}


def moments(t: Any) -> dict[str, Any]:
    return {"n": t.count(), "sum": t.score.sum(), "squares": (t.score * t.score).sum()}


def ratings(t: Any) -> dict[str, Any]:
    """Points as shares of their scale, in percent."""
    points = t.share * 100.0
    return {
        "n": t.count(where=points.notnull()),
        "sum": points.sum(),
        "squares": (points * points).sum(),
    }


def weighted(column: str) -> Sums:
    """By a column of weights; answers without one, or with none above zero, do not count."""

    def sums(t: Any) -> dict[str, Any]:
        known = t[column] > 0
        w, ww = t[column], t[column] * t[column]
        return {
            "n": t.count(where=known),
            "w": w.sum(where=known),
            "ww": ww.sum(where=known),
            "wp": (w * t.promoter).sum(where=known),
            "wd": (w * t.detractor).sum(where=known),
            "wwp": (ww * t.promoter).sum(where=known),
            "wwd": (ww * t.detractor).sum(where=known),
        }

    return sums


def by_account(t: Any, keys: Sequence[Any]) -> Any:
    """One line for each account of a group, for `split`: how many answered, and their weighted
    sums, so that the many answers need no second look."""
    known = t.revenue > 0
    w, ww = t.revenue, t.revenue * t.revenue
    return t.group_by(["account_id", *keys]).aggregate(
        answers=t.count(),
        known=t.count(where=known),
        w=w.sum(where=known),
        ww=ww.sum(where=known),
        wp=(w * t.promoter).sum(where=known),
        wd=(w * t.detractor).sum(where=known),
        wwp=(ww * t.promoter).sum(where=known),
        wwd=(ww * t.detractor).sum(where=known),
    )


def split(t: Any) -> dict[str, Any]:
    """An account's revenue is split among its answers in the same group, so that it counts once
    however many of its people answered."""
    once, twice = t.answers, t.answers * t.answers
    return {
        "n": t.known.sum(),
        "w": (t.w / once).sum(),
        "ww": (t.ww / twice).sum(),
        "wp": (t.wp / once).sum(),
        "wd": (t.wd / once).sum(),
        "wwp": (t.wwp / twice).sum(),
        "wwd": (t.wwd / twice).sum(),
    }


def arrived(t: Any) -> dict[str, Any]:
    """Of the messages that arrived: how many were answered, how many people wanted no more."""
    there = (t.sent == 1.0) & (t.bounced == 0.0)
    return {
        "n": t.count(where=there),
        "answered": t.count(where=there & (t.answered == 1.0)),
        "declined": t.count(where=there & (t.declined == 1.0)),
    }


def sent(t: Any) -> dict[str, Any]:
    gone = t.sent == 1.0
    return {"n": t.count(where=gone), "bounced": t.count(where=gone & (t.bounced == 1.0))}


def customers(t: Any) -> dict[str, Any]:
    return {"n": t.customer_id.nunique()}


def known(column: str, part: str, least: float = 1.0) -> Sums:
    """How many facts know this column, and in how many it is at least `least`."""

    def sums(t: Any) -> dict[str, Any]:
        return {
            "n": t.count(where=t[column].notnull()),
            part: t.count(where=t[column] >= least),
        }

    return sums


def recovered(t: Any) -> dict[str, Any]:
    """Of those who answered again after their case."""
    return {
        "n": t.count(where=t.again_score.notnull()),
        "recovered": t.count(where=t.recovered == 1.0),
    }


def hours(column: str) -> Sums:
    """Times counted in the buckets of EDGES."""

    def sums(t: Any) -> dict[str, Any]:
        time = t[column]
        found = {"n": t.count(where=time.notnull())}
        for place in range(len(EDGES) + 1):
            found[bucket(place)] = t.count(where=_within(time, place))
        return found

    return sums


def _within(time: Any, place: int) -> Any:
    above = time >= 0.0 if place == 0 else time > EDGES[place - 1]
    return above if place == len(EDGES) else above & (time <= EDGES[place])
