"""Do intervals cover what they say, and how often does nothing raise an alarm?

Coverage of 95 % intervals: of one score exactly up to 200 answers, all else by simulation with a
fixed seed; 1,000 years in which nothing changed; and how long the design effect of many accounts
takes. Exit code 1 where one score covers less than 94 %, a difference of 30 answers or more less
than 94, accounts less than 93, or shifts are told in more than 6.4 % of years (5 % and what 1,000
draws allow).
"""

# ruff: noqa: E402, A005 Django must be set up before its models are imported; run as a module of
# bench it hides nothing

import atexit
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(tempfile.mkdtemp(prefix="loopwell-bench-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["LOOPWELL_DATA_DIR"] = str(FOLDER)
os.environ["LOOPWELL_DATABASE_URL"] = ""
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loopwell.config.settings")

import django

django.setup()

import numpy as np
from numpy.typing import NDArray

from bench.machine import table, write_section
from loopwell.access.rules import SYSTEM
from loopwell.calc.clustered import clustered_nps
from loopwell.calc.control import Signal, control
from loopwell.calc.nps import Counts, Difference, Estimate, difference, interval, wald_difference
from loopwell.calc.shifts import shifts
from loopwell.insights.asking import Question
from loopwell.insights.judging.accounts import Accounts, accounts_of
from loopwell.insights.judging.clustering import effect_of, widened_estimate
from loopwell.insights.warehouse import close_warehouse, warehouse
from loopwell.insights.warehouse.tables import ANSWERS

Ints = NDArray[np.int64]
Mix = tuple[int, int, int]
MIXES: tuple[Mix, ...] = (
    (2, 8, 90), (1, 4, 95), (5, 15, 80), (5, 5, 90), (10, 20, 70), (10, 40, 50), (20, 30, 50),
    (33, 34, 33), (45, 10, 45), (50, 30, 20), (10, 80, 10), (2, 90, 8),
)  # fmt: skip
SIZES = (10, 15, 20, 30, 50, 100, 200, 500, 1_000, 2_000)
EXACT, DRAWS = 200, 40_000
LOW, HIGH = 94.0, 96.5
PAIRS = ((10, 10), (10, 30), (30, 30), (30, 90), (30, 1_000), (100, 100), (100, 300))
EQUAL: tuple[Mix, ...] = ((2, 8, 90), (10, 20, 70), (20, 30, 50), (45, 10, 45))
APART: tuple[tuple[Mix, Mix], ...] = (
    ((2, 8, 90), (5, 15, 80)), ((2, 8, 90), (20, 30, 50)), ((10, 20, 70), (20, 30, 50)),
)  # fmt: skip
YEARS = 1_000
ALLOWED = 6.4
random = np.random.default_rng(11)


def main() -> int:
    print(f"load on the machine before: {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores")
    started, lines, fits = time.perf_counter(), [], True
    for measure in (singles, differences, clusters, alarms, many_accounts):
        said, held = measure()
        lines += [*said, ""]
        fits = fits and held
    taken = time.perf_counter() - started
    lines.append(f"{taken:.0f} s in all, {time.process_time():.0f} s of them on the processor.")
    write_section("Statistics", lines)
    return 0 if fits else 1


def singles() -> tuple[list[str], bool]:
    rows, outside, least = [], [], 100.0
    for mix in MIXES:
        found = [_covered(n, mix) for n in SIZES]
        least = min(least, *found)
        outside += [
            f"{_name(mix)} n = {n:,} ({share:.1f})"
            for n, share in zip(SIZES, found, strict=True)
            if not LOW <= round(share, 1) <= HIGH
        ]
        rows.append([_name(mix), *(f"{share:.1f}" for share in found)])
    cells = len(MIXES) * len(SIZES)
    words = (
        f"One score, percent covered; aim {LOW:.0f} to {HIGH}. Outside {len(outside)} of {cells}"
    )
    header = ["detractors/passives/promoters", *(f"{n:,}" for n in SIZES)]
    return [f"{words}: {', '.join(outside) or 'none'}.", "", *table(header, rows)], least >= 93.95


def _covered(n: int, mix: Mix) -> float:
    truth, shares = float(mix[2] - mix[0]), np.array(mix) / 100
    if n <= EXACT:
        outcomes, low, high = _all(n)
        from scipy.stats import multinomial

        chances = multinomial.pmf(outcomes, n, shares)
    else:
        outcomes, counted = np.unique(
            random.multinomial(n, shares, DRAWS), axis=0, return_counts=True
        )
        low, high = _ends(outcomes)
        chances = counted / DRAWS
    return float(100 * chances[(low - 1e-6 <= truth) & (truth <= high + 1e-6)].sum())


@cache
def _all(n: int) -> tuple[Ints, NDArray[np.float64], NDArray[np.float64]]:
    outcomes = np.array([(d, n - d - p, p) for d in range(n + 1) for p in range(n + 1 - d)])
    return outcomes, *_ends(outcomes)


def _ends(outcomes: Ints) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    found = [interval(_counts(row)) for row in outcomes]
    return np.array([each.low for each in found]), np.array([each.high for each in found])


def differences() -> tuple[list[str], bool]:
    """Of the least and the most that any pair of mixes covers, and of false alarms."""
    rows, held = [], True
    for sizes in PAIRS:
        cells = [str(sizes[0]), f"{sizes[1]:,}"]
        for method in (difference, wald_difference):
            shares = {pair: _held_apart(method, sizes, pair) for pair in _pairs()}
            equal = [100 - shares[mix, mix] for mix in EQUAL]
            least, most = min(shares.values()), max(shares.values())
            cells += [f"{least:.1f}–{most:.1f}", f"{min(equal):.1f}–{max(equal):.1f}"]
            if method is difference and sizes[0] >= 30:
                held = held and least >= LOW
        rows.append(cells)
    words = (
        f"Difference of two scores, percent covered and of equal mixes said to differ (false "
        f"alarms, stated 5), least to most of {len(_pairs())} pairs of mixes, {DRAWS // 4:,} draws "
        "each: from the two intervals, and adjusted Wald beside."
    )
    header = ["n", "other n", "covered", "false alarms", "adjusted Wald", "its false alarms"]
    return [words, "", *table(header, rows)], held


def _pairs() -> list[tuple[Mix, Mix]]:
    return [*((mix, mix) for mix in EQUAL), *APART]


def _held_apart(
    method: Callable[[Counts, Counts], Difference], sizes: tuple[int, int], pair: tuple[Mix, Mix]
) -> float:
    seeded = np.random.default_rng(sizes)
    drawn = [
        seeded.multinomial(n, np.array(mix) / 100, DRAWS // 4)
        for n, mix in zip(sizes, pair, strict=True)
    ]
    both, counted = np.unique(np.hstack(drawn), axis=0, return_counts=True)
    truth = (pair[0][2] - pair[0][0]) - (pair[1][2] - pair[1][0])
    found = [_apart(method, tuple(row)) for row in both.tolist()]
    held = np.array([each.low - 1e-6 <= truth <= each.high + 1e-6 for each in found])
    return float(100 * counted[held].sum() / counted.sum())


def _apart(method: Callable[[Counts, Counts], Difference], row: tuple[int, ...]) -> Difference:
    if method is difference:
        return _of_intervals(_interval(row[:3]), _interval(row[3:]))
    return method(Counts(*row[:3]), Counts(*row[3:]))


@cache
def _interval(row: tuple[int, ...]) -> Estimate:
    return interval(Counts(*row))


def _of_intervals(a: Estimate, b: Estimate) -> Difference:
    from loopwell.calc.nps import difference_of

    return difference_of(a, b)


def clusters() -> tuple[list[str], bool]:
    rows, held = [], True
    for mix in ((2, 8, 90), (10, 20, 70), (25, 25, 50)):
        for words, alike in (("mostly agree", 2), ("a little", 20), ("not at all", 1_000_000)):
            for accounts in (8, 15, 40, 200):
                found = _clustered(mix, alike, accounts, 3_000)
                held = held and found[1] >= 93
                rows.append([_name(mix), words, str(accounts), *(f"{v:.1f}" for v in found)])
    words = (
        "Accounts of one to ten people, percent covered: as independent answers, by the design "
        "effect with Student's t (pages, API, digests), by drawing accounts again (every tenth "
        "draw). 3,000 draws: ±0.8; drawn again ±2.5."
    )
    header = ["mix", "people agree", "accounts", "independent", "design effect", "bootstrap"]
    return [words, "", *table(header, rows)], held


def _clustered(mix: Mix, alike: int, accounts: int, draws: int) -> tuple[float, float, float]:
    seeded = np.random.default_rng((mix[0], alike, accounts))
    shares = seeded.dirichlet(np.array(mix) / 100 * alike, size=(draws, accounts))
    truth, plain, wide, again = float(mix[2] - mix[0]), 0, 0, []
    for number, each in enumerate(shares):
        n = seeded.integers(1, 11, accounts)
        drawn = seeded.multinomial(n, each)
        found = interval(_counts(drawn.sum(axis=0)))
        plain += _holds(found, truth)
        wide += _holds(widened_estimate(found, "nps", effect_of([_sums(drawn)])), truth)
        if number % 10 == 0:
            again.append(_holds(clustered_nps([_counts(row) for row in drawn], draws=500), truth))
    return 100 * plain / draws, 100 * wide / draws, 100 * sum(again) / len(again)


def _sums(drawn: Ints) -> Accounts:
    n, total = drawn.sum(axis=1), drawn[:, 2] - drawn[:, 0]
    spoken = float(drawn[:, 0].sum() + drawn[:, 2].sum())
    products = ((n * n).sum(), (n * total).sum(), (total * total).sum())
    return Accounts(len(drawn), 0, n.sum(), total.sum(), spoken, *map(float, products))


def alarms() -> tuple[list[str], bool]:
    years: list[tuple[str, Mix, Callable[[np.random.Generator], Ints]]] = [
        ("12 months of 40", (20, 30, 50), lambda _r: np.full(12, 40)),
        ("12 months of 40", (2, 8, 90), lambda _r: np.full(12, 40)),
        ("12 months of 10", (2, 8, 90), lambda _r: np.full(12, 10)),
        ("12 months of 8 to 120", (20, 30, 50), lambda r: r.integers(8, 121, 12)),
        ("52 weeks of 30", (20, 30, 50), lambda _r: np.full(52, 30)),
        ("52 weeks of 15", (2, 8, 90), lambda _r: np.full(52, 15)),
    ]
    rows, held = [], True
    for words, mix, sizes in years:
        found = _alarmed(mix, sizes, together=1)
        held = held and found[0] <= ALLOWED
        rows.append([words, _name(mix), *(f"{share:.2f} %" for share in found)])
    for ending, design in ((", not heeded", 1.0), ("", 3.0)):
        found = _alarmed((20, 30, 50), lambda _r: np.full(12, 14), together=3, design=design)
        held = held and (design == 1.0 or found[0] <= ALLOWED)
        words = f"12 months of 42 from accounts of three alike{ending}"
        rows.append([words, "20/30/50", *(f"{share:.2f} %" for share in found)])
    said = (
        f"{YEARS:,} years without a change: years with a shift (stated 5 %, {ALLOWED} within what "
        "the draws allow), years with a period beyond the limits, periods beyond them (three "
        "standard errors: stated 0.27 %), years with any signal of the chart, its runs of eight "
        "among them. Accounts alike: as pages judge them, by their design effect, and as if each "
        "answer stood for itself."
    )
    header = ["year", "mix", "shifts", "beyond limits", "periods beyond", "any signal"]
    return [said, "", *table(header, rows)], held


def _alarmed(
    mix: Mix, sizes: Callable[[np.random.Generator], Ints], together: int, design: float = 1.0
) -> tuple[float, float, float, float]:
    seeded, told = np.random.default_rng(5), np.zeros(4)
    for _year in range(YEARS):
        table_of = together * seeded.multinomial(sizes(seeded), np.array(mix) / 100)
        periods = [_counts(row) for row in table_of]
        limits = control(periods, design=design).limits
        beyond = [limit.signal in (Signal.ABOVE, Signal.BELOW) for limit in limits]
        signals = any(limit.signal for limit in limits)
        told += (
            bool(shifts(periods, design=design)),
            any(beyond),
            sum(beyond) / len(beyond),
            signals,
        )
    a, b, c, d = (100 * told / YEARS).tolist()
    return a, b, c, d


def many_accounts() -> tuple[list[str], bool]:
    """A million answers of 20,000 and of 100,000 accounts, in the warehouse of a company."""
    rows = []
    for accounts in (20_000, 100_000):
        with warehouse().rebuilding({}) as loader:
            loader.add(ANSWERS, _answers(1_000_000, accounts))
        for words, question in (
            ("all", Question("nps")), ("by unit", Question("nps", ("unit",))),
            ("by month", Question("nps", (), "month")),
        ):  # fmt: skip
            apart = sorted(_seconds(question, None) for _turn in range(5))[2]
            rows.append([f"{accounts:,}", words, f"{1000 * apart:.0f} ms"])
        by_group = sorted(
            _seconds(Question("nps", ("unit",)), lambda key: key) for _turn in range(3)
        )
        rows.append([f"{accounts:,}", "units in groups", f"{1000 * by_group[1]:.0f} ms"])
    close_warehouse()
    header = ["accounts", "design effect of", "middle of five"]
    return ["A million answers, DuckDB.", "", *table(header, rows)], True


def _seconds(question: Question, group: Any) -> float:
    started = time.perf_counter()
    effect_of(accounts_of(question, SYSTEM, group))
    return time.perf_counter() - started


def _answers(n: int, accounts: int) -> dict[str, list[Any]]:
    """Of 300 units and two years; every column that the table has."""
    scores = random.choice([10.0, 8.0, 3.0], n, p=[0.5, 0.3, 0.2])
    account = random.integers(1, accounts + 1, n)
    moments = [datetime(2025, 1 + day % 12, 1 + day % 28, tzinfo=UTC) for day in range(336)]
    at = [moments[day] for day in random.integers(0, 336, n)]
    known: dict[str, list[Any]] = {
        "id": list(range(n)), "at_utc": at, "at_local": at,
        "unit_id": (account % 300).tolist(), "account_id": account.tolist(),
        "score": scores.tolist(), "promoter": (scores > 8).astype(float).tolist(),
        "passive": (scores == 8).astype(float).tolist(),
        "detractor": (scores < 7).astype(float).tolist(),
        "kind": ["relationship"] * n, "weight": [1.0] * n, "unit_path": ["/"] * n,
    }  # fmt: skip
    return {name: known.get(name, [None] * n) for name in ANSWERS.columns}


def _holds(found: Estimate, truth: float) -> bool:
    return found.low - 1e-6 <= truth <= found.high + 1e-6


def _counts(row: Ints) -> Counts:
    return Counts(*map(int, row))


def _name(mix: Mix) -> str:
    return "/".join(map(str, mix))


if __name__ == "__main__":
    sys.exit(main())
