"""How is it written down who got a case, and why?"""

from datetime import datetime

from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Assignment, Case
from loopwell.cases.queries import Routed
from loopwell.journal.rules import Event


def given_to(routed: Routed, *, case: Case, now: datetime) -> Assignment:
    """The record of what routing said."""
    return Assignment(
        case=case,
        owner_id=routed.owner_id,
        route=routed.route,
        reason=routed.why[:300],
        instead_of_id=routed.instead_of,
        by=SYSTEM.label,
        at=now,
    )


def assigned(row: Assignment, before: int | None) -> Event:
    """The journal's entry of one case that went from one person to another."""
    payload = {
        "response": row.case.response_id,
        "customer": row.case.customer_id,
        "assignment": row.pk,
        "owner": row.owner_id,
        "before": before,
    }
    return Event("case.assigned", "case", row.case_id, payload)
