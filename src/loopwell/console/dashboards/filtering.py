"""What does a card ask once the filters of the whole page are put on it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import QueryDict

from loopwell.access.rules import Actor
from loopwell.insights.phrasing import PERIODS, Asked, from_query
from loopwell.insights.phrasing.periods import stretch

OWN = ("text", "panel", "second")
"""Words of a card that are no question: a text, a panel of the programme's health, or the second
number that Explore draws."""
FILTERS = ("period", "unit", "kind", "touchpoint")


@dataclass(frozen=True)
class Wanted:
    """A card as it is kept: its title ("" for the question's own), words and width in thirds."""

    title: str
    address: str
    width: int

    def own(self, word: str) -> str:
        return str(QueryDict(self.address).get(word, ""))


def page_filters(query: QueryDict) -> dict[str, str]:
    """The filters of the page's address, without those that say nothing."""
    said = {name: str(query.get(name, "")).strip() for name in FILTERS}
    if said["period"] not in PERIODS:
        said["period"] = ""
    return {name: text for name, text in said.items() if text}


def asked_by(wanted: Wanted, filters: Mapping[str, str], actor: Actor, now: datetime) -> Asked:
    """The card's question with the page's filters in place of its own; a filter that the metric
    does not know is among its `problems`."""
    own = from_query(wanted.address, actor, now, also=OWN)
    put = {word: text for word, text in filters.items() if word != "period"}
    period = filters.get("period", "")
    if period and not (own.grain and _shorter(period, own, now)):
        put["period"] = period
    if not put:
        return own
    words = QueryDict(mutable=True)
    kept = own.words()
    if "period" in put:
        kept = {name: text for name, text in kept.items() if name not in ("from", "to")}
    words.update({**kept, **put})
    return from_query(words, actor, now, also=OWN)


def _shorter(period: str, own: Asked, now: datetime) -> bool:
    """A trend is never cut to a stretch in which there is nothing to be seen of it."""
    return _length(stretch(period, now)) < _length(own.days(now))


def _length(days: tuple[date | None, date | None]) -> timedelta:
    start, end = days
    return timedelta.max if start is None or end is None else end - start
