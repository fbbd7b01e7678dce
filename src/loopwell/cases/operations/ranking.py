"""How does somebody say that a case is more or less urgent than its rule thought?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.cases.enums import Priority
from loopwell.cases.models import Case
from loopwell.cases.operations.locking import claim_case, tell
from loopwell.kit.errors import Invalid


@transaction.atomic
def set_priority(
    *, actor: Actor, now: datetime, case: Case, version: int, priority: Priority
) -> Case:
    """The deadline stays as it was promised."""
    fresh = claim_case(actor=actor, case=case, version=version)
    if fresh.priority == priority:
        message = _("The case has this priority already.")
        raise Invalid(message, fields={"priority": [message]})
    before, fresh.priority = fresh.priority, priority
    fresh.save(update_fields=["priority"])
    tell(actor=actor, now=now, case=fresh, what="ranked", priority=int(priority), before=before)
    return fresh
