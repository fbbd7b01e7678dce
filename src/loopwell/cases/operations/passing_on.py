"""To whom do the open cases of people go who have left or may no longer work on cases?"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Assignment, Case
from loopwell.cases.operations.giving import assigned, given_to
from loopwell.cases.queries import Claim, able_to_work, routes
from loopwell.journal.operations import append


def pass_on(*, now: datetime, user_ids: Iterable[int]) -> int:
    """Gives open cases of those of them who cannot work on cases to whom they go by rule.

    Returns how many went on. May be called again: whoever still can keeps theirs.
    """
    wanted = set(user_ids)
    gone = wanted - able_to_work(wanted)
    related = (
        "unit",
        "account",
        "customer",
        "rule__training",
        "response__employee",
        "invitation__employee",
    )
    rows = list(
        Case.objects.filter(owner_id__in=gone, closed_at=None)
        .select_related(*related)
        .order_by("pk")
    )
    routed = routes((Claim.of(case) for case in rows), now=now)
    moved = [case for case in rows if routed[case.pk].owner_id not in (None, *gone)]
    before = {case.pk: case.owner_id for case in moved}
    for case in moved:
        case.owner_id = routed[case.pk].owner_id
        case.version = F("version") + 1  # whoever works on it now is told
    Case.objects.bulk_update(moved, ["owner", "version"], batch_size=500)
    saved = Assignment.objects.bulk_create(
        [given_to(routed[case.pk], case=case, now=now) for case in moved]
    )
    append(actor=SYSTEM, now=now, events=[assigned(row, before[row.case_id]) for row in saved])
    return len(moved)
