"""How do those who were chosen get their invitations?

The log says who was chosen; whoever has an invitation is skipped, so that the work can be taken up
again after a crash.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

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
    done, last = 0, 0
    total = run.counts.get(ASKED, 0)
    expires_at = now + timedelta(days=plan.open_for_days)
    while chosen := list(_without(run, wave).filter(pk__gt=last)[:CHUNK]):
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
            for each in chosen
        ]
        _save(made, now)
        last, done = chosen[-1].pk, done + len(made)
        if running is not None:
            running.progress(done, total)
    return done


def _without(run: Run, wave: Wave | None) -> QuerySet[Decision]:
    """The chosen who have no invitation yet."""
    if wave is not None:
        known = Invitation.objects.filter(wave=wave, customer=OuterRef("customer_id"))
    else:
        known = Invitation.objects.filter(
            programme=run.programme, interaction=OuterRef("interaction_id")
        )
    rows = Decision.objects.filter(~Exists(known), run=run, outcome=ASKED)
    return rows.select_related("customer__account", "interaction").order_by("pk")


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
