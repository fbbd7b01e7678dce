"""What do the accounts of each group add up to, in one statement over the warehouse?"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from loopwell.access.rules import Actor
from loopwell.insights.asking import Key, Question
from loopwell.insights.metrics import METRICS
from loopwell.insights.questions import property_columns, reach_of
from loopwell.insights.warehouse import warehouse
from loopwell.insights.warehouse.compiling import compile_question

Group = Callable[[tuple[Key, ...]], object]
"""From a row's key to the group it is counted in; None leaves it out."""
_TAKEN = "CAST({} AS DOUBLE PRECISION)"


@dataclass(frozen=True)
class Accounts:
    """The answers of one group as clusters: accounts, and answers without one by themselves.

    `n`, `total` and `squares` are the answers, their sum and sum of squares; `nn`, `nt` and `tt`
    the sums over clusters of count², count × sum and sum².
    """

    clusters: float = 0.0
    alone: float = 0.0
    n: float = 0.0
    total: float = 0.0
    squares: float = 0.0
    nn: float = 0.0
    nt: float = 0.0
    tt: float = 0.0

    def __add__(self, other: "Accounts") -> "Accounts":
        return Accounts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Accounts)))

    @property
    def mean(self) -> float:
        return self.total / self.n

    @property
    def within(self) -> float:
        """The answers' squared distances from their mean."""
        return self.squares - self.total * self.mean

    @property
    def between(self) -> float:
        """The clusters' squared distances from what their answers would add up to on average."""
        return self.tt - 2 * self.mean * self.nt + self.mean**2 * self.nn


def accounts_of(question: Question, actor: Actor, group: Group | None) -> list[Accounts]:
    """One for each row of the question, or for each group of rows.

    The warehouse adds the accounts up, so that a hundred thousand cost no more than one; only
    groups of rows need them one by one, since an account may have answers in several rows.
    """
    engine = warehouse()
    known = property_columns(engine, METRICS[question.metric].table, question)
    asked = replace(question, by=(*question.by, "account"))
    compiled = compile_question(asked, reach_of(actor), known, engine.dialect)
    place = len(question.by)
    keys = [f"k{number}" for number in range(compiled.keys) if number != place]
    if group is None:
        found = engine.read(_added_up(question.metric, compiled.sql, keys, f"k{place}"))
        return [Accounts(*map(float, line)) for line in found if line[0]]
    columns = ", ".join((f"k{place}", *_sums(question.metric), *keys))
    lines = engine.read(f"SELECT {columns} FROM ({compiled.sql}) AS by_account")  # noqa: S608 - compiled above, no words of people
    return list(_by_group(lines, group))


def _sums(metric: str) -> tuple[str, str, str]:
    """Count, sum and sum of squares of the answers, of what one account's line says."""
    found = METRICS[metric]
    n = _TAKEN.format("n")
    if found.test == "score":
        up, down = _TAKEN.format("promoters"), _TAKEN.format("detractors")
        return n, f"{up} - {down}", f"{up} + {down}"
    if found.test == "share":
        return n, _TAKEN.format(found.part), _TAKEN.format(found.part)
    return n, _TAKEN.format("sum"), _TAKEN.format("squares")


def _added_up(metric: str, by_account: str, keys: list[str], account: str) -> str:
    n, total, squares = _sums(metric)
    alone = f"{account} IS NULL"
    grouped = f" GROUP BY {', '.join(keys)}" if keys else ""
    return (
        f"SELECT COUNT({account}) + SUM(CASE WHEN {alone} THEN n ELSE 0 END), "  # noqa: S608 - compiled above, no words of people
        f"SUM(CASE WHEN {alone} THEN n ELSE 0 END), SUM(n), SUM(total), SUM(squares), "
        f"SUM(CASE WHEN {alone} THEN n ELSE n * n END), "
        f"SUM(CASE WHEN {alone} THEN total ELSE n * total END), "
        f"SUM(CASE WHEN {alone} THEN squares ELSE total * total END) "
        f"FROM (SELECT {', '.join([account, *keys])}, {n} AS n, {total} AS total, "
        f"{squares} AS squares FROM ({by_account}) AS counted) AS by_account{grouped}"
    )


def _by_group(lines: Iterable[tuple[Any, ...]], group: Group) -> Iterator[Accounts]:
    singles: defaultdict[object, Accounts] = defaultdict(Accounts)
    known: dict[tuple[object, object], tuple[float, float, float]] = {}
    for account, n, total, squares, *keys in lines:
        key = group(tuple(part if part != "" else None for part in keys))
        if key is None or not n:
            continue
        if account is None:
            singles[key] += Accounts(n, n, n, total, squares, n, total, squares)
        else:
            before = known.get((key, account), (0.0, 0.0, 0.0))
            known[key, account] = (before[0] + n, before[1] + total, before[2] + squares)
    found = defaultdict(Accounts, singles)
    for (key, _account), (n, total, squares) in known.items():
        found[key] += Accounts(1, 0, n, total, squares, n * n, n * total, total * total)
    yield from found.values()
