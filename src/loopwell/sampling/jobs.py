"""How do the customers of a launched sending get their invitations?

Chosen anew after a crash, the sample is the same people: those who have theirs are skipped.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from loopwell.access.rules import SYSTEM
from loopwell.jobs.rules import PermanentFailure, Running, job
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.people.models import Customer
from loopwell.sampling.models import Invitation, Wave
from loopwell.sampling.queries import askable_ids, asking_of, candidates_of, reach, sample
from loopwell.sampling.snapshots import invitation_for

CHUNK = 1000


@job("sampling.invite")
def invite(running: Running, now: datetime) -> dict[str, Any]:
    wave = (
        Wave.objects.select_related("version__survey", "unit", "programme")
        .filter(pk=running.args["wave"])
        .first()
    )
    if wave is None or wave.launched_at is None:
        raise PermanentFailure("the sending was taken away")
    chosen = _choose(wave)
    known = set(wave.invitations.values_list("customer_id", flat=True))
    todo = [pk for pk in chosen if pk not in known][: max(len(chosen) - len(known), 0)]
    done = len(known)
    for start in range(0, len(todo), CHUNK):
        done += _invite(wave, todo[start : start + CHUNK], now)
        running.progress(done, len(chosen))
    return {"invited": done}


def _choose(wave: Wave) -> list[int]:
    """Judged as of the launch, so that a second run sees the same quarantine."""
    asking = asking_of(wave, wave.launched_at or wave.created_at)
    rows = candidates_of(wave)
    chosen = sample(askable_ids(rows, asking), wave.sample_size, wave.seed)
    if wave.chosen is None:
        wave.excluded = {each.reason: each.count for each in reach(rows, asking).left_out}
        wave.chosen = len(chosen)
        wave.save(update_fields=["excluded", "chosen"])
    return chosen


@transaction.atomic
def _invite(wave: Wave, ids: list[int], now: datetime) -> int:
    """What is true of each customer now is kept with the invitation."""
    expires_at = now + timedelta(days=wave.open_for_days)
    made = Invitation.objects.bulk_create(
        invitation_for(
            customer,
            wave.version,
            wave=wave,
            programme=wave.programme,
            channel=wave.channel,
            now=now,
            expires_at=expires_at,
        )
        for customer in Customer.objects.filter(pk__in=ids).select_related("account")
    )
    append(
        actor=SYSTEM,
        now=now,
        events=[
            Event("invitation.planned", "invitation", each.pk, {"wave": wave.pk}) for each in made
        ],
    )
    return len(made)
