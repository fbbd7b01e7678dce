"""Who has something late in an initiative that is worked on?"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from loopwell.access.rules import SYSTEM
from loopwell.initiatives.models import Initiative, Task
from loopwell.initiatives.operations.claiming import tell
from loopwell.initiatives.queries.lists import is_late, late_part

AGAIN = timedelta(days=7)


def remind_of_late(now: datetime) -> int:
    """Tells the owners of late tasks, and the initiative's of all else; each initiative at most
    once a week. Returns how many initiatives were spoken of."""
    today = localdate(now)
    due = Q(reminded_on=None) | Q(reminded_on__lte=today - AGAIN)
    rows = (
        Initiative.objects.filter(is_late(today), due).order_by("pk").values_list("pk", flat=True)
    )
    return sum(_remind(pk, now, today) for pk in list(rows))


@transaction.atomic
def _remind(pk: int, now: datetime, today: date) -> bool:
    """False where another clock was faster, or nobody is there to be told."""
    due = Q(reminded_on=None) | Q(reminded_on__lte=today - AGAIN)
    row = Initiative.objects.select_for_update().filter(due, pk=pk).first()
    people = _people(row, today) if row is not None else set()
    if row is None or not people:
        return False
    row.reminded_on = today
    row.save(update_fields=["reminded_on"])
    tell(SYSTEM, now, row, "late", people)
    return True


def _people(row: Initiative, today: date) -> set[int]:
    late = list(
        Task.objects.filter(late_part("", today), initiative=row).values_list("owner_id", flat=True)
    )
    others = row.milestones.filter(late_part("", today)).exists()
    own = others or None in late or (row.due_on is not None and row.due_on < today)
    owners = set(late) | ({row.owner_id} if own else set())
    return {each for each in owners if each is not None}
