"""What does an address ask? Units, people and accounts by reference, periods as words."""

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from loopwell.insights.asking import Against, Comparison, Filters, Grain, Question
from loopwell.insights.phrasing.periods import DEFAULT_PERIOD, PERIODS, Stretch, stretch

__all__ = ["PERIODS", "PICTURES", "TEXTS", "WORDS", "Asked", "Narrowed", "Problem", "Thing"]

PICTURES = ("number", "trend", "bars", "heat", "scatter", "map", "distribution", "table")
"""What an address may ask to be drawn; "" is what fits."""
TEXTS = {
    "kind": "kind", "survey": "survey", "touchpoint": "touchpoint", "language": "language",
    "category": "category", "source": "source", "channel": "channel", "product": "product",
    "decision_role": "role", "theme": "theme", "aspect": "aspect", "programme": "programme",
}  # fmt: skip
"""The address' word of each field that is a text."""
WORDS = ("unit", *TEXTS.values(), "employee", "account", "score", "weekday", "hour")


@dataclass(frozen=True)
class Problem:
    """A word of the address that could not be used; it was left out."""

    word: str
    said: str
    reason: str


@dataclass(frozen=True)
class Thing:
    """A unit, a person or an account; `path` is a unit's."""

    pk: int
    ref: str
    name: str
    path: str = ""


@dataclass(frozen=True)
class Narrowed:
    """Filters as an address says them."""

    unit: Thing | None = None
    kind: str = ""
    survey: str = ""
    touchpoint: str = ""
    language: str = ""
    category: str = ""
    source: str = ""
    channel: str = ""
    product: str = ""
    decision_role: str = ""
    theme: str = ""
    aspect: str = ""
    programme: str = ""
    employee: Thing | None = None
    account: Thing | None = None
    scores: tuple[int, int] | None = None
    weekday: int | None = None
    hour: int | None = None
    properties: tuple[tuple[str, str], ...] = ()

    def filters(self, start: date | None = None, end: date | None = None) -> Filters:
        texts = {name: getattr(self, name) for name in TEXTS}
        return Filters(
            start=start,
            end=end,
            unit_path=self.unit.path if self.unit else "",
            employee=self.employee.pk if self.employee else None,
            account=self.account.pk if self.account else None,
            scores=self.scores,
            weekday=self.weekday,
            hour=self.hour,
            properties=self.properties,
            **texts,
        )

    def words(self, prefix: str = "") -> dict[str, str]:
        """As words of an address, without those that say nothing."""
        found = {word: getattr(self, name) for name, word in TEXTS.items()}
        for name in ("unit", "employee", "account"):
            thing = getattr(self, name)
            found[name] = thing.ref if thing else ""
        found["score"] = _range(self.scores)
        for name in ("weekday", "hour"):
            number = getattr(self, name)
            found[name] = "" if number is None else str(number)
        found |= {f"p_{name}": value for name, value in self.properties}
        return {f"{prefix}{word}": value for word, value in found.items() if value}


@dataclass(frozen=True)
class Asked:
    """A question as people ask it: kept as it is, it means the same period seen from any day.

    `period` is one of PERIODS, or "" where `start` and `end` (not included) say the days. `other`
    belongs to a comparison with a segment, `competitor` to one with a competitor. `beside` wants
    the response rate beside each value. `problems` tell what of the address was left out.
    """

    metric: str = "nps"
    by: tuple[str, ...] = ()
    grain: Grain = ""
    period: str = DEFAULT_PERIOD
    start: date | None = None
    end: date | None = None
    narrowed: Narrowed = Narrowed()
    against: Against | None = None
    other: Narrowed = Narrowed()
    competitor: str = ""
    picture: str = ""
    beside: bool = False
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def cut(self) -> str:
        return self.by[0] if self.by else ""

    @property
    def cut2(self) -> str:
        return self.by[1] if len(self.by) > 1 else ""

    def days(self, now: datetime) -> Stretch:
        """First day and the day after the last, None where it has no end."""
        return stretch(self.period, now) if self.period else (self.start, self.end)

    def filters(self, now: datetime) -> Filters:
        return self.narrowed.filters(*self.days(now))

    def question(self, now: datetime) -> Question:
        return Question(self.metric, self.by, self.grain, self.filters(now))

    def comparison(self, now: datetime) -> Comparison | None:
        if self.against is None:
            return None
        return Comparison(self.against, self.other.filters(*self.days(now)), self.competitor)

    def changed(self, **changes: Any) -> "Asked":
        """With other values; fields of `narrowed` may be named directly. Days given replace the
        period, a period given replaces the days."""
        own = {each.name for each in fields(self)}
        inner = {name: value for name, value in changes.items() if name not in own}
        outer = {name: value for name, value in changes.items() if name in own}
        if "start" in outer or "end" in outer:
            outer.setdefault("period", "")
        elif "period" in outer:
            outer |= {"start": None, "end": None}
        if inner:
            outer["narrowed"] = replace(outer.get("narrowed", self.narrowed), **inner)
        return replace(self, **outer)

    def to_query(self, **changes: Any) -> str:
        """The words of the address, with `changes` as in `changed`; defaults are left out."""
        return urlencode((self.changed(**changes) if changes else self).words())

    def words(self) -> dict[str, str]:
        found = {
            "metric": self.metric if self.metric != "nps" else "",
            "by": self.cut,
            "by2": self.cut2,
            "grain": self.grain,
            **time_words(self.period, self.start, self.end),
            **self.narrowed.words(),
            "vs": self.against or "",
            **(self.other.words("o_") if self.against is Against.SEGMENT else {}),
            "competitor": self.competitor,
            "picture": self.picture,
            "beside": "1" if self.beside else "",
        }
        return {word: str(value) for word, value in found.items() if value}


def time_words(period: str, start: date | None, end: date | None) -> dict[str, str]:
    if period:
        return {"period": period}
    last = end - timedelta(days=1) if end else None
    if start is None and last is None:
        return {"period": "all"}
    return {"from": start.isoformat() if start else "", "to": last.isoformat() if last else ""}


def _range(scores: tuple[int, int] | None) -> str:
    if scores is None:
        return ""
    return str(scores[0]) if scores[0] == scores[1] else f"{scores[0]}-{scores[1]}"
