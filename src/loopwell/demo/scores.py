"""Which score does each answer carry, and what is it about?"""

from dataclasses import dataclass

import numpy as np

from loopwell.demo.causes import PRAISE_SLUGS, PROBLEM_SLUGS
from loopwell.demo.clock import DAY, Bools, Clock, Floats, Ints
from loopwell.demo.customers import Base
from loopwell.demo.invitations import Asked
from loopwell.demo.records import Unit
from loopwell.demo.touchpoints import SLUGS
from loopwell.demo.troubles import PRAISE_TABLE, problem_chances
from loopwell.demo.units import QUALITY

NOTHING = -1
IMPACT = {
    "long-waiting": 3.2, "late-delivery": 3.8, "billing-error": 4.2, "price": 2.6,
    "rude-staff": 5.0, "network-coverage": 3.2, "app-problem": 3.0, "product-fault": 3.8,
    "not-solved-first-time": 4.2, "wrong-information": 3.6, "returns": 4.0, "stock": 2.4,
}  # fmt: skip
BASE_SCORE = 9.25
TOUCHPOINT_SHIFT = {"call": -0.1, "installation": 0.15, "relationship": -0.35, "accounts": -0.1}
LANGUAGE_SHIFT = np.array([0.1, -0.1, 0.05, -0.15])
WIDENED_DAYS = 90  # ago the rules were widened to all unhappy customers
RECOVERY = 1.6  # score points a call that reached the customer wins back
REFUSED, OPEN, AGREED = 0, 1, 2


@dataclass(frozen=True)
class Verdicts:
    """Answers as columns, in order of answering: `invitation` is its index, `cause` and `second`
    index CAUSES (NOTHING where none), `contact` is REFUSED, OPEN or AGREED; `reached` says
    whether a call about this answer reaches the customer, `called_for` whether it opens a case."""

    invitation: Ints
    customer: Ints
    at: Ints
    score: Ints
    cause: Ints
    second: Ints
    contact: Ints
    reached: Bools
    called_for: Bools

    def __len__(self) -> int:
        return len(self.score)


def _draw(rng: np.random.Generator, table: Floats) -> Ints:
    """One column per row with the given weights; the number of columns when none is hit."""
    steps = np.cumsum(table, axis=1)
    return np.asarray((rng.random(len(table))[:, None] > steps).sum(axis=1))


def _normalised(table: Floats) -> Floats:
    return np.asarray(table / table.sum(axis=1, keepdims=True))


def _latent(
    rng: np.random.Generator,
    clock: Clock,
    base: Base,
    asked: Asked,
    rows: Ints,
    day: Ints,
    units: tuple[Unit, ...],
    staff: int,
) -> Floats:
    """Satisfaction before any problem: person, unit, employee, weekday, chance."""
    moments = asked.moments.pick(rows)
    shift = np.array([TOUCHPOINT_SHIFT.get(slug, 0.0) for slug in SLUGS])[moments.touchpoint]
    unit_shift = rng.normal(0, 0.12, len(units))
    for index, unit in enumerate(units):
        if unit.key in QUALITY:
            unit_shift[index] = QUALITY[unit.key].shift
    employee_shift = np.append(rng.normal(0, 0.3, staff), 0.0)  # last: NOBODY
    consumer = moments.customer < len(base)
    who = np.where(consumer, moments.customer, 0)
    person = np.where(consumer, base.warmth[who] + LANGUAGE_SHIFT[base.language[who]], 0.0)
    monday = (moments.touchpoint == SLUGS.index("call")) & (clock.weekdays[day] == 0)
    return np.asarray(
        BASE_SCORE + shift + unit_shift[moments.unit] + employee_shift[moments.employee] + person
        - 0.3 * monday + rng.normal(0, 1.25, len(rows))
    )  # fmt: skip


def _previous(customer: Ints) -> tuple[Ints, Ints]:
    """For rows in order of time: the customer's previous row (NOTHING) and its rank."""
    last: dict[int, int] = {}
    previous = np.full(len(customer), NOTHING)
    rank = np.zeros(len(customer), dtype=np.int64)
    for row, who in enumerate(customer.tolist()):
        before = last.get(who, NOTHING)
        if before != NOTHING:
            previous[row] = before
            rank[row] = rank[before] + 1
        last[who] = row
    return previous, rank


def _contact(rng: np.random.Generator, score: Ints) -> Ints:
    """Whether the customer may be called; the unhappy care more."""
    luck = rng.random(len(score))
    unhappy = score <= 6
    refused = np.where(unhappy, 0.14, 0.30)
    agreed = np.where(unhappy, 0.52, 0.26)
    return np.where(luck < refused, REFUSED, np.where(luck < refused + agreed, AGREED, OPEN))


def judge(
    rng: np.random.Generator,
    clock: Clock,
    base: Base,
    asked: Asked,
    units: tuple[Unit, ...],
    staff: int,
    deceptive: dict[int, int],
) -> Verdicts:
    """Scores every answer; `deceptive` forces scores by customer index. A customer whom a
    call reached after an unhappy answer scores higher the next time."""
    rows = np.nonzero(asked.answered)[0]
    rows = rows[np.argsort(asked.answered[rows], kind="stable")]
    moments, at = asked.moments.pick(rows), asked.answered[rows]
    day, given = clock.day_of(moments.at), clock.day_of(at)
    chances = problem_chances(
        clock=clock, touchpoint=moments.touchpoint, unit=moments.unit, units=units, day=day
    )
    problem = _draw(rng, chances)
    hit = problem < len(PROBLEM_SLUGS)
    impact = np.array([IMPACT[slug] for slug in PROBLEM_SLUGS] + [0.0])[problem]
    latent = _latent(rng, clock, base, asked, rows, day, units, staff)
    latent -= impact * rng.uniform(0.75, 1.25, len(rows))
    reached = rng.random(len(rows)) < 0.8
    score = np.clip(np.rint(latent), 0, 10).astype(np.int64)
    contact = _contact(rng, score)
    previous, rank = _previous(moments.customer)
    for number in range(1, int(rank.max(initial=0)) + 1):
        here = np.nonzero(rank == number)[0]
        before = previous[here]
        called = _called_for(clock, base, score[before], moments.customer[before], given[before])
        called &= (contact[before] != REFUSED) & reached[before]
        called &= at[here] - at[before] > 12 * DAY
        score[here] = np.clip(np.rint(latent[here] + RECOVERY * called), 0, 10)
    for row, who in enumerate(moments.customer.tolist()):
        if who in deceptive:
            score[row] = deceptive[who]
            contact[row] = AGREED if score[row] <= 6 else contact[row]
    cause, second = _causes(rng, moments.touchpoint, chances, problem, hit, score)
    called_for = _called_for(clock, base, score, moments.customer, given) & (contact != REFUSED)
    return Verdicts(rows, moments.customer, at, score, cause, second, contact, reached, called_for)


def _called_for(clock: Clock, base: Base, score: Ints, customer: Ints, day: Ints) -> Bools:
    """The rules of the time: 0 to 3 always, 4 to 6 of business clients too, of consumers only every
    second one until the rules were widened."""
    mild = (score >= 4) & (customer < len(base)) & (customer % 2 == 1)
    early = day < clock.days - WIDENED_DAYS
    called: Bools = (score <= 6) & ~(mild & early)
    return called


def _causes(
    rng: np.random.Generator,
    touchpoint: Ints,
    chances: Floats,
    problem: Ints,
    hit: Bools,
    score: Ints,
) -> tuple[Ints, Ints]:
    """What the customer would name: the problem met, else what is usual there."""
    usual = np.minimum(_draw(rng, _normalised(chances)), len(PROBLEM_SLUGS) - 1)
    praise = np.minimum(_draw(rng, _normalised(PRAISE_TABLE[touchpoint])), len(PRAISE_SLUGS) - 1)
    praise = praise + len(PROBLEM_SLUGS)
    mild = rng.random(len(score)) < 0.5
    complains = (score <= 6) | (hit & (score <= 8)) | ((score <= 8) & mild)
    cause = np.where(complains, np.where(hit, problem, usual), praise)
    other = np.minimum(_draw(rng, _normalised(chances)), len(PROBLEM_SLUGS) - 1)
    two = (rng.random(len(score)) < 0.16) & complains & (other != cause)
    return cause, np.where(two, other, NOTHING)
