"""How many customers are there, of whom those who answered are a part?"""

from collections.abc import Mapping

from django.db.models import Count

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.insights.asking import Filters, Key, Question
from loopwell.people.models import Customer

_COUNTED = (("unit",), ("account",), ())
"""Cuts by which customers can be counted as answers are."""


def customers_by_unit(actor: Actor, unit_path: str = "") -> dict[int | None, int]:
    """By the id of their unit, those whose answers the actor may see; in one statement."""
    return _counted(actor, unit_path, "unit_id")


def customers_of(question: Question, actor: Actor) -> Mapping[tuple[Key, ...], int]:
    """Customers by the key of the question's rows without its time; none where the question is
    cut or narrowed by what customers are not counted by."""
    filters = question.filters
    narrowed = Filters(
        start=filters.start, end=filters.end, unit_path=filters.unit_path, kind=filters.kind,
        survey=filters.survey, touchpoint=filters.touchpoint,
    )  # fmt: skip
    if narrowed != filters or question.by not in _COUNTED:
        return {}
    if not question.by:
        return {(): sum(_counted(actor, filters.unit_path, "unit_id").values())}
    found = _counted(actor, filters.unit_path, f"{question.by[0]}_id")
    return {(key,): count for key, count in found.items()}


def _counted(actor: Actor, unit_path: str, column: str) -> dict[int | None, int]:
    rows = Customer.objects.filter(actor.within(Right.READ_ANSWERS).rows(account="account"))
    if unit_path:
        rows = rows.filter(unit__path__startswith=unit_path)
    return dict(rows.order_by().values_list(column).annotate(Count("pk")))
