"""How does a whole file of addresses get onto the list of those never to use?

All or nothing: a file with an entry that is no address changes nothing and says in which rows.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.rules import Actor
from loopwell.delivery.enums import Reason
from loopwell.delivery.models import Suppression
from loopwell.delivery.queries import suppressions
from loopwell.kit.errors import Invalid
from loopwell.kit.tables import Row, Table, open_table
from loopwell.people.rules.contact import normal_email, normal_phone, region_of

MOST_SHOWN = 20
CHUNK = 1000
MOST_BYTES = 20 * 1024 * 1024
LOOK_AT = 200


@dataclass(frozen=True)
class Brought:
    """What a file brought: new ones, those already on the list, and repetitions inside it."""

    added: int
    known: int
    repeated: int


def normal_address(text: str) -> str | None:
    """An e-mail address or a phone number as the list keeps it; None when it is neither."""
    if "@" in text:
        return normal_email(text)
    number, understood = normal_phone(text, region_of(settings.TIME_ZONE))
    return number.lower() if understood else None


def import_suppressions(*, actor: Actor, path: Path, now: datetime) -> Brought:
    """Raises Invalid with the rows that cannot be understood; then nothing was added."""
    suppressions(actor)  # refuses those who may not
    if path.stat().st_size > MOST_BYTES:
        raise Invalid(_("The file is larger than 20 MB: split it."))
    found = _read(open_table(path))
    wanted = list(found)
    known: set[str] = set()
    with transaction.atomic():
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            known |= set(
                Suppression.objects.filter(address__in=some).values_list("address", flat=True)
            )
            Suppression.objects.bulk_create(
                [
                    Suppression(address=each, reason=Reason.MANUAL, detail=actor.name, at=now)
                    for each in some
                    if each not in known
                ],
                ignore_conflicts=True,
            )
    return Brought(len(wanted) - len(known), len(known), found.total() - len(wanted))


def _read(table: Table) -> Counter[str]:
    """Addresses by how often they stand in the file."""
    column = _column(table)
    found: Counter[str] = Counter()
    faults: list[tuple[int, str]] = []
    heading = normal_address(table.columns[column])
    if heading:  # a list without headings begins with its first address
        found[heading] += 1
    for row in table.rows():
        said = "" if row.ragged else row.values[column].strip()
        address = normal_address(said) if said else None
        if address is not None:
            found[address] += 1
        elif said or row.ragged:
            faults.append((row.number, said or row.problem(len(table.columns))))
    if faults:
        raise Invalid(_told(faults))
    if not found:
        raise Invalid(_("There is no e-mail address and no phone number in this file."))
    return found


def _column(table: Table) -> int:
    """The one with the most addresses among its first rows."""
    sample: list[Row] = [row for row in table.sample(LOOK_AT) if not row.ragged]
    merits = [
        sum(1 for row in sample if normal_address(row.values[number]))
        + bool(normal_address(heading))
        for number, heading in enumerate(table.columns)
    ]
    return merits.index(max(merits)) if merits else 0


def _told(faults: list[tuple[int, str]]) -> str:
    rows = "; ".join(
        _("row %(row)d: “%(text)s”") % {"row": row, "text": text[:60]}
        for row, text in faults[:MOST_SHOWN]
    )
    more = len(faults) - MOST_SHOWN
    if more > 0:
        rows += " " + ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}
    return _("Nothing was added, because these are no addresses: %(rows)s") % {"rows": rows}
