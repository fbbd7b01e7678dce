"""How does a case go to somebody else?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.models import User
from loopwell.access.rules import Actor
from loopwell.cases.models import Assignment, Case
from loopwell.cases.operations.locking import claim_case, tell
from loopwell.cases.queries import possible_owners
from loopwell.kit.errors import Invalid


@transaction.atomic
def reassign_case(
    *, actor: Actor, now: datetime, case: Case, version: int, owner: User, reason: str
) -> Case:
    """Gives the case to somebody who may work on it and sees it; a reason is needed."""
    fresh = claim_case(actor=actor, case=case, version=version)
    if not reason.strip():
        message = _("Say why somebody else should take it.")
        raise Invalid(message, fields={"reason": [message]})
    if not possible_owners(fresh).filter(pk=owner.pk).exists():
        message = _("%(name)s does not see this case or may not work on cases.") % {"name": owner}
        raise Invalid(message, fields={"owner": [message]})
    if fresh.owner_id == owner.pk:
        message = _("%(name)s has this case already.") % {"name": owner}
        raise Invalid(message, fields={"owner": [message]})
    before = fresh.owner_id
    fresh.owner = owner
    fresh.save(update_fields=["owner"])
    assignment = Assignment.objects.create(
        case=fresh, owner=owner, reason=reason.strip()[:300], by=actor.label, at=now
    )
    tell(
        actor=actor,
        now=now,
        case=fresh,
        what="assigned",
        assignment=assignment.pk,
        owner=owner.pk,
        before=before,
    )
    return fresh
