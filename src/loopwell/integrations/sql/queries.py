"""Which sources does an actor see, and which databases can be named?"""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.integrations.sql.models import Source
from loopwell.integrations.sql.reading import place
from loopwell.kit.errors import NotFound


def sources(actor: Actor) -> QuerySet[Source]:
    """Of those who run surveys for the whole company alone: a source brings everybody's."""
    if not actor.within(Right.RUN_SURVEYS).everything:
        return Source.objects.none()
    return Source.objects.select_related("created_by")


def source_by_ref(actor: Actor, ref: str) -> Source:
    found = sources(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such source."))
    return found


def databases() -> list[tuple[str, str]]:
    """Names of LOOPWELL_SOURCE_… and where each leads, without user and password."""
    return [(name, place(name)) for name in settings.SOURCES]
