"""Which interactions does a programme ask about?"""

from django.db.models import OuterRef, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from loopwell.access.models import Unit
from loopwell.people.models import Interaction
from loopwell.sampling.models import Programme
from loopwell.sampling.queries.plans import candidates_of
from loopwell.sampling.rules import InteractionFilter


def touched_by(programme: Programme) -> QuerySet[Interaction]:
    """At its touchpoints, as `about` wants them, with customers its filter covers."""
    rows = Interaction.objects.all()
    if programme.touchpoints:
        rows = rows.filter(touchpoint__in=programme.touchpoints)
    if programme.unit is not None or programme.filter:
        rows = rows.filter(customer__in=candidates_of(programme))
    return _like(rows, InteractionFilter.from_json(programme.about))


def touched_of_customer(programme: Programme) -> QuerySet[Interaction]:
    """The same, for a subquery about one customer of whom the filter is known to hold.

    The touchpoint is hidden from the planner: without statistics SQLite would rather walk
    through everybody's contacts at the touchpoint than through the customer's few.
    """
    rows = Interaction.objects.filter(customer=OuterRef("customer_id"))
    if programme.touchpoints:
        hidden = Coalesce("touchpoint", Value(""), output_field=TextField())
        rows = rows.alias(hidden=hidden).filter(hidden__in=programme.touchpoints)
    return _like(rows, InteractionFilter.from_json(programme.about))


def _like(rows: QuerySet[Interaction], wanted: InteractionFilter) -> QuerySet[Interaction]:
    if wanted.unit:
        unit = Unit.objects.filter(ref=wanted.unit).first()
        rows = rows.filter(unit__path__startswith=unit.path) if unit else rows.none()
    if wanted.employee:
        rows = rows.filter(employee__ref=wanted.employee)
    if wanted.product:
        rows = rows.filter(product=wanted.product)
    if wanted.channel:
        rows = rows.filter(channel=wanted.channel)
    for number, (name, value) in enumerate(wanted.properties):
        alias = f"about_{number}"
        text_of = Coalesce(
            KeyTextTransform(name, "properties"), Value(""), output_field=TextField()
        )
        rows = rows.alias(**{alias: text_of}).filter(**{alias: value})
    return rows
