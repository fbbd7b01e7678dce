"""`loopwell import`: how do customers, interactions and historic answers come in from a file?"""

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loopwell.config.commands.setting_up import fail, prepare

if TYPE_CHECKING:
    from loopwell.kit.tables import Table
    from loopwell.people.importing.runner import Progress
    from loopwell.people.models import Upload

REFUSED = 3
"""Exit code when the file came in, but some of its rows were refused."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Bring in a CSV, TSV, XLSX or Parquet file. Columns are guessed from their names; "
        "columns that fill no field become properties. A file brought again changes nothing. "
        f"Exit code 0: all rows taken, {REFUSED}: some refused, 1: nothing changed."
    )
    parser.add_argument(
        "kind",
        choices=[
            "customers",
            "accounts",
            "interactions",
            "answers",
            "panel",
            "key_figures",
            "targets",
            "reports",
        ],
    )
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="fill a field (or a property of this name) from a column; FIELD= leaves it empty",
    )
    parser.add_argument(
        "--only-mapped", action="store_true", help="do not keep other columns as properties"
    )
    parser.add_argument("--dry-run", action="store_true", help="tell what would happen")
    parser.add_argument("--rejects", type=Path, metavar="FILE", help="where refused rows go")
    parser.add_argument("--encoding", help="utf-8, cp1251 …, when detection is wrong")
    parser.add_argument("--delimiter", help="one character, or comma, semicolon, tab, pipe")
    parser.add_argument("--sheet", help="which sheet of a workbook")
    parser.add_argument("--date-order", choices=["dmy", "mdy", "ymd"], dest="date_order")
    parser.add_argument("--region", help="country of phone numbers without a code, such as PL")
    parser.add_argument(
        "--time-zone", dest="time_zone", help="clock of the times of interactions: Europe/Warsaw"
    )
    answers = parser.add_argument_group("answers")
    answers.add_argument("--scale", choices=["0-10", "1-10", "1-5", "5-1"], default="0-10")
    answers.add_argument("--survey", help="name of the survey they belong to, made when missing")
    answers.add_argument("--answered-on", dest="answered_on", metavar="YYYY-MM-DD")
    answers.add_argument(
        "--anonymous", action="store_true", help="add no customers that are not known yet"
    )
    answers.add_argument(
        "--open-cases", action="store_true", help="open cases for unhappy customers"
    )


def run(args: argparse.Namespace) -> int:
    prepare()
    from loopwell.kit.errors import ExpectedError

    try:
        return _bring(args)
    except ExpectedError as error:
        return fail(str(error))


def _bring(args: argparse.Namespace) -> int:
    from django.utils import timezone
    from rich.progress import Progress

    from loopwell.access.rules import SYSTEM
    from loopwell.benchmarks.importing import panels_for
    from loopwell.people.importing.kinds import accounts_for, customers_for, interactions_for
    from loopwell.people.importing.runner import Run, finish
    from loopwell.people.importing.source import open_upload, rejects_path
    from loopwell.responses.historic.importer import answers_for
    from loopwell.targets.importing import figures_for, targets_for
    from loopwell.themes.importing import reports_for

    upload = _upload(args)
    table = open_upload(upload)
    upload.mapping = _mapping(args, table)
    _say_detected(table, upload)
    if not args.dry_run:
        upload.save()
    makers = {
        "customers": customers_for,
        "accounts": accounts_for,
        "interactions": interactions_for,
        "answers": answers_for,
        "panel": panels_for,
        "key_figures": figures_for,
        "targets": targets_for,
        "reports": reports_for,
    }
    with Progress(disable=not sys.stderr.isatty()) as bar:
        outcome = Run(
            upload=upload,
            make=makers[args.kind](SYSTEM),
            write=not args.dry_run,
            job_ref=f"cli{upload.ref[:11]}",
            now=timezone.now(),
            progress=_shown_on(bar),
        ).go()
    phase = "trial" if args.dry_run else "import"
    if not args.dry_run:
        finish(upload, outcome, write=True)
    _hand_over(rejects_path(upload, phase), args.rejects, keep=not args.dry_run)
    _tell(outcome, args)
    return REFUSED if outcome["counts"]["refused"] else 0


def _upload(args: argparse.Namespace) -> "Upload":
    from loopwell.kit.errors import Invalid
    from loopwell.people.models import Upload
    from loopwell.people.rules.contact import normal_time_zone

    names = ("encoding", "delimiter", "sheet", "date_order", "region", "time_zone", "scale",
             "answered_on")  # fmt: skip
    options: dict[str, Any] = {name: getattr(args, name) or "" for name in names}
    options |= {
        "survey_name": args.survey or "",
        "creates_customers": not args.anonymous,
        "opens_cases": args.open_cases,
    }
    if args.time_zone and normal_time_zone(args.time_zone) is None:
        raise Invalid(f"--time-zone {args.time_zone}: write it as in Europe/Warsaw.")
    path = str(args.file.resolve())
    return Upload(kind=args.kind, filename=args.file.name[:255], path=path[:255], options=options)


def _mapping(args: argparse.Namespace, table: "Table") -> dict[str, str]:
    """Guesses, then what `--map` says; a field unknown to the kind is a property's name."""
    from loopwell.benchmarks.rules import PANEL_FIELDS
    from loopwell.kit.errors import Invalid
    from loopwell.people.rules.fields import FIELDS, PROPERTY, guess_mapping
    from loopwell.people.rules.properties import check_property_name, property_names
    from loopwell.responses.historic.fields import ANSWER_FIELDS
    from loopwell.targets.reading_files import FIGURE_FIELDS, TARGET_FIELDS
    from loopwell.themes.rules.reporting import REPORT_FIELDS

    fields = {
        **{kind.value: found for kind, found in FIELDS.items()},
        "answers": ANSWER_FIELDS,
        "panel": PANEL_FIELDS,
        "key_figures": FIGURE_FIELDS,
        "targets": TARGET_FIELDS,
        "reports": REPORT_FIELDS,
    }[args.kind]
    known = {field.name for field in fields}
    chosen: dict[str, str] = {}
    for pair in args.map:
        name, equals, column = pair.partition("=")
        if not equals:
            raise Invalid(f"--map {pair}: write FIELD=COLUMN. Fields: {', '.join(sorted(known))}.")
        if column and column not in table.columns:
            told = ", ".join(table.columns)
            raise Invalid(f"--map {pair}: the file has no column “{column}”. It has: {told}.")
        target = name if name in known else PROPERTY + check_property_name(name)
        chosen[target] = column
    free = [column for column in table.columns if column not in chosen.values()]
    guessed = {n: c for n, c in guess_mapping(fields, free).items() if n not in chosen}
    mapping = {name: column for name, column in {**guessed, **chosen}.items() if column}
    if not args.only_mapped:
        left = [column for column in table.columns if column not in mapping.values()]
        for name, column in property_names(left).items():
            mapping.setdefault(PROPERTY + name, column)
    return mapping


def _shown_on(bar: Any) -> "Progress":
    task = bar.add_task("Reading", total=None)

    def show(done: int, total: int, note: str) -> None:
        bar.update(task, completed=done, total=total, description=note)

    return show


def _hand_over(made: Path, wanted: Path | None, *, keep: bool) -> None:
    if wanted is not None:
        shutil.copyfile(made, wanted)
    if not keep:
        made.unlink(missing_ok=True)


def _say_detected(table: "Table", upload: "Upload") -> None:
    from rich.console import Console

    found = table.detected
    parts = [found.kind, found.encoding, repr(found.delimiter) if found.delimiter else found.sheet]
    out = Console()
    out.print(f"Read as {', '.join(part for part in parts if part)}.", highlight=False)
    for note in found.notes:
        out.print(f"  {note}", highlight=False, markup=False)
    for name, column in upload.mapping.items():
        out.print(f"  {name:24} ← {column}", highlight=False, markup=False)


def _tell(outcome: dict[str, Any], args: argparse.Namespace) -> None:
    from rich.console import Console

    out = Console()
    counts = ", ".join(f"{count:,} {state}" for state, count in outcome["counts"].items())
    verb = "Would be" if args.dry_run else "Done"
    out.print(f"{verb}: {counts}.", highlight=False)
    for title, told in (("Refused", outcome["reasons"]), ("Look at", outcome["warnings"])):
        for reason, count in sorted(told.items(), key=lambda pair: -pair[1]):
            out.print(f"  {title}: {reason} ({count:,})", highlight=False, markup=False)
    for each in outcome["examples"][:5]:
        where = f"  line {each['row']}, {each['column'] or '–'}: {each['value']!r}"
        out.print(f"{where} {each['reason']}", highlight=False, markup=False)
    if outcome["counts"]["refused"] and args.rejects:
        out.print(f"  All refused rows: {args.rejects}", highlight=False, markup=False)
