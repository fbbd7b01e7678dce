"""Do effects of initiatives come with honest intervals, and are null ones left unfound?

Simulated companies: units that differ, seasons, months that differ by more than chance in some of
them, roll-outs in one or three steps, a fix that changes how many name a problem by a known number
of percentage points, or by none. Counted is how often the 95 % interval holds the truth, and how
often an effect is found where there is none; for the difference to other units, for its months
since the beginning, for the step in one's own line where there are no others, and how often what
the page promises in advance ("you will know by …") comes true. Exit code 1 when over a limit.
"""

import math
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from bench.machine import table, write_section
from loopwell.calc.effects import Cell, Effect, TooFew, effect, interrupted, share_cell
from loopwell.calc.event_time import by_event_time
from loopwell.calc.power import Group, outlook

RUNS = 2000
MONTHS, BEGAN = 24, 14
LOW, HIGH, FALSE = 0.93, 0.97, 0.06

Cells = dict[tuple[int, int], Cell]


@dataclass(frozen=True)
class Company:
    """`rough` is the standard deviation of a unit's month beyond chance, in percentage points;
    `lasting` how alike two months of the whole company are."""

    name: str
    units: int
    answers: int
    steps: tuple[int, ...] = (BEGAN,)
    truth: float = -4.0
    rough: float = 0.0
    lasting: float = 0.0
    compared: bool = True

    @property
    def since(self) -> dict[int, int]:
        """Half the units change, in equal parts at each step; alone, all of them."""
        many = self.units // 2 if self.compared else self.units
        return {unit: self.steps[unit % len(self.steps)] for unit in range(many)}

    @property
    def others(self) -> list[int]:
        return [unit for unit in range(self.units) if unit not in self.since]


COMPANIES = (
    Company("20 units, 30 answers a month each", 20, 30),
    Company("the same in three steps", 20, 30, (12, 14, 17)),
    Company("8 small units, 15 answers", 8, 15),
    Company("40 units, months rougher than chance", 40, 30, rough=4.0),
    Company("three steps, rougher than chance", 24, 40, (12, 14, 17), rough=4.0),
)
ALONE = (
    Company("own line only", 10, 40, compared=False),
    Company("own line, months alike by 0.4", 10, 40, lasting=0.4, compared=False),
)


def main() -> int:
    print(f"load on the machine before: {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores")
    began, rng = time.monotonic(), np.random.default_rng(42)
    rows, fits = [], True
    for company in COMPANIES:
        row, good = judged(company, rng, compared_effect)
        rows.append(row)
        fits = fits and good
    for company in ALONE:
        row, _told_only = judged(company, rng, interrupted_effect)
        rows.append(row)
    ages = by_age(COMPANIES[1], rng)
    promise = kept(COMPANIES[0], rng)
    head = ["company", "interval holds the truth", "limit", "null found", "limit", "bias"]
    lines = [
        f"{RUNS:,} simulated companies each, {MONTHS} months, one of four names the problem; the "
        "fix takes 4 percentage points off, or nothing. Limits hold where there are units to "
        f"compare with. {time.monotonic() - began:.0f} s.", "",
        *table(head, rows),
        "",
        f"By months since the beginning (three steps): intervals hold the truth in {ages}.",
        f"“You will know by”: estimates of that month find the effect in {promise:.1%} "
        "(promised: 80 %).",
    ]  # fmt: skip
    write_section("Effects of initiatives", lines)
    return 0 if fits else 1


def simulated(
    company: Company, rng: np.random.Generator, truth: float, months: int = MONTHS
) -> Cells:
    """Shares of 25 %, units apart by 4 points, a season everybody has."""
    levels = rng.normal(25, 4, company.units)
    season = 3 * np.sin(np.arange(months) / 12 * 2 * math.pi + rng.uniform(0, 6))
    if not company.compared:  # without others nobody can take a season out: there is none
        season = lasting(company.lasting, months, rng)
    cells = {}
    for unit in range(company.units):
        for month in range(months):
            changed = month >= company.since.get(unit, months)
            share = levels[unit] + season[month] + rng.normal(0, company.rough)
            chance = min(max((share + truth * changed) / 100, 0.01), 0.99)
            n = int(rng.poisson(company.answers))
            if n:
                cells[unit, month] = share_cell(int(rng.binomial(n, chance)), n)
    return cells


def lasting(alike: float, months: int, rng: np.random.Generator) -> np.ndarray:
    """Months that resemble the one before: an autoregression, 2 points wide."""
    values = np.zeros(months)
    for month in range(months):
        before = values[month - 1] if month else rng.normal(0, 2)
        values[month] = alike * before + rng.normal(0, 2 * math.sqrt(1 - alike**2))
    return values if alike else np.zeros(months)


def compared_effect(company: Company, cells: Cells) -> Effect:
    return effect(cells, company.since, company.others)


def interrupted_effect(company: Company, cells: Cells) -> Effect:
    return interrupted(cells, company.since)


def judged(
    company: Company, rng: np.random.Generator, estimate: Callable[[Company, Cells], Effect]
) -> tuple[list[str], bool]:
    held = sum(
        each.low <= company.truth <= each.high
        for each in estimates(company, rng, company.truth, estimate)
    )
    nulls = list(estimates(company, rng, 0.0, estimate))
    found, bias = sum(each.p < 0.05 for each in nulls), np.mean([each.value for each in nulls])
    cover, wrong = held / RUNS, found / RUNS
    good = LOW <= cover <= HIGH and wrong <= FALSE
    limits = (f"{LOW:.0%} to {HIGH:.0%}", f"{FALSE:.0%}") if company.compared else ("", "")
    row = [company.name, f"{cover:.1%}", limits[0], f"{wrong:.1%}", limits[1], f"{bias:+.2f}"]
    print(row)
    return row, good


def estimates(
    company: Company, rng: np.random.Generator, truth: float,
    estimate: Callable[[Company, Cells], Effect],
) -> Iterator[Effect]:  # fmt: skip
    for _run in range(RUNS):
        yield estimate(company, simulated(company, rng, truth))


def by_age(company: Company, rng: np.random.Generator) -> str:
    """The lowest and highest of the months, five before and six after."""
    held: dict[int, int] = {}
    runs = RUNS // 4
    for _run in range(runs):
        cells = simulated(company, rng, company.truth)
        for each in by_event_time(cells, company.since, company.others):
            if -5 <= each.months <= 5:
                truth = 0.0 if each.is_placebo else company.truth
                held[each.months] = held.get(each.months, 0) + (each.low <= truth <= each.high)
    shares = sorted(n / runs for n in held.values())
    return f"{shares[0]:.1%} to {shares[-1]:.1%} of {runs:,}, month by month"


def kept(company: Company, rng: np.random.Generator) -> float:
    """How often the effect is found in the month that was named in advance."""
    of_units = company.units // 2 * company.answers
    groups = [Group(of_units, of_units * BEGAN, BEGAN), Group(of_units, of_units * BEGAN, None)]
    month = outlook(groups, company.truth, 10_000 * 0.25 * 0.75).month
    if month is None:
        raise TooFew("after")
    runs = RUNS // 4
    cells: Mapping[tuple[int, int], Cell]
    found = 0
    for _run in range(runs):
        cells = simulated(company, rng, company.truth, month + 1)
        found += effect(cells, company.since, company.others).p < 0.05
    return found / runs


if __name__ == "__main__":
    sys.exit(main())
