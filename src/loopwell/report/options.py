"""What was asked of the report?"""

import argparse
from dataclasses import dataclass
from pathlib import Path

from loopwell.calc.scales import Scale
from loopwell.kit.errors import Invalid


class ReportError(Invalid):
    """The report cannot be made as asked; the message says how it can."""


class NothingUsable(ReportError):
    """The file was read and holds not one usable answer."""


@dataclass(frozen=True)
class Options:
    """The command line, typed."""

    file: Path
    score: str | None = None
    scale: Scale | None = None
    comment: str | None = None
    date: str | None = None
    by: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()
    json: bool = False
    out: Path | None = None
    rejects: Path | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    date_order: str | None = None
    minimum: int = 30
    language: str | None = None


def options_of(args: argparse.Namespace) -> Options:
    """Arguments as parsed by `command.add_arguments`."""
    return Options(
        file=Path(args.file),
        score=args.score,
        scale=Scale(args.scale) if args.scale else None,
        comment=args.comment,
        date=args.date,
        by=tuple(dict.fromkeys(args.by)),
        drivers=tuple(dict.fromkeys(args.driver)),
        json=args.json,
        out=Path(args.out) if args.out else None,
        rejects=Path(args.rejects) if args.rejects else None,
        encoding=args.encoding,
        delimiter=args.delimiter,
        sheet=args.sheet,
        date_order=args.date_order,
        minimum=args.min_group,
        language=args.language,
    )
