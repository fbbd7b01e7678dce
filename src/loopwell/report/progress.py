"""How far is it? Shown on the terminal for anything longer than a second."""

import sys
import time
from types import TracebackType

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from loopwell.kit.tables import Table

PATIENCE = 1.0


class ReadingProgress:
    """A bar on stderr while the file is read, silent where stderr is no terminal."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._started = time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> "ReadingProgress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def tick(self) -> None:
        """Another portion was read."""
        if not sys.stderr.isatty() or time.monotonic() - self._started < PATIENCE:
            return
        if self._bar is None:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            total = self._table.bytes_total or None
            self._task = self._bar.add_task(_("Reading %s") % self._table.path.name, total=total)
            self._bar.start()
        self._bar.update(self._task, completed=self._table.bytes_read)

    def computing(self) -> None:
        """All rows are read."""
        if self._bar:
            self._bar.update(self._task, description=_("Computing"), total=None)
