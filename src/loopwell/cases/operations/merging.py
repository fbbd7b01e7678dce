"""How do two cases of one customer become one, and two again?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.cases.enums import Result
from loopwell.cases.models import Case, Closure, JoinedAnswer
from loopwell.cases.operations.locking import claim_case, tell
from loopwell.kit.errors import Invalid


@transaction.atomic
def merge_cases(
    *, actor: Actor, now: datetime, kept: Case, version: int, other: Case, other_version: int
) -> Case:
    """`kept` goes on and takes care of the other's answer too; `other` ends as merged into it.

    The one that goes on is due when the earlier of both was, and as urgent as the more urgent.
    Reopening the other undoes it.
    """
    if kept.pk == other.pk or kept.customer_id != other.customer_id:
        raise Invalid(_("Only two different cases of one customer can be merged."))
    seen = {kept.pk: (kept, version), other.pk: (other, other_version)}
    fresh = {  # in one order, so that two people merging at once do not wait for each other
        pk: claim_case(actor=actor, case=seen[pk][0], version=seen[pk][1]) for pk in sorted(seen)
    }
    goes_on, ends = fresh[kept.pk], fresh[other.pk]
    goes_on.due_at = min(goes_on.due_at, ends.due_at)
    goes_on.priority = min(goes_on.priority, ends.priority)
    goes_on.save(update_fields=["due_at", "priority"])
    joined = None
    if ends.response_id is not None:
        joined = JoinedAnswer.objects.create(case=goes_on, response_id=ends.response_id, at=now)
    closure = Closure.objects.create(
        case=ends, result=Result.MERGED, learnt="", by_id=actor.user_id, at=now
    )
    ends.closed_at, ends.merged_into = now, goes_on
    ends.save(update_fields=["closed_at", "merged_into"])
    tell(actor=actor, now=now, case=ends, what="closed",
         closure=closure.pk, result=Result.MERGED.value, into=goes_on.pk)  # fmt: skip
    tell(actor=actor, now=now, case=goes_on, what="merged",
         merged=ends.pk, joined=joined.pk if joined else None)  # fmt: skip
    return goes_on


def part_again(*, actor: Actor, now: datetime, case: Case) -> None:
    """A merged case that is opened again goes on by itself; within the caller's transaction.

    What was noted in the one it was merged into stays there.
    """
    into = case.merged_into
    if into is None:
        return
    JoinedAnswer.objects.filter(case=into, response=case.response_id).delete()
    case.merged_into = None
    case.save(update_fields=["merged_into"])
    tell(actor=actor, now=now, case=into, what="unmerged", merged=case.pk)
