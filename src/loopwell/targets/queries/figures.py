"""Which operational figures do units have, and do they go together with the score?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import NotFound
from loopwell.targets.models import KeyFigure, KeyFigureValue


@dataclass(frozen=True)
class UnitFigure:
    """A unit's mean of a figure over some months."""

    unit_id: int
    value: float
    months: int


def key_figures(actor: Actor) -> QuerySet[KeyFigure]:
    """Everybody knows which there are; values only of one's own units."""
    require(actor, Right.READ_ANSWERS)
    return KeyFigure.objects.all()


def described(actor: Actor) -> QuerySet[KeyFigure]:
    """With how many `units` and values, from which month to which."""
    return key_figures(actor).annotate(
        units=Count("values__unit", distinct=True),
        count=Count("values"),
        first=Min("values__month"),
        last=Max("values__month"),
    )


def figure_by_ref(actor: Actor, ref: str) -> KeyFigure:
    found = (
        key_figures(actor).filter(ref=ref).first() or key_figures(actor).filter(slug=ref).first()
    )
    if found is None:
        raise NotFound(_("There is no such key figure."))
    return found


def values_of(
    actor: Actor, figure: KeyFigure, start: date | None = None, end: date | None = None
) -> QuerySet[KeyFigureValue]:
    """Of the actor's units; `end` is not included."""
    rows = KeyFigureValue.objects.filter(actor.within(Right.READ_ANSWERS).rows(), figure=figure)
    if start:
        rows = rows.filter(month__gte=start)
    if end:
        rows = rows.filter(month__lt=end)
    return rows.select_related("unit")


def by_unit(
    actor: Actor, figure: KeyFigure, start: date | None = None, end: date | None = None
) -> Sequence[UnitFigure]:
    sums: dict[int, list[float]] = {}
    for unit_id, value in values_of(actor, figure, start, end).values_list("unit_id", "value"):
        sums.setdefault(unit_id, []).append(value)
    return [
        UnitFigure(unit_id, sum(values) / len(values), len(values))
        for unit_id, values in sorted(sums.items())
    ]
