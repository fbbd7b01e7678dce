"""How is an initiative kept from others while it changes, and who is told?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.initiatives.models import Initiative
from loopwell.initiatives.queries.seeing import may_work_on, visible_to
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound


class ChangedMeanwhile(Conflict):
    """Somebody else changed the initiative since this person's page was loaded."""


def locked(actor: Actor, initiative: Initiative) -> Initiative:
    """As it is now, kept from others for this transaction; raises NotFound to whom it is none."""
    require(actor, Right.READ_ANSWERS)
    if not visible_to(actor).filter(pk=initiative.pk).exists():
        raise NotFound(_("There is no such initiative."))
    return Initiative.objects.select_for_update().get(pk=initiative.pk)


def locked_to_work(actor: Actor, initiative: Initiative) -> Initiative:
    found = locked(actor, initiative)
    if not may_work_on(actor, found):
        raise Forbidden(_("Only those who lead this initiative or its units can do this."))
    return found


def claim(initiative: Initiative, version: int) -> None:
    """Raises its version, or ChangedMeanwhile unless it is still at the one that was seen."""
    rows = Initiative.objects.filter(pk=initiative.pk, version=version)
    if not rows.update(version=F("version") + 1):
        raise ChangedMeanwhile(
            _("Somebody changed this initiative meanwhile.")
            + " "
            + _("Nothing of yours is lost: look at what changed, then send it again.")
        )
    initiative.version = version + 1


def tell(
    actor: Actor,
    now: datetime,
    initiative: Initiative,
    what: str,
    people: Iterable[int | None] = (),
    **payload: Any,
) -> None:
    """One entry of the journal; whoever does it need not be told."""
    facts = {
        "initiative": initiative.pk,
        "ref": initiative.ref,
        "title": initiative.title,
        "tell": sorted({each for each in people if each and each != actor.user_id}),
        **payload,
    }
    append(actor=actor, now=now, events=[Event(f"initiative.{what}", "initiative", initiative.pk,
                                               facts)])  # fmt: skip


def refuse(fields: dict[str, list[str]]) -> None:
    if fields:
        raise Invalid(" ".join(text for texts in fields.values() for text in texts), fields=fields)
