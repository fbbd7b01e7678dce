"""What is a change made of: customers' opinions, or other groups answering?"""

from typing import TYPE_CHECKING

from loopwell.access.rules import Actor
from loopwell.calc.nps import Counts
from loopwell.insights.asking import NOTHING, Filters, Question
from loopwell.insights.disclosing import is_of_people
from loopwell.insights.metrics import counts_of
from loopwell.insights.questions import ask

if TYPE_CHECKING:
    from loopwell.calc.decomposition import Decomposition


def decomposed(
    question: Question, by: str, before: Filters, after: Filters, actor: Actor
) -> "Decomposition | None":
    """What each group of `by` gave to the change of NPS, by its score and its share; groups go by
    their key as text, NOTHING where it is not known.

    None where either side has no answers, and for anonymous surveys: their hidden groups would
    follow from the rest.
    """
    from loopwell.calc.decomposition import decompose

    sides = [Question("nps", (by,), "", filters) for filters in (before, after)]
    if any(is_of_people(side) for side in sides):
        return None
    was, now = (
        {NOTHING if row.key[0] is None else str(row.key[0]): counts_of(row.stats) for row in rows}
        for rows in (ask(side, actor) for side in sides)
    )
    nobody = Counts(0, 0, 0)
    if not sum(was.values(), nobody).n or not sum(now.values(), nobody).n:
        return None
    return decompose(was, now)
