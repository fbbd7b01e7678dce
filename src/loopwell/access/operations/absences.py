"""How does somebody say that they, or one of their people, will be away?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.access.changes import Change, record
from loopwell.access.models import Absence, User
from loopwell.access.queries.absences import deputies_for, keeps_absences_of, overlapping
from loopwell.access.rules import Actor
from loopwell.kit.errors import Forbidden, Invalid

LONGEST = timedelta(days=2 * 366)


@dataclass(frozen=True)
class Leave:
    """Both days included; without a deputy work goes to whoever is next in line."""

    starts_on: date
    ends_on: date
    deputy: User | None = None
    note: str = ""


@transaction.atomic
def enter_absence(*, actor: Actor, now: datetime, person: User, leave: Leave) -> Absence:
    """New work goes elsewhere from the first day on, on the last day's end comes again."""
    _must_keep(actor, person)
    _check(person, leave, now)
    entered = Absence.objects.create(
        user=person,
        starts_on=leave.starts_on,
        ends_on=leave.ends_on,
        deputy=leave.deputy,
        note=leave.note.strip()[:200],
        created_at=now,
    )
    _tell(actor, now, "absence.entered", entered)
    return entered


@transaction.atomic
def cancel_absence(*, actor: Actor, now: datetime, absence: Absence) -> None:
    """They are there after all; what went to somebody else stays with them."""
    _must_keep(actor, absence.user)
    _tell(actor, now, "absence.cancelled", absence)
    Absence.objects.filter(pk=absence.pk).delete()


def _must_keep(actor: Actor, person: User) -> None:
    if not keeps_absences_of(actor, person):
        raise Forbidden(_("Only they themselves or those who lead them enter their absences."))


def _check(person: User, leave: Leave, now: datetime) -> None:
    fields: dict[str, list[str]] = {}
    if leave.ends_on < leave.starts_on:
        fields["ends_on"] = [_("The last day comes before the first.")]
    elif leave.ends_on < (now - timedelta(days=1)).date():
        fields["ends_on"] = [_("These days have passed already.")]
    elif leave.ends_on - leave.starts_on > LONGEST:
        fields["ends_on"] = [_("That is more than two years: deactivate the person instead.")]
    elif known := overlapping(person, leave.starts_on, leave.ends_on):
        facts = {"start": date_format(known.starts_on), "end": date_format(known.ends_on)}
        words = _("An absence from %(start)s to %(end)s is there already: cancel it first.")
        fields["starts_on"] = [words % facts]
    if leave.deputy and not deputies_for(person).filter(pk=leave.deputy.pk).exists():
        words = _("%(name)s does not work on cases near %(person)s: choose somebody else.")
        fields["deputy"] = [words % {"name": leave.deputy, "person": person}]
    if fields:
        raise Invalid(" ".join(t for texts in fields.values() for t in texts), fields=fields)


def _tell(actor: Actor, now: datetime, what: str, absence: Absence) -> None:
    facts = {
        "name": absence.user.name,
        "start": absence.starts_on.isoformat(),
        "end": absence.ends_on.isoformat(),
    }
    record(actor=actor, now=now, change=Change(what, "user", absence.user_id, facts))
