"""Which groups of one column are there, and which differ from the rest?"""

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from loopwell.calc.compare import groups_against_rest
from loopwell.calc.nps import Counts
from loopwell.kit.tables import is_missing
from loopwell.report.coded import CodedColumn
from loopwell.report.results import Groups
from loopwell.report.wording import count

MOST = 2_000  # distinct values compared in full
KEPT = 200  # of more than that
OTHERS = "\0others"


def groups_of(name: str, column: CodedColumn, points: NDArray[np.int8], minimum: int) -> Groups:
    """Groups by size, largest first; texts that differ only in spaces around them are one.

    Missing values form the group with the empty name. Of more than MOST values only the KEPT
    largest are compared, each still with all other answers.
    """
    codes, texts = _merged(column)
    size = len(texts)
    totals = np.bincount(codes, minlength=size)
    promoters = np.bincount(codes[points == 1], minlength=size)
    detractors = np.bincount(codes[points == -1], minlength=size)
    order = np.argsort(-totals, kind="stable")
    notes = []
    if size > MOST:
        order = order[:KEPT]
        notes.append(
            _("“%(column)s” has %(distinct)s different values: only the %(kept)d largest are shown")
            % {"column": name, "distinct": count(size), "kept": KEPT}
        )
    groups = {
        texts[place]: Counts(
            int(detractors[place]),
            int(totals[place] - promoters[place] - detractors[place]),
            int(promoters[place]),
        )
        for place in order.tolist()
        if totals[place]
    }
    if size > MOST:
        everybody = Counts(
            int(detractors.sum()),
            int(totals.sum() - promoters.sum() - detractors.sum()),
            int(promoters.sum()),
        )
        groups[OTHERS] = everybody.without(sum(groups.values(), Counts(0, 0, 0)))
    results = [r for r in groups_against_rest(groups, minimum) if r.value != OTHERS]
    return Groups(name, results, size, notes)


def _merged(column: CodedColumn) -> tuple[NDArray[np.int32], list[str]]:
    """Codes into trimmed texts, all missing ones as one."""
    places: dict[str, int] = {}
    targets = np.zeros(column.distinct, dtype=np.int32)
    for code, text in enumerate(column.texts):
        shown = "" if is_missing(text) else " ".join(text.split())
        targets[code] = places.setdefault(shown, len(places))
    return targets[column.codes()], list(places)
