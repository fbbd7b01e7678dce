"""How do complaints and other reports of themes come in?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.themes.enums import ReportWay
from loopwell.themes.models import Report, Theme
from loopwell.themes.queries.reporting import units_to_report_for

AT_ONCE = 2_000
MOST = 1_000_000


@dataclass(frozen=True)
class ReportDraft:
    """So many reports of a theme in a unit by one way; a month's stand on its first day."""

    theme: Theme
    unit: Unit
    way: ReportWay
    on: date
    count: int


@transaction.atomic
def record_reports(*, actor: Actor, now: datetime, reports: Sequence[ReportDraft]) -> int:
    """All of them or none; a count for the same theme, unit, way and day takes the place of the
    old one."""
    require(actor, Right.IMPORT_DATA)
    mine = set(units_to_report_for(actor).values_list("pk", flat=True))
    for each in reports:
        if each.unit.pk not in mine:
            raise Forbidden(_("%(unit)s is not your unit.") % {"unit": each.unit})
        if not 0 <= each.count <= MOST:
            raise Invalid(_("A count is a whole number from 0 to 1,000,000."))
        if each.on > now.date():
            raise Invalid(_("This day is still to come."))
    rows = {
        (each.theme.pk, each.unit.pk, each.way, each.on): Report(
            theme=each.theme, unit=each.unit, way=each.way, on=each.on, count=each.count
        )
        for each in reports
    }
    Report.objects.bulk_create(
        rows.values(),
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["theme", "unit", "way", "on"],
        update_fields=["count"],
    )
    events = [
        Event("theme.reported", "theme", pk, {"reports": sum(key[0] == pk for key in rows)})
        for pk in sorted({key[0] for key in rows})
    ]
    append(actor=actor, now=now, events=events)
    return len(rows)


def move_reports(theme: Theme, into: Theme) -> None:
    """Counts of both for the same unit, way and day add up."""
    kept = {(row.unit_id, row.way, row.on): row for row in into.reports.all()}
    added, gone = [], []
    for row in theme.reports.all():
        same = kept.get((row.unit_id, row.way, row.on))
        if same is not None:
            same.count += row.count
            added.append(same)
            gone.append(row.pk)
    Report.objects.filter(pk__in=gone).delete()
    Report.objects.bulk_update(added, ["count"], batch_size=500)
    theme.reports.update(theme=into)
