"""Which column is the score, when nobody said, and why do we think so?"""

import re
import shlex
import sys
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loopwell.kit.tables import Row, Table, is_missing
from loopwell.kit.tables.dates import DateFormat, DateProblem, detect_date_order
from loopwell.kit.tables.numbers import read_score
from loopwell.report.options import Options, ReportError
from loopwell.report.wording import printable

LOOKED_AT = 2_000
# English, French, German, Polish, Russian, Ukrainian; what names the question itself comes first.
STRONG = re.compile(
    r"nps|promoter|recom|refer a friend|empfehl|polec|рекоменд|порад|\bfft\b|friends and family"
    r"|0.?10",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"score|rating|overall|likel|note\b|bewertung|punkt|ocena|оцен|оцін|балл?\b|satisf|grade|stars",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Candidate:
    """A column that may be the score, with the scale its values fit."""

    name: str
    scale: str
    merit: float
    reasons: list[str]


def propose(table: Table, options: Options) -> None:
    """Print the best guess to stderr with the command that uses it; the report stops there.

    Raises ReportError when no column holds whole numbers between 0 and 10.
    """
    rows = [row for row in table.sample(LOOKED_AT) if not row.ragged]
    candidates = [
        found
        for place, name in enumerate(table.columns)
        if (found := _candidate(name, [row.values[place] for row in rows]))
    ]
    candidates.sort(key=lambda candidate: -candidate.merit)
    if not candidates:
        names = ", ".join(_("“%s”") % name for name in table.columns[:20])
        raise ReportError(
            _("No column holds whole numbers from 0 to 10. Name the score with --score: %s.")
            % names
        )
    best, others = candidates[0], candidates[1:4]
    lines = [
        _("--score is missing. The score is probably “%(name)s”: %(why)s.")
        % {"name": best.name, "why": "; ".join(best.reasons)}
    ]
    if others:
        lines.append(_("Less likely: %s.") % ", ".join(_("“%s”") % other.name for other in others))
    if best.scale in ("1-5", "5-1"):
        lines.append(_("Its marks end at 5: --scale 1-5 if 5 is best, --scale 5-1 if 1 is best."))
    lines += [_("Run:"), f"  {_command(table, options, best, rows)}"]
    sys.stderr.write("\n".join(map(printable, lines)) + "\n")


def _candidate(name: str, cells: list[str]) -> Candidate | None:
    given = [cell for cell in cells if not is_missing(cell)]
    scores = [read_score(cell, lowest=0, highest=10).score for cell in given]
    whole = [score for score in scores if score is not None]
    if not whole or len(whole) < 0.8 * len(given) or len(set(whole)) < 3:
        return None
    low, high = min(whole), max(whole)
    share = 100 * len(whole) / len(given)
    reasons = [
        _("%(share)d %% of its values are whole numbers, from %(low)d to %(high)d")
        % {"share": share, "low": low, "high": high}
    ]
    merit = share / 100 + (0.5 if high == 10 else 0) + len(given) / max(len(cells), 1)
    if STRONG.search(name):
        merit += 3
        reasons.insert(0, _("its name speaks of recommending"))
    elif WEAK.search(name):
        merit += 1.5
        reasons.insert(0, _("its name speaks of a rating"))
    return Candidate(name, _scale(name, low, high), merit, reasons)


def _scale(name: str, low: int, high: int) -> str:
    if low >= 1 and high < 9 and re.search(r"\bfft\b|friends and family", name, re.IGNORECASE):
        return "5-1"  # the NHS question: 1 is very good, 6 and 7 stand for no answer
    if high <= 5 and low >= 1:
        return "1-5"
    return "0-10" if low == 0 else "1-10"


def _command(table: Table, options: Options, best: Candidate, rows: list[Row]) -> str:
    words = ["loopwell", "report", str(options.file), "--score", best.name]
    words += ["--scale", options.scale or best.scale]
    columns = {
        name: [row.values[place] for row in rows if not is_missing(row.values[place])]
        for place, name in enumerate(table.columns)
        if name != best.name
    }
    comment = options.comment or _comment(columns, len(rows))
    date = options.date or next((n for n, cells in columns.items() if _are_dates(cells)), None)
    words += ["--comment", comment] if comment else []
    words += ["--date", date] if date else []
    for name in options.by:
        words += ["--by", name]
    for name in options.drivers:
        words += ["--driver", name]
    return shlex.join(words)


def _comment(columns: dict[str, list[str]], rows: int) -> str | None:
    """The column with the longest texts, if they are sentences."""
    lengths = {
        name: sum(map(len, cells)) / len(cells)
        for name, cells in columns.items()
        if cells and sum(" " in cell.strip() for cell in cells) > 0.6 * len(cells)
        and len(set(cells)) > 0.5 * len(cells)
    }  # fmt: skip
    best = max(lengths, key=lambda name: lengths[name], default=None)
    return best if best and lengths[best] > 25 else None


def _are_dates(cells: list[str]) -> bool:
    """Written as dates: bare numbers could be anything."""
    dated = [
        cell for cell in cells if not cell.strip().isdigit() and not cell.strip()[:1].isalpha()
    ]
    if len(dated) < max(3, 0.9 * len(cells)):
        return False
    format_: DateFormat = detect_date_order(dated)
    readable = sum(format_.read(cell).problem is not DateProblem.UNREADABLE for cell in dated)
    return readable > 0.9 * len(dated)
