"""How is the installation doing: readers of the journal, jobs, clock, engines, mail?"""

import platform
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from loopwell import __version__
from loopwell.access.rules import Actor
from loopwell.cases.queries.ladder import nobody_nearer_count
from loopwell.cases.queries.letters import troubled_letters
from loopwell.integrations.imap.queries import mailbox
from loopwell.integrations.webhooks.queries import troubled_endpoints
from loopwell.jobs.queries import failed, schedules, unfinished
from loopwell.journal.queries import behind, cursors, parked
from loopwell.notify.queries import troubled

LATE_AFTER = 60.0  # seconds: facts are promised within five
LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Reader:
    """One consumer of the journal."""

    name: str
    waiting: int
    seconds: int
    error: str
    retry_at: datetime | None

    @property
    def is_late(self) -> bool:
        return bool(self.error) or self.seconds > LATE_AFTER


def readers(now: datetime) -> list[Reader]:
    known = {cursor.consumer: cursor for cursor in cursors()}
    found = []
    for name, (waiting, seconds) in sorted(behind(now).items()):
        cursor = known.get(name)
        error, retry_at = (cursor.error, cursor.retry_at) if cursor else ("", None)
        found.append(Reader(name, waiting, round(seconds), error, retry_at))
    return found


def engines() -> list[tuple[str, str]]:
    """What runs here, without addresses or passwords."""
    warehouse = urlsplit(settings.WAREHOUSE_URL).scheme.split("+")[0]
    names = {
        "duckdb": "DuckDB", "postgresql": "PostgreSQL", "postgres": "PostgreSQL",
        "clickhouse": "ClickHouse", "chdb": "ClickHouse",
    }  # fmt: skip
    with connection.cursor() as cursor:
        question = (
            "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
        )
        cursor.execute(question)
        version = cursor.fetchone()[0]
    mail = _("written to files: no mail leaves") if settings.EMAIL_TO_FILES else _("sent by SMTP")
    return [
        (_("Loopwell"), __version__),
        (_("Database"), f"{connection.display_name} {version}"),
        (_("Warehouse"), names.get(warehouse, warehouse)),
        (_("Mail"), mail),
        (_("Python and Django"), f"{platform.python_version()}, {django.get_version()}"),
    ]


def everything(now: datetime, actor: Actor) -> dict[str, Any]:
    shown = readers(now)
    put_aside = parked()
    given_up = list(failed().order_by("-failed_at")[:50])
    clock = schedules()
    late = [row for row in clock if row.error]
    replies, held = mailbox(actor), troubled_letters(actor, now)
    unsent = troubled(actor, now).filter(alarm__created_at__gt=now - LATELY).count()
    webhooks = list(troubled_endpoints(actor))
    return {
        "now": now,
        "readers": shown,
        "parked": put_aside,
        "jobs": list(unfinished().order_by("run_at", "id")[:50]),
        "failed": given_up,
        "schedules": clock,
        "engines": engines(),
        "nobody_nearer": nobody_nearer_count(),
        "mailbox": replies,
        "letters": held,
        "unsent": unsent,
        "webhooks": webhooks,
        "is_well": not (
            (replies and replies.error)
            or held
            or put_aside
            or given_up
            or late
            or unsent
            or webhooks
        )
        and not any(row.is_late for row in shown),
    }
