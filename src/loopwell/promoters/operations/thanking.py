"""How is it noted that a promoter was thanked, or said whether they are a reference?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, NotFound
from loopwell.promoters.enums import How
from loopwell.promoters.models import Promoter, Thanks
from loopwell.promoters.queries import promoters


@transaction.atomic
def thank(*, actor: Actor, now: datetime, promoter: Promoter, how: How, note: str = "") -> Thanks:
    """A call counts as a contact: see promoters.contact."""
    _may(actor, promoter)
    row = Thanks.objects.create(
        promoter=promoter, how=how, note=note.strip()[:500], by_id=actor.user_id, at=now
    )
    Promoter.objects.filter(pk=promoter.pk).update(thanked_at=now)
    event = Event(
        "promoter.thanked", "customer", promoter.customer_id, {"thanks": row.pk, "how": how.value}
    )
    append(actor=actor, now=now, events=[event])
    return row


@transaction.atomic
def set_reference(*, actor: Actor, now: datetime, promoter: Promoter, agrees: bool) -> Promoter:
    """As they told one of us."""
    _may(actor, promoter)
    promoter.reference, promoter.reference_at = agrees, now
    promoter.save(update_fields=["reference", "reference_at"])
    what = "given" if agrees else "withdrawn"
    payload = {"promoter": promoter.pk}
    append(
        actor=actor,
        now=now,
        events=[Event(f"reference.{what}", "customer", promoter.customer_id, payload)],
    )
    return promoter


def _may(actor: Actor, promoter: Promoter) -> None:
    require(actor, Right.READ_CUSTOMERS)
    if not promoters(actor).filter(pk=promoter.pk).exists():
        raise NotFound(_("There is no such promoter."))
    if not promoters(actor, Right.WORK_CASES).filter(pk=promoter.pk).exists():
        raise Forbidden(_("You may read this, but others work on it."))
