"""How are refused rows handed back, so that a spreadsheet opens them without harm?"""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from django.utils.translation import gettext as _

from loopwell.kit.tables.writing import BOM, csv_line
from loopwell.people.importing.report import Outcome


class RejectsFile:
    """The refused rows as they were, each with its line and why; UTF-8 with BOM for Excel.

    `offset` is where the last finished chunk ended: a resumed run cuts off what came after.
    """

    def __init__(self, path: Path, columns: Sequence[str], *, offset: int = 0) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("r+b" if offset and path.exists() else "w+b")
        self._columns = columns
        if offset:
            self._file.truncate(offset)
            self._file.seek(offset)
        else:
            self._file.write(BOM.encode())
            self._line([_("line"), _("column"), _("reason"), *columns])

    def add(self, outcome: Outcome, columns: dict[str, str]) -> None:
        refused = [p for p in outcome.problems if not p.warning]
        where = ", ".join(dict.fromkeys(columns.get(p.field, p.field) for p in refused if p.field))
        why = "; ".join(dict.fromkeys(p.reason for p in refused))
        self._line([str(outcome.number), where, why, *outcome.values])

    def flush(self) -> int:
        self._file.flush()
        return self._file.tell()

    def _line(self, cells: Sequence[str]) -> None:
        self._file.write(csv_line(cells).encode())

    def __enter__(self) -> "RejectsFile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
