"""Which ways in are there for somebody who runs surveys, and what could new ones be for?"""

from collections.abc import Sequence

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.access.queries import in_order, units_within
from loopwell.access.rules import Actor
from loopwell.kit.errors import NotFound
from loopwell.sampling.models import Link


def visible_to(actor: Actor) -> QuerySet[Link]:
    """Links of the units where the actor runs surveys; those of no unit are the company's."""
    if not actor.may(Right.RUN_SURVEYS):
        return Link.objects.none()
    return Link.objects.filter(actor.within(Right.RUN_SURVEYS).rows()).select_related(
        "programme__survey", "unit", "employee"
    )


def links_listed(actor: Actor) -> QuerySet[Link]:
    """By programme, open ones first, then by kind and name."""
    return visible_to(actor).order_by(
        F("programme__ended_at").asc(nulls_first=True),
        "programme__name",
        "programme_id",
        F("closed_at").asc(nulls_first=True),
        "kind",
        "name",
        "pk",
    )


def link_by_ref(actor: Actor, ref: str) -> Link:
    found = visible_to(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such link."))
    return found


def units_to_choose(actor: Actor) -> Sequence[tuple[Unit, int]]:
    """Where the actor may open links, parents before children, each with its depth."""
    return in_order(units_within(actor.within(Right.RUN_SURVEYS)))


def unit_to_choose(actor: Actor, ref: str) -> Unit:
    found = units_within(actor.within(Right.RUN_SURVEYS)).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such unit."))
    return found


def units_at_work(actor: Actor, below: Unit | None) -> Sequence[Unit]:
    """The units that have none below them (the shops and desks), within one unit."""
    rows = units_within(actor.within(Right.RUN_SURVEYS)).filter(children=None)
    return list(rows.filter(path__startswith=below.path) if below else rows)


def people_at_work(actor: Actor, below: Unit | None) -> Sequence[User]:
    """The employees who work within one unit."""
    rows = User.objects.filter(
        actor.within(Right.RUN_SURVEYS).rows(), is_active=True, unit__isnull=False
    )
    rows = rows.filter(unit__path__startswith=below.path) if below else rows
    return list(rows.select_related("unit").order_by("unit__path", "name", "pk"))
