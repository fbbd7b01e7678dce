"""Which column of the file is meant by a name on the command line?"""

import difflib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loopwell.kit.tables import Table
from loopwell.report.options import Options, ReportError


@dataclass(frozen=True)
class Chosen:
    """Positions of the columns in a row."""

    score: int
    comment: int | None
    date: int | None
    by: tuple[int, ...]
    drivers: tuple[int, ...]


def choose_columns(table: Table, options: Options) -> Chosen:
    """Positions of all columns named; ReportError with the nearest names for an unknown one."""
    if options.score is None:
        raise ValueError("the score's column must be known by now")
    chosen = Chosen(
        score=_position(table, options.score, "--score"),
        comment=_maybe(table, options.comment, "--comment"),
        date=_maybe(table, options.date, "--date"),
        by=tuple(_position(table, name, "--by") for name in options.by),
        drivers=tuple(_position(table, name, "--driver") for name in options.drivers),
    )
    if chosen.score in chosen.drivers:
        raise ReportError(
            _("--driver “%s” is the score itself: leave it out.") % table.columns[chosen.score]
        )
    return chosen


def _maybe(table: Table, name: str | None, option: str) -> int | None:
    return None if name is None else _position(table, name, option)


def _position(table: Table, name: str, option: str) -> int:
    wanted = " ".join(name.split())
    if wanted in table.columns:
        return table.columns.index(wanted)
    lowered = [column.lower() for column in table.columns]
    if lowered.count(wanted.lower()) == 1:
        return lowered.index(wanted.lower())
    facts = {"option": option, "name": name, "file": table.path.name}
    near = difflib.get_close_matches(wanted.lower(), lowered, n=3, cutoff=0.5)
    near += [column for column in lowered if wanted.lower() in column and column not in near][:3]
    if near:
        names = ", ".join(_("“%s”") % table.columns[lowered.index(column)] for column in near)
        raise ReportError(
            _("%(option)s: %(file)s has no column “%(name)s”. Did you mean %(names)s?")
            % {**facts, "names": names}
        )
    shown = ", ".join(_("“%s”") % column for column in table.columns[:20])
    raise ReportError(
        _("%(option)s: %(file)s has no column “%(name)s”. Its columns: %(names)s.")
        % {**facts, "names": shown + (" …" if len(table.columns) > 20 else "")}
    )
