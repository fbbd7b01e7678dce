"""What did we do for one customer in their cases: calls, letters, promises, what they got?"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from loopwell.access.rules import Actor
from loopwell.cases.enums import RedressState
from loopwell.cases.models import Attempt, Closure, FurtherAction, Letter, Redress
from loopwell.cases.queries.scope import visible_to

MOST = 200


def care_of(actor: Actor, customer_id: int) -> Iterator[tuple[datetime, str, Any]]:
    """(when, kind, row), unordered; of the cases the actor sees. Kinds: call, letter, closure,
    redress, action."""
    cases = list(visible_to(actor).filter(customer_id=customer_id).values_list("pk", flat=True))
    if not cases:
        return
    of_these = {"case__in": cases}
    for call in Attempt.objects.filter(**of_these).select_related("by", "case")[:MOST]:
        yield call.at, "call", call
    for letter in Letter.objects.filter(**of_these).select_related("by", "case")[:MOST]:
        yield letter.at, "letter", letter
    for closure in Closure.objects.filter(**of_these).select_related("by", "case")[:MOST]:
        yield closure.at, "closure", closure
    given = Redress.objects.filter(
        **of_these, state__in=[RedressState.GIVEN, RedressState.APPROVED]
    )
    for redress in given.select_related("by", "case")[:MOST]:
        yield redress.decided_at or redress.at, "redress", redress
    for action in FurtherAction.objects.filter(**of_these).select_related("owner", "case")[:MOST]:
        yield action.at, "action", action
