"""The command line `loopwell`: which commands are there?

Each command imports what it needs when it runs, so that `loopwell report` starts without
Django's models and a wrong setting stops only the commands that use it.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from loopwell import __version__
from loopwell.config.env import SettingError

Add = Callable[[argparse.ArgumentParser], None]
Run = Callable[[argparse.Namespace], int]


def _up() -> tuple[Add, Run]:
    from loopwell.config.commands import serve

    return serve.add_up_arguments, serve.up


def _web() -> tuple[Add, Run]:
    from loopwell.config.commands import serve

    return serve.add_web_arguments, serve.web


def _worker() -> tuple[Add, Run]:
    from loopwell.config.commands import work

    return work.add_arguments, work.run


def _job() -> tuple[Add, Run]:
    from loopwell.config.commands import one_job

    return one_job.add_arguments, one_job.run


def _migrate() -> tuple[Add, Run]:
    from loopwell.config.commands import migrate

    return migrate.add_arguments, migrate.run


def _demo() -> tuple[Add, Run]:
    from loopwell.config.commands import demo

    return demo.add_arguments, demo.run


def _report() -> tuple[Add, Run]:
    from loopwell.report import command

    return command.add_arguments, command.run


def _import() -> tuple[Add, Run]:
    from loopwell.config.commands import import_files

    return import_files.add_arguments, import_files.run


def _warehouse() -> tuple[Add, Run]:
    from loopwell.config.commands import warehouse

    return warehouse.add_arguments, warehouse.run


def _bounces() -> tuple[Add, Run]:
    from loopwell.config.commands import bounces

    return bounces.add_arguments, bounces.run


COMMANDS: dict[str, tuple[str, Callable[[], tuple[Add, Run]]]] = {
    "up": ("start everything in one process", _up),
    "report": ("a NPS report from any CSV, XLSX or Parquet file; needs no set-up", _report),
    "import": (
        "bring in customers, accounts, interactions or historic answers from a file",
        _import,
    ),
    "demo": ("load or remove the demo company", _demo),
    "web": ("serve pages only (with PostgreSQL)", _web),
    "worker": ("run what happens beside the pages (with PostgreSQL)", _worker),
    "job": ("do one job in a process of its own (the server starts it)", _job),
    "migrate": ("bring the tables up to date", _migrate),
    "warehouse": ("rebuild, check or describe the warehouse", _warehouse),
    "bounces": ("record delivery failures from a mail system's reports", _bounces),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the return value is the process's exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words[:1] == ["manage"]:
            from loopwell.config.manage import run

            return run(words[1:])
        parser, chosen = _parser(words)
        args = parser.parse_args(words)
        if chosen is None:
            parser.print_help()
            return 2
        return chosen(args)
    except SettingError as error:
        print(f"loopwell: settings cannot be used\n{error}", file=sys.stderr)  # noqa: T201 the terminal
        return 2
    except KeyboardInterrupt:
        return 130


def _parser(words: Sequence[str]) -> tuple[argparse.ArgumentParser, Run | None]:
    parser = argparse.ArgumentParser(
        prog="loopwell",
        description="Self-hosted Net Promoter System.",
        epilog="`loopwell COMMAND --help` explains a command; `loopwell manage` runs Django's own.",
    )
    parser.add_argument("--version", action="version", version=f"loopwell {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    chosen: Run | None = None
    for name, (help_text, load) in COMMANDS.items():
        sub = commands.add_parser(name, help=help_text, description=help_text)
        if name in words[:1]:
            add, chosen = load()
            add(sub)
    return parser, chosen
