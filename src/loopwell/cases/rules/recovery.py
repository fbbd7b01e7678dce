"""Did calling win customers back? Counted from pairs of answers, without the database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from statistics import median

from loopwell.calc.matching import Effect, Stratum, matched_effect, share_trend
from loopwell.calc.nps import Estimate
from loopwell.calc.proportion import wilson

RECOVERED_FROM = 7  # a passive: no longer a detractor
ENOUGH = 30  # fewer are shown and marked as too few to judge
SOONEST = timedelta(days=7)
HOURS = (4, 24, 72)  # bounds of the groups by time to first contact


class Care(Enum):
    """What we did between an unhappy answer and the next one."""

    CALLED = "called"
    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Pair:
    """An unhappy answer of a customer and, if there is one, their next.

    `stratum` is what makes customers comparable: kind of survey, score, segment, quarter.
    `contact` is how long it took to reach them, `team` whose case it was.
    """

    stratum: tuple[str, ...]
    care: Care
    answered_at: datetime
    case_id: int | None = None
    team: str = ""
    contact: timedelta | None = None
    next_score: int | None = None
    next_at: datetime | None = None

    @property
    def recovered(self) -> bool:
        return self.next_score is not None and self.next_score >= RECOVERED_FROM


@dataclass(frozen=True)
class Row:
    """One line of a conversion table: of `asked` customers `answered` again, and how.

    `recovered` is the share of those who are no longer detractors; None when nobody answered.
    """

    key: str
    asked: int
    detractors: int
    passives: int
    promoters: int
    days: float | None = None

    @property
    def answered(self) -> int:
        return self.detractors + self.passives + self.promoters

    @property
    def won(self) -> int:
        return self.passives + self.promoters

    @property
    def recovered(self) -> Estimate | None:
        return wilson(self.won, self.answered) if self.answered else None

    @property
    def shares(self) -> tuple[Estimate, ...]:
        """Detractors, passives, promoters among those who answered again, with intervals."""
        parts = (self.detractors, self.passives, self.promoters)
        return tuple(wilson(n, self.answered) for n in parts) if self.answered else ()

    @property
    def too_few(self) -> bool:
        return self.answered < ENOUGH


@dataclass(frozen=True)
class Recovery:
    """Everything the page says, before money: `speed_p` belongs to time against recovery."""

    rows: Sequence[Row]
    effect: Effect | None
    speed: Sequence[Row]
    speed_p: float | None
    teams: Sequence[Row]
    called_cases: Sequence[int]

    def row(self, care: Care) -> Row:
        return next(row for row in self.rows if row.key == care.value)


def recovery_of(pairs: Iterable[Pair]) -> Recovery:
    everyone = list(pairs)
    called = [pair for pair in everyone if pair.care is Care.CALLED]
    speed = _speed(called)
    doses = [(float(i), row.won, row.answered) for i, row in enumerate(speed)]
    return Recovery(
        rows=[_row(c.value, [p for p in everyone if p.care is c]) for c in Care],
        effect=matched_effect(_strata(everyone)),
        speed=speed,
        speed_p=share_trend(doses),
        teams=_teams(called),
        called_cases=[pair.case_id for pair in called if pair.case_id is not None],
    )


def _strata(pairs: Iterable[Pair]) -> list[Stratum]:
    """Only who answered again, and only called customers against those nobody tried to call."""
    counts: dict[tuple[str, ...], Counter[tuple[Care, bool]]] = defaultdict(Counter)
    for pair in pairs:
        if pair.next_score is not None and pair.care in (Care.CALLED, Care.NOBODY):
            counts[pair.stratum][pair.care, pair.recovered] += 1
    return [
        Stratum(
            found[Care.CALLED, True] + found[Care.CALLED, False],
            found[Care.CALLED, True],
            found[Care.NOBODY, True] + found[Care.NOBODY, False],
            found[Care.NOBODY, True],
        )
        for found in counts.values()
    ]


def _row(key: str, pairs: Sequence[Pair]) -> Row:
    again = [pair for pair in pairs if pair.next_score is not None]
    scores = [pair.next_score or 0 for pair in again]
    waits = [(p.next_at - p.answered_at) / timedelta(days=1) for p in again if p.next_at]
    return Row(
        key=key,
        asked=len(pairs),
        detractors=sum(score < RECOVERED_FROM for score in scores),
        passives=sum(RECOVERED_FROM <= score <= 8 for score in scores),
        promoters=sum(score >= 9 for score in scores),
        days=median(waits) if waits else None,
    )


def _speed(called: Sequence[Pair]) -> list[Row]:
    groups: dict[int, list[Pair]] = {i: [] for i in range(len(HOURS) + 1)}
    for pair in called:
        if pair.contact is not None:
            hours = pair.contact / timedelta(hours=1)
            groups[sum(hours > bound for bound in HOURS)].append(pair)
    return [_row(str(key), rows) for key, rows in groups.items()]


def _teams(called: Sequence[Pair]) -> list[Row]:
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in called:
        groups[pair.team].append(pair)
    rows = [_row(team, found) for team, found in groups.items()]
    return sorted(rows, key=lambda row: (-row.answered, row.key))
