"""Which interactions does an actor see? Those of the customers they see."""

from django.db.models import QuerySet

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.people.models import Interaction


def visible_interactions(actor: Actor) -> QuerySet[Interaction]:
    return Interaction.objects.filter(
        actor.within(Right.READ_CUSTOMERS).rows("customer__unit", account="customer__account")
    ).select_related("customer", "unit", "employee")


def touchpoints_in_use(actor: Actor) -> list[str]:
    """Names of touchpoints that occur among the interactions the actor sees."""
    rows = visible_interactions(actor).select_related(None).order_by("touchpoint")
    return list(rows.values_list("touchpoint", flat=True).distinct())
