"""Which rows could not be used, why, and how does the person get them back to mend?"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from loopwell.kit.tables import Ragged
from loopwell.kit.tables.numbers import ScoreProblem
from loopwell.kit.tables.writing import harmless
from loopwell.report.options import ReportError

SHOWN = 5


@dataclass
class Reason:
    """A reason, how many rows it took, and the first of them."""

    slug: str
    text: str
    count: int = 0
    first_rows: list[int] = field(default_factory=list)


def reason_text(slug: str, *, low: int, high: int) -> str:
    """The sentence for a reason."""
    return {
        ScoreProblem.MISSING.value: _("no score"),
        ScoreProblem.NOT_A_NUMBER.value: _("the score is not a number"),
        ScoreProblem.NOT_WHOLE.value: _("the score is not a whole number"),
        ScoreProblem.OUT_OF_RANGE.value: _("the score is outside %(low)d to %(high)d")
        % {"low": low, "high": high},
        Ragged.TOO_FEW.value: _("too few fields in the row"),
        Ragged.TOO_MANY.value: _("too many fields in the row"),
    }[slug]


class Rejects:
    """Counts rejected rows by reason and writes them to a file when one is asked for."""

    def __init__(self, *, low: int, high: int) -> None:
        self._low, self._high = low, high
        self._reasons: dict[str, Reason] = {}
        self._file: TextIO | None = None

    def write_to(self, path: Path, columns: Sequence[str]) -> None:
        """Start the CSV file (UTF-8 with BOM, so that Excel opens it rightly)."""
        try:
            self._file = path.open("w", encoding="utf-8-sig", newline="")
        except OSError as error:
            raise ReportError(
                _("--rejects: %(path)s cannot be written (%(error)s).")
                % {"path": path, "error": error.strerror}
            ) from error
        self._writer = csv.writer(self._file)
        self._writer.writerow([_("row"), _("reason"), *map(harmless, columns)])

    def add(self, number: int, slug: str, values: Sequence[str]) -> None:
        """One rejected row."""
        reason = self._reasons.get(slug)
        if reason is None:
            text = reason_text(slug, low=self._low, high=self._high)
            reason = self._reasons[slug] = Reason(slug, text)
        reason.count += 1
        if len(reason.first_rows) < SHOWN:
            reason.first_rows.append(number)
        if self._file:
            self._writer.writerow([number, reason.text, *map(harmless, values)])

    def close(self) -> list[Reason]:
        """The reasons, commonest first."""
        if self._file:
            self._file.close()
        return sorted(self._reasons.values(), key=lambda reason: -reason.count)
