"""Which journeys are there, and which moments does each have?"""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.kit.errors import NotFound
from loopwell.people.models import Journey, Moment


def journeys(actor: Actor) -> QuerySet[Journey]:
    """All of the company, with `moment_count`, for those who run surveys."""
    if not actor.may(Right.RUN_SURVEYS):
        return Journey.objects.none()
    return Journey.objects.annotate(moment_count=Count("moments")).order_by("name")


def journey_by_ref(actor: Actor, ref: str) -> Journey:
    found = journeys(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such journey."))
    return found


def moments_of(journey: Journey) -> list[Moment]:
    """In the order customers meet them, with owner and partner."""
    rows = Moment.objects.filter(journey=journey).select_related("owner", "partner")
    return list(rows.order_by("position", "id"))


def moment_by_ref(journey: Journey, ref: str) -> Moment:
    found = Moment.objects.filter(journey=journey, ref=ref).select_related("owner", "partner")
    if (moment := found.first()) is None:
        raise NotFound(_("There is no such moment."))
    return moment
