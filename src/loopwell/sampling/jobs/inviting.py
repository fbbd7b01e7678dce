"""How do those who were chosen get their invitations?

The log says who was chosen; whoever has an invitation is skipped, so that the work can be taken up
again after a crash.
"""

from array import array
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from loopwell.access.rules import SYSTEM
from loopwell.jobs.rules import PermanentFailure, Running, job
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.sampling.deciding import decide, finish
from loopwell.sampling.models import Decision, Invitation, Programme, Run, Wave
from loopwell.sampling.queries.drawing import sample_wish
from loopwell.sampling.queries.pools import pool_of_wave
from loopwell.sampling.rules import ASKED, NOT_DRAWN, QUOTA
from loopwell.sampling.snapshots import invitation_for
from loopwell.surveys.models import Version

CHUNK = 1000


@job("sampling.invite")
def invite(running: Running, now: datetime) -> dict[str, Any]:
    """Decides upon a launched sending and invites who was chosen."""
    wave = (
        Wave.objects.select_related("version__survey", "unit", "programme")
        .filter(pk=running.args["wave"])
        .first()
    )
    if wave is None or wave.launched_at is None:
        raise PermanentFailure("the sending was taken away")
    run = decide_wave(wave, now, running)
    invited = invite_chosen(run, wave.version, now, wave=wave, running=running)
    finish(run, now)
    return {"invited": invited}


def decide_wave(wave: Wave, now: datetime, running: Running | None = None) -> Run:
    """Judged as of the launch, so that a second try sees the same quarantine."""
    at = wave.launched_at or now
    run, _new = Run.objects.get_or_create(
        wave=wave, day=None, defaults={"at": at, "seed": wave.seed}
    )
    tell = None if running is None else running.progress
    wishes = sample_wish(wave.sample_size, wave.strata)
    decide(run, pool_of_wave(wave, at), lambda _pool: wishes, groups=[wave.strata], tell=tell)
    if wave.chosen is None:
        skipped = (ASKED, QUOTA, NOT_DRAWN)
        wave.excluded = {name: n for name, n in run.counts.items() if name not in skipped}
        wave.chosen = run.counts.get(ASKED, 0)
        wave.save(update_fields=["excluded", "chosen"])
    return run


def invite_chosen(
    run: Run,
    version: Version,
    now: datetime,
    *,
    wave: Wave | None = None,
    programme: Programme | None = None,
    running: Running | None = None,
) -> int:
    """An invitation for everybody the run chose; pieces of one short transaction each."""
    plan = wave or programme
    if plan is None:
        raise ValueError("an invitation belongs to a sending or a programme")
    chosen = array("q", _chosen(run).values_list("pk", flat=True).iterator(chunk_size=10_000))
    expires_at = now + timedelta(days=plan.open_for_days)
    done = 0
    for start in range(0, len(chosen), CHUNK):
        made = [
            invitation_for(
                each.customer,
                version,
                wave=wave,
                programme=programme,
                interaction=each.interaction,
                channel=plan.channel,
                now=now,
                expires_at=expires_at,
            )
            for each in _without(run, wave, chosen[start : start + CHUNK])
        ]
        _save(made, now)
        done += len(made)
        if running is not None:
            running.progress(start + len(made), len(chosen))
    return done


def _chosen(run: Run) -> QuerySet[Decision]:
    return Decision.objects.filter(run=run, outcome=ASKED).order_by("pk")


def _without(run: Run, wave: Wave | None, ids: Sequence[int]) -> Sequence[Decision]:
    """Those of the chosen who have no invitation yet."""
    rows = Decision.objects.filter(pk__in=list(ids)).select_related(
        "customer__account", "interaction"
    )
    found = list(rows.order_by("pk"))
    if wave is not None:
        known = set(
            Invitation.objects.filter(
                wave=wave, customer__in=[each.customer_id for each in found]
            ).values_list("customer_id", flat=True)
        )
        return [each for each in found if each.customer_id not in known]
    known = set(
        Invitation.objects.filter(
            programme=run.programme, interaction__in=[each.interaction_id for each in found]
        ).values_list("interaction_id", flat=True)
    )
    return [each for each in found if each.interaction_id not in known]


@transaction.atomic
def _save(made: list[Invitation], now: datetime) -> None:
    """What is true of each customer now is kept with the invitation."""
    Invitation.objects.bulk_create(made)
    append(
        actor=SYSTEM,
        now=now,
        events=[
            Event(
                "invitation.planned",
                "invitation",
                each.pk,
                {"wave": each.wave_id, "programme": each.programme_id},
            )
            for each in made
        ],
    )
