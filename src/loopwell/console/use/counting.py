"""How is a visit counted once a day without keeping whose it was?

The visitor's own session remembers the day; the count knows the unit and the day alone.
"""

from datetime import datetime

from loopwell.console.answers.selection import today
from loopwell.console.door import StaffRequest
from loopwell.digests.enums import Used
from loopwell.digests.operations import count_use

SEEN = "used"


def count_visit(request: StaffRequest, what: Used, now: datetime) -> None:
    """The first visit of the day; one that came from the digest counts as that too."""
    if request.method != "GET":
        return
    day = today(now)
    kinds = [what, *([Used.DIGEST] if request.GET.get("via") == "digest" else [])]
    seen = request.session.get(SEEN, {})
    known = seen.get("what", []) if seen.get("day") == day.isoformat() else []
    new = [kind for kind in kinds if kind.value not in known]
    if not new:
        return
    for kind in new:
        count_use(actor=request.actor, what=kind, day=day)
    request.session[SEEN] = {"day": day.isoformat(), "what": [*known, *(k.value for k in new)]}
