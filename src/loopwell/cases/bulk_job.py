"""How is a change to very many cases done in the background?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import ngettext

from loopwell.access.models import User
from loopwell.access.queries import actor_for
from loopwell.access.rules import Actor
from loopwell.cases.enums import Priority, Result
from loopwell.cases.operations.bulk import (
    BulkResult,
    close_many,
    give_many,
    rank_many,
    remark_on_many,
)
from loopwell.jobs.models import Job
from loopwell.jobs.operations import enqueue
from loopwell.jobs.rules import PermanentFailure, Running, job

KIND = "cases.bulk"
AT_ONCE = 200  # more is done in the background
MOST = 5000
TOLD = 100  # by name; the others are counted


def do_bulk(
    *,
    actor: Actor,
    now: datetime,
    action: str,
    case_ids: Sequence[int],
    values: Mapping[str, Any],
    report: Callable[[int, int], None] = lambda done, total: None,
) -> BulkResult:
    """`values` holds what the action needs, as JSON can carry it."""
    if action in ("give", "turns"):
        people = {user.ref: user for user in User.objects.filter(ref__in=values["owners"])}
        return give_many(
            actor=actor,
            now=now,
            case_ids=case_ids,
            owners=[people[ref] for ref in values["owners"] if ref in people],
            reason=values["reason"],
            report=report,
        )
    if action == "priority":
        wanted = Priority(int(values["priority"]))
        return rank_many(actor=actor, now=now, case_ids=case_ids, priority=wanted, report=report)
    if action == "note":
        text = values["text"]
        return remark_on_many(actor=actor, now=now, case_ids=case_ids, text=text, report=report)
    result = Result(values["result"])
    return close_many(actor=actor, now=now, case_ids=case_ids, result=result, report=report)


def start_bulk(
    *, actor: Actor, now: datetime, action: str, case_ids: Sequence[int], values: Mapping[str, Any]
) -> Job:
    """Hands it over; the person's rights are looked up again when it runs."""
    args = {
        "action": action,
        "cases": list(case_ids)[:MOST],
        "values": dict(values),
        "user": actor.user_id,
        "language": translation.get_language() or "en",
    }
    return enqueue(kind=KIND, args=args, actor=actor, now=now, max_attempts=1)


@job(KIND)
def work(running: Running, now: datetime) -> dict[str, Any]:
    """Not tried again after a crash: what was done stays done, and the page says how far."""
    args = running.args
    user = User.objects.filter(pk=args["user"], is_active=True).first()
    if user is None:
        raise PermanentFailure("who asked for it has left")
    total = len(args["cases"])
    with translation.override(args["language"]):
        result = do_bulk(
            actor=actor_for(user),
            now=now,
            action=args["action"],
            case_ids=args["cases"],
            values=args["values"],
            report=lambda done, all_of_them: running.progress(done, all_of_them),
        )
        note = ngettext("%(number)s case", "%(number)s cases", result.done)
        running.progress(total, total, note % {"number": result.done})
    return {
        "done": result.done,
        "failed": len(result.not_done),
        "not_done": [asdict(each) for each in result.not_done[:TOLD]],
    }
