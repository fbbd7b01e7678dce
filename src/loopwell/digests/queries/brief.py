"""What does one digest say: the home page in brief, for one person and some days?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from loopwell.access.rules import Actor
from loopwell.digests.queries.causes import CauseLine
from loopwell.digests.queries.standing import Readings, Standing
from loopwell.digests.queries.waiting import Waiting, waiting
from loopwell.responses.models import Response
from loopwell.responses.queries import Tally
from loopwell.targets.queries import Standing as Aim


@dataclass(frozen=True)
class Brief:
    """`news` and `comments` are of the days from `start` to before `end`."""

    start: date
    end: date
    waiting: Sequence[Waiting]
    standing: Standing | None
    aim: Aim | None
    news: Tally
    comments: Sequence[Response]
    causes: Sequence[CauseLine]

    @property
    def is_empty(self) -> bool:
        """Nothing waits and nobody answered: not worth a mail."""
        return not self.waiting and not self.news.n


def brief(
    actor: Actor, *, now: datetime, today: date, days: tuple[date, date], readings: Readings
) -> Brief:
    start, end = days
    return Brief(
        start=start,
        end=end,
        waiting=waiting(actor, now, today),
        standing=readings.standing(actor),
        aim=readings.aim(actor),
        news=readings.news(actor, start, end),
        comments=readings.comments(actor, start, end),
        causes=readings.causes(actor),
    )
