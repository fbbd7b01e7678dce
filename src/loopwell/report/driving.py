"""Which rated aspects go together with the score?"""

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from loopwell.calc.drivers import Method, NoDrivers, Reason, relative_weights
from loopwell.kit.tables import is_missing
from loopwell.kit.tables.numbers import read_rating
from loopwell.report.coded import CodedColumn
from loopwell.report.results import Drivers
from loopwell.report.wording import count, percent


def drivers_of(
    names: list[str], columns: list[CodedColumn], scores: NDArray[np.int8]
) -> Drivers | None:
    """Relative weights of the rated columns; texts that are no numbers count as gaps."""
    if not names:
        return None
    notes = []
    x = np.empty((len(scores), len(names)))
    for place, (name, column) in enumerate(zip(names, columns, strict=True)):
        x[:, place], words = _ratings(column)
        if words:
            notes.append(
                _("“%(name)s”: %(n)s ratings are words, not numbers, and count as gaps")
                % {"name": name, "n": count(words)}
            )
    try:
        result = relative_weights(x, scores.astype(np.float64), names)
    except NoDrivers:
        reason = _("too few different ratings stand beside a score to tell drivers apart")
        return Drivers(None, [*notes, reason])
    reasons = {
        Reason.EMPTY.value: _("it holds no numbers"),
        Reason.CONSTANT.value: _("it is the same in every row"),
        Reason.TOO_FEW_TOGETHER.value: _("too few rows hold it together with the others"),
    }
    for name, why in result.left_out.items():
        notes.append(_("“%(name)s” is left out: %(why)s") % {"name": name, "why": reasons[why]})
    gaps = [
        f"{name} {percent(100 * share)}"
        for name, share in sorted(result.missing.items(), key=lambda pair: -pair[1])
        if share and name not in result.left_out
    ]
    if gaps:
        notes.append(
            _("missing ratings: %s; every pair of ratings there is was used") % ", ".join(gaps)
        )
    if result.method == Method.PAIRWISE_SHRUNK:
        notes.append(_("the gaps contradict each other: correlations were shrunk until they fit"))
    return Drivers(result, notes)


def _ratings(column: CodedColumn) -> tuple[NDArray[np.float64], int]:
    """Numbers with NaN for gaps, and how many cells held words."""
    texts = column.texts
    values = [read_rating(text) for text in texts]
    numbers = np.array([np.nan if v is None else v for v in values], dtype=np.float64)
    words = np.array(
        [v is None and not is_missing(text) for v, text in zip(values, texts, strict=True)]
    )
    codes = column.codes()
    return numbers[codes], int(words[codes].sum())
