"""Who must be told when a case opens, opens again or goes to somebody else?"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from loopwell.access.models import User
from loopwell.cases.models import Case
from loopwell.journal.rules import Record, consumer
from loopwell.notify.models import Alarm

OPENED = "opened"


@consumer("notify", types={"case.opened", "case.assigned", "case.reopened"})
def plan_alarms(records: Sequence[Record], now: datetime) -> None:
    """One alarm for each person, case and occasion, however often the journal is read."""
    planned = list(_wanted(records, now))
    people = {alarm.user_id for alarm in planned}
    here = set(User.objects.filter(pk__in=people).values_list("pk", flat=True))
    cases = {alarm.case_id for alarm in planned}
    known = set(Case.objects.filter(pk__in=cases).values_list("pk", flat=True))
    Alarm.objects.bulk_create(
        [a for a in planned if a.user_id in here and a.case_id in known], ignore_conflicts=True
    )


def _wanted(records: Sequence[Record], now: datetime) -> Iterator[Alarm]:
    refs = {r.actor.partition(":")[2] for r in records if r.actor.startswith("user:")}
    actors = dict(User.objects.filter(ref__in=refs).values_list("ref", "pk"))
    for record in records:
        owner = record.payload.get("owner")
        took_it = actors.get(record.actor.partition(":")[2]) == owner
        if owner is None or took_it:
            continue
        yield Alarm(
            user_id=owner, case_id=record.subject_id, occasion=_occasion(record), created_at=now
        )


def _occasion(record: Record) -> str:
    """What makes this alarm another than the ones before."""
    if record.type == "case.assigned":
        return f"assigned-{record.payload['assignment']}"
    if record.type == "case.reopened":
        return f"reopened-{record.payload['reopening']}"
    return OPENED
