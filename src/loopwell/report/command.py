"""How is `loopwell report FILE` called, and what does it answer with?"""

import argparse
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from loopwell.calc.scales import Scale
from loopwell.kit.tables import TableError, open_table
from loopwell.report.analysis import analyse
from loopwell.report.as_json import as_json
from loopwell.report.language import LANGUAGES, speaking
from loopwell.report.options import NothingUsable, Options, ReportError, options_of
from loopwell.report.page import write_page
from loopwell.report.progress import ReadingProgress
from loopwell.report.propose import propose
from loopwell.report.terminal import show
from loopwell.report.wording import printable

OK, NOTHING_USABLE, BAD_FILE_OR_USAGE = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments, for a parser or subparser."""
    parser.add_argument("file", metavar="FILE", help="CSV, TSV, XLSX or Parquet")
    parser.add_argument("--score", metavar="COLUMN", help="the score; left out: it is proposed")
    parser.add_argument("--scale", choices=[scale.value for scale in Scale], help="default 0-10")
    parser.add_argument("--comment", metavar="COLUMN", help="what people wrote")
    parser.add_argument("--date", metavar="COLUMN", help="when they answered, for the trend")
    parser.add_argument(
        "--by", metavar="COLUMN", action="append", default=[], help="compare groups"
    )
    parser.add_argument("--driver", metavar="COLUMN", action="append", default=[],
                        help="a rated aspect")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.add_argument("--out", metavar="REPORT.html", help="write the report as one HTML file")
    parser.add_argument("--rejects", metavar="REJECTS.csv", help="write rows that were not used")
    forced = parser.add_argument_group("what is detected can be forced")
    forced.add_argument("--encoding", help="utf-8, utf-16, cp1250, cp1251, cp1252 …")
    forced.add_argument("--delimiter", help="one character, or tab, comma, semicolon, pipe")
    forced.add_argument("--sheet", help="the sheet of a workbook")
    forced.add_argument("--date-order", choices=["dmy", "mdy", "ymd"], help="of 03/04/2025")
    parser.add_argument("--min-group", type=_positive, default=30, metavar="N",
                        help="smaller groups are marked and not judged (default 30)")  # fmt: skip
    parser.add_argument("--language", choices=LANGUAGES, help="of the report")


def run(args: argparse.Namespace) -> int:
    """Make the report; returns the exit code: 0, 1 (no usable row), 2 (bad file or usage)."""
    options = options_of(args)
    with speaking(options.language):
        try:
            return _report(options)
        except NothingUsable as error:
            return _fail(error, NOTHING_USABLE)
        except (ReportError, TableError) as error:
            return _fail(error, BAD_FILE_OR_USAGE)


def _report(options: Options) -> int:
    _check_outputs(options)
    table = open_table(
        options.file,
        encoding=options.encoding,
        delimiter=options.delimiter,
        sheet=options.sheet,
    )
    if options.score is None:
        propose(table, options)
        return BAD_FILE_OR_USAGE
    with ReadingProgress(table) as progress, _collector_at_rest():
        report = analyse(table, options, progress)
    if options.out:
        write_page(report, options.out)
    if options.json:
        sys.stdout.write(as_json(report) + "\n")
    else:
        show(report, written=[path for path in (options.out, options.rejects) if path])
    return OK


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Millions of short-lived rows hold no cycles: looking for some takes a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _check_outputs(options: Options) -> None:
    """Never write over what is read, and know before the work that the folder exists."""
    for name, path in (("--out", options.out), ("--rejects", options.rejects)):
        if path is None:
            continue
        if path.exists() and options.file.exists() and path.samefile(options.file):
            raise ReportError(_("%(option)s would write over the file that is read.")
                              % {"option": name})  # fmt: skip
        if not path.parent.is_dir() or path.is_dir():
            raise ReportError(
                _("%(option)s: %(path)s cannot be written, its folder does not exist.")
                % {"option": name, "path": path}
            )
    if options.out and options.out == options.rejects:
        raise ReportError(_("--out and --rejects name the same file."))


def _fail(error: Exception, code: int) -> int:
    sys.stderr.write(f"loopwell report: {printable(str(error))}\n")
    return code


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value
