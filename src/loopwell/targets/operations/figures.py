"""How do key figures of units come in?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.targets.enums import Better
from loopwell.targets.models import KeyFigure, KeyFigureValue
from loopwell.targets.queries import units_to_aim_for

AT_ONCE = 2_000


@dataclass(frozen=True)
class FigureValue:
    """A unit's figure in the month that `day` lies in."""

    unit: Unit
    day: date
    value: float


@transaction.atomic
def declare_figure(
    *, actor: Actor, now: datetime, name: str, measured_in: str = "", better: Better | None = None
) -> KeyFigure:
    """The one of this name, made if there is none; its slug stays once given."""
    require(actor, Right.SET_TARGETS)
    kept = " ".join(name.split())[:120]
    slug = slugify(kept)[:40]
    if not kept:
        message = _("Give the key figure a name.")
        raise Invalid(message, fields={"name": [message]})
    found = KeyFigure.objects.filter(name=kept).first()
    if found is None:
        found = KeyFigure(name=kept, slug=_free(slug or "figure"))
    found.measured_in, found.better = measured_in.strip()[:20], better or ""
    found.save()
    append(actor=actor, now=now, events=[Event("figure.declared", "figure", found.pk, {})])
    return found


@transaction.atomic
def rename_figure(*, actor: Actor, now: datetime, figure: KeyFigure, name: str) -> None:
    """Its slug and its values stay."""
    _check_everywhere(actor)
    kept = " ".join(name.split())[:120]
    message = ""
    if not kept:
        message = _("Give the key figure a name.")
    elif KeyFigure.objects.filter(name=kept).exclude(pk=figure.pk).exists():
        message = _("There is a key figure of this name.")
    if message:
        raise Invalid(message, fields={"name": [message]})
    payload = {"was": figure.name, "name": kept}
    figure.name = kept
    figure.save(update_fields=["name"])
    append(actor=actor, now=now, events=[Event("figure.renamed", "figure", figure.pk, payload)])


@transaction.atomic
def put_values(
    *, actor: Actor, now: datetime, figure: KeyFigure, values: Sequence[FigureValue]
) -> int:
    """All of them or none; a value for the same unit and month takes the place of the old one."""
    require(actor, Right.SET_TARGETS)
    mine = set(units_to_aim_for(actor).values_list("pk", flat=True))
    for value in values:
        if value.unit.pk not in mine:
            raise Forbidden(_("%(unit)s is not your unit.") % {"unit": value.unit})
        if not math.isfinite(value.value):
            raise Invalid(_("%(unit)s: this is no number.") % {"unit": value.unit})
    rows = {
        (value.unit.pk, value.day.replace(day=1)): KeyFigureValue(
            figure=figure, unit=value.unit, month=value.day.replace(day=1), value=value.value
        )
        for value in values
    }
    KeyFigureValue.objects.bulk_create(
        rows.values(),
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["figure", "unit", "month"],
        update_fields=["value"],
    )
    payload = {"values": len(rows)}
    append(actor=actor, now=now, events=[Event("figure.values", "figure", figure.pk, payload)])
    return len(rows)


@transaction.atomic
def remove_figure(*, actor: Actor, now: datetime, figure: KeyFigure) -> None:
    """With all its values."""
    _check_everywhere(actor)
    append(
        actor=actor,
        now=now,
        events=[Event("figure.removed", "figure", figure.pk, {"name": figure.name})],
    )
    figure.delete()


def _check_everywhere(actor: Actor) -> None:
    require(actor, Right.SET_TARGETS)
    if not actor.within(Right.SET_TARGETS).everything:
        raise Forbidden(_("A key figure belongs to the whole company."))


def _free(slug: str) -> str:
    taken = set(KeyFigure.objects.values_list("slug", flat=True))
    number, found = 2, slug
    while found in taken:
        found, number = f"{slug[:36]}-{number}", number + 1
    return found
