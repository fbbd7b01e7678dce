"""Which endpoints are there, and what was sent to each?"""

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.queries import managed_units
from loopwell.access.rules import Actor, require
from loopwell.integrations.webhooks.models import Delivery, Endpoint
from loopwell.kit.errors import NotFound


def endpoints(actor: Actor) -> QuerySet[Endpoint]:
    """Of the units the actor manages, with what waits and what was given up."""
    require(actor, Right.MANAGE_ACCESS)
    rows = Endpoint.objects.filter(unit__in=managed_units(actor))
    open_ones = Q(deliveries__delivered_at=None, deliveries__failed_at=None)
    return (
        rows.select_related("unit", "created_by")
        .annotate(
            waiting=Count("deliveries", filter=open_ones & Q(deliveries__isnull=False)),
            given_up=Count("deliveries", filter=Q(deliveries__failed_at__isnull=False)),
            last_at=Max("deliveries__delivered_at"),
        )
        .order_by("name", "id")
    )


def endpoint_by_ref(actor: Actor, ref: str) -> Endpoint:
    found = endpoints(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such webhook."))
    return found


def deliveries_to(actor: Actor, endpoint: Endpoint) -> QuerySet[Delivery]:
    """The newest first, each with its tries."""
    rows = Delivery.objects.filter(endpoint__in=endpoints(actor).values("pk"), endpoint=endpoint)
    return rows.prefetch_related("attempts").order_by("-id")


def delivery_by_ref(actor: Actor, ref: str) -> Delivery:
    mine = endpoints(actor).values("pk")
    found = Delivery.objects.filter(endpoint__in=mine, ref=ref).select_related("endpoint").first()
    if found is None:
        raise NotFound(_("There is no such delivery."))
    return found


def troubled_endpoints(actor: Actor) -> QuerySet[Endpoint]:
    """Paused, or failing right now."""
    if not actor.may(Right.MANAGE_ACCESS):
        return Endpoint.objects.none()
    return endpoints(actor).filter(Q(paused_at__isnull=False) | Q(failures__gt=0), is_on=True)
