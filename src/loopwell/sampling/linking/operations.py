"""How do links, QR codes, kiosks and website questions come to be, change and close?"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.access.queries import units_within
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.sampling.enums import LinkKind, ProgrammeKind
from loopwell.sampling.linking.settings import LinkSettings, checked
from loopwell.sampling.models import Link, Programme
from loopwell.surveys.models import Survey
from loopwell.surveys.queries import published

USUAL = LinkSettings()


class NotPublished(Invalid):
    """The survey has no published version, so a link to it would show nothing."""


class AlreadySo(Conflict):
    """Somebody closed or reopened it before."""


@transaction.atomic
def create_link_programme(
    *, actor: Actor, survey: Survey, now: datetime, name: str = "", is_demo: bool = False
) -> Programme:
    """The always-on programme of this survey, running from now on; one that runs is returned."""
    require(actor, Right.RUN_SURVEYS)
    if published(survey) is None or survey.archived_at is not None:
        raise NotPublished(_("Publish the survey first, then make a way in to it."))
    scope = actor.within(Right.RUN_SURVEYS)
    running = Programme.objects.filter(
        scope.rows(), survey=survey, kind=ProgrammeKind.LINK, ended_at=None
    ).first()
    if running is not None:
        return running
    unit = None if scope.everything else units_within(scope).order_by("path").first()
    return Programme.objects.create(
        name=name.strip()[:200] or survey.name,
        survey=survey,
        kind=ProgrammeKind.LINK,
        unit=unit,
        created_by_id=actor.user_id,
        created_at=now,
        started_at=now,
        is_demo=is_demo,
    )


@transaction.atomic
def add_link(
    *,
    actor: Actor,
    programme: Programme,
    kind: LinkKind,
    name: str,
    now: datetime,
    unit: Unit | None = None,
    employee: User | None = None,
    language: str = "",
    settings: LinkSettings = USUAL,
) -> Link:
    """One way in; its answers belong to the unit and the employee, else to nobody in particular."""
    require(actor, Right.RUN_SURVEYS)
    _check(actor, programme, unit)
    if not name.strip():
        raise Invalid(_("Give it a name."), fields={"name": [_("Give it a name.")]})
    link = _link(programme, kind, name, unit, employee, language, checked(kind, settings), now)
    link.save()
    append(actor=actor, now=now, events=[_event("link.opened", link)])
    return link


@transaction.atomic
def add_links_for_units(
    *,
    actor: Actor,
    programme: Programme,
    kind: LinkKind,
    units: Iterable[Unit],
    now: datetime,
    language: str = "",
    settings: LinkSettings = USUAL,
) -> Sequence[Link]:
    """One for each unit that has none of this kind yet, so that it may be done again."""
    require(actor, Right.RUN_SURVEYS)
    have = set(_open(programme, kind).filter(employee=None).values_list("unit_id", flat=True))
    fresh = [unit for unit in units if unit.pk not in have]
    for unit in fresh:
        _check(actor, programme, unit)
    settings = checked(kind, settings)
    made = [
        _link(programme, kind, unit.name, unit, None, language, settings, now) for unit in fresh
    ]
    return _add(actor, made, now)


@transaction.atomic
def add_links_for_people(
    *,
    actor: Actor,
    programme: Programme,
    kind: LinkKind,
    people: Iterable[User],
    now: datetime,
    language: str = "",
    settings: LinkSettings = USUAL,
) -> Sequence[Link]:
    """One for each employee who has none of this kind yet, in the unit where they work."""
    require(actor, Right.RUN_SURVEYS)
    have = set(_open(programme, kind).values_list("employee_id", flat=True))
    fresh = [person for person in people if person.pk not in have]
    for person in fresh:
        _check(actor, programme, person.unit)
    settings = checked(kind, settings)
    made = [
        _link(programme, kind, each.name, each.unit, each, language, settings, now)
        for each in fresh
    ]
    return _add(actor, made, now)


@transaction.atomic
def change_link(
    *,
    actor: Actor,
    link: Link,
    now: datetime,
    name: str,
    language: str,
    settings: LinkSettings,
) -> Link:
    """Its address stays, and with it every printed code."""
    require(actor, Right.RUN_SURVEYS)
    _check(actor, link.programme, link.unit)
    if not name.strip():
        raise Invalid(_("Give it a name."), fields={"name": [_("Give it a name.")]})
    link.name, link.language = name.strip()[:200], language
    link.settings = checked(LinkKind(link.kind), settings).to_json()
    link.save(update_fields=["name", "language", "settings"])
    append(actor=actor, now=now, events=[_event("link.changed", link)])
    return link


@transaction.atomic
def close_link(*, actor: Actor, link: Link, now: datetime) -> Link:
    """From now on whoever comes reads that the survey is closed; answers stay."""
    require(actor, Right.RUN_SURVEYS)
    _check(actor, link.programme, link.unit)
    if not Link.objects.filter(pk=link.pk, closed_at=None).update(closed_at=now):
        raise AlreadySo(_("It is closed already."))
    link.closed_at = now
    append(actor=actor, now=now, events=[_event("link.closed", link)])
    return link


@transaction.atomic
def reopen_link(*, actor: Actor, link: Link, now: datetime) -> Link:
    require(actor, Right.RUN_SURVEYS)
    _check(actor, link.programme, link.unit)
    if not Link.objects.filter(pk=link.pk, closed_at__isnull=False).update(closed_at=None):
        raise AlreadySo(_("It is open already."))
    link.closed_at = None
    append(actor=actor, now=now, events=[_event("link.reopened", link)])
    return link


def _check(actor: Actor, programme: Programme, unit: Unit | None) -> None:
    """Raises unless it is an always-on programme and a unit where the actor runs surveys."""
    if programme.kind != ProgrammeKind.LINK:
        raise Invalid(_("This programme sends invitations; links belong to one that is always on."))
    if not actor.within(Right.RUN_SURVEYS).covers(unit.path if unit else None):
        raise Forbidden(_("Choose a unit where you run surveys."))


def _open(programme: Programme, kind: LinkKind) -> QuerySet[Link]:
    return Link.objects.filter(programme=programme, kind=kind, closed_at=None)


def _link(
    programme: Programme,
    kind: LinkKind,
    name: str,
    unit: Unit | None,
    employee: User | None,
    language: str,
    settings: LinkSettings,
    now: datetime,
) -> Link:
    return Link(
        programme=programme,
        kind=kind,
        name=name.strip()[:200],
        unit=unit,
        employee=employee,
        language=language,
        settings=settings.to_json(),
        created_at=now,
    )


def _add(actor: Actor, links: Sequence[Link], now: datetime) -> Sequence[Link]:
    made = Link.objects.bulk_create(links, batch_size=500)
    append(actor=actor, now=now, events=[_event("link.opened", link) for link in made])
    return made


def _event(type_: str, link: Link) -> Event:
    payload = {"kind": str(link.kind), "programme": link.programme_id, "unit": link.unit_id}
    return Event(type_, "link", link.pk, payload)
