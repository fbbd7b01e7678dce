"""Which file does somebody fill in to bring key figures?"""

from collections.abc import Iterator, Sequence
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.console.targets.sheets import as_file
from loopwell.targets.queries import units_to_aim_for
from loopwell.targets.queries.figures import key_figures

MONTHS = 3
"""The last ones: older months are added as further rows."""


def to_fill(actor: Actor, today: date, kind: str) -> HttpResponse:
    """A row for each own unit and month, a column for each figure there is."""
    return as_file(_rows(actor, today), "key-figures", kind)


def _rows(actor: Actor, today: date) -> Iterator[Sequence[object]]:
    names = [figure.name for figure in key_figures(actor)] or [_("Waiting time")]
    yield (_("Unit"), _("Month"), *names)
    blanks = [""] * len(names)
    for unit in units_to_aim_for(actor).filter(children=None).order_by("name"):
        for month in _months(today):
            yield (unit.external_id or unit.name, f"{month:%Y-%m}", *blanks)


def _months(today: date) -> list[date]:
    count = today.year * 12 + today.month - 1
    past = range(count - MONTHS, count)
    return [date(each // 12, each % 12 + 1, 1) for each in past]
