"""Did the same customers change their mind?"""

from dataclasses import dataclass, replace

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.calc.nps import Difference
from loopwell.insights.asking import Filters, Question
from loopwell.insights.disclosing import is_of_people
from loopwell.insights.questions import property_columns, reach_of
from loopwell.insights.warehouse import warehouse
from loopwell.insights.warehouse.pairing import compile_pairs
from loopwell.insights.warehouse.tables import ANSWERS

_ORDER = ("detractor", "passive", "promoter")


@dataclass(frozen=True)
class Paired:
    """`table` counts customers who answered in both periods: rows are the first answer, columns
    the second, in the order detractor, passive, promoter. `difference` is second less first."""

    n: int
    table: tuple[tuple[int, ...], ...]
    difference: Difference


def paired(question: Question, before: Filters, after: Filters, actor: Actor) -> Paired | None:
    """Of NPS among customers who answered in both periods, their last answer in each; None where
    there are none, and for anonymous surveys, which know no customers."""
    from loopwell.calc.paired import paired_difference

    require(actor, Right.READ_ANSWERS)
    sides = [replace(question, metric="nps", filters=each) for each in (before, after)]
    if any(is_of_people(side) for side in sides):
        return None
    engine = warehouse()
    known = tuple(sorted({c for side in sides for c in property_columns(engine, ANSWERS, side)}))
    compiled = compile_pairs(before, after, reach_of(actor), known, engine.dialect)
    cells = {(line[0], line[1]): int(line[2]) for line in engine.read(compiled.sql)}
    table = tuple(tuple(cells.get((was, now), 0) for now in _ORDER) for was in _ORDER)
    n = sum(cells.values())
    return Paired(n, table, paired_difference(table)) if n else None
