"""What do running programmes do by themselves, day by day and contact by contact?

Each has at most one run at a time and, asking everybody in turn, one a day: the database holds it,
however many workers there are. An unfinished run is finished first.
"""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from loopwell.access.rules import SYSTEM
from loopwell.jobs.operations import enqueue
from loopwell.jobs.queries import unfinished
from loopwell.jobs.rules import Running, job, recurring
from loopwell.people.models import Interaction
from loopwell.sampling.calendar import day_begins, is_working_day, local_day, zone_of
from loopwell.sampling.deciding import decide, finish
from loopwell.sampling.enums import ProgrammeKind
from loopwell.sampling.jobs.inviting import invite_chosen
from loopwell.sampling.models import Invitation, Programme, Run, Wave
from loopwell.sampling.queries.drawing import Source, Wish, counted, sample_wish
from loopwell.sampling.queries.plans import contact_limit
from loopwell.sampling.queries.pools import (
    due_interactions,
    pool_of_interactions,
    pool_of_wave,
)
from loopwell.sampling.queries.programmes import running as running_programmes
from loopwell.sampling.queries.quotas import quota_wishes, quotas_of
from loopwell.sampling.queries.upcoming import current_cycle, last_day_of, pace
from loopwell.sampling.rules import ASKED, NOT_DRAWN, QUOTA
from loopwell.surveys.queries import published

BEGINS_HOUR = 8
"""Local hour from which a working day's customers are chosen."""
SETTLED = timedelta(hours=1)
"""Older than any transaction that may still bring interactions with lower ids."""
CYCLE, FOLLOW = "sampling.cycle", "sampling.follow"


@recurring("sampling.programmes", every=timedelta(seconds=30))
def start_due(now: datetime) -> None:
    """Hands what is due to a worker, one job a programme."""
    for programme in running_programmes():
        if programme.kind == ProgrammeKind.RELATIONSHIP and is_due_today(programme, now):
            _enqueue(CYCLE, programme, now)
        elif programme.kind == ProgrammeKind.TRANSACTIONAL and _something_due(programme, now):
            _enqueue(FOLLOW, programme, now)


def _enqueue(kind: str, programme: Programme, now: datetime) -> None:
    if not unfinished().filter(kind=kind, args__programme=programme.pk).exists():
        enqueue(kind=kind, args={"programme": programme.pk}, actor=SYSTEM, now=now)


def is_due_today(programme: Programme, now: datetime) -> bool:
    """On a working day from 8 o'clock where the programme is, once."""
    local = now.astimezone(zone_of(programme.unit))
    if local.hour < BEGINS_HOUR or not is_working_day(local.date(), contact_limit().holidays_of):
        return False
    done = Run.objects.filter(programme=programme, day=local.date(), finished_at__isnull=False)
    return not done.exists()


def _something_due(programme: Programme, now: datetime) -> bool:
    if Run.objects.filter(programme=programme, finished_at=None).exists():
        return True
    return due_interactions(programme, now, newer_than=seen_up_to(programme, now)).exists()


@job(CYCLE)
def ask_in_turn(running: Running, now: datetime) -> dict[str, Any]:
    """The part of the cycle's customers whose turn it is today."""
    programme = running_programmes(ProgrammeKind.RELATIONSHIP).filter(
        pk=running.args["programme"]
    ).first()  # fmt: skip
    if programme is None:
        return {"invited": 0}
    left_over = Run.objects.filter(programme=programme, finished_at=None).first()
    invited = _cycle_run(left_over, programme, now, running) if left_over else 0
    if is_due_today(programme, now):
        wave = open_cycle(programme, now)
        run, _new = Run.objects.get_or_create(
            programme=programme,
            day=local_day(now, zone_of(programme.unit)),
            defaults={"wave": wave, "at": now, "seed": wave.seed},
        )
        invited += _cycle_run(run, programme, now, running)
    return {"invited": invited}


@transaction.atomic
def open_cycle(programme: Programme, now: datetime) -> Wave:
    """The cycle that is going on, or a new one that begins today."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    found = current_cycle(programme, now)
    if found is not None:
        return found
    version = published(programme.survey)
    if version is None:
        raise ValueError("a running programme has a published survey")
    zone = zone_of(programme.unit)
    day = local_day(now, zone)
    return Wave.objects.create(
        programme=programme,
        name=f"{programme.name}, {day:%Y-%m-%d}"[:200],
        version=version,
        unit=programme.unit,
        filter=programme.filter,
        channel=programme.channel,
        other_languages=programme.other_languages,
        reminders=programme.reminders,
        open_for_days=programme.open_for_days,
        strata=programme.strata,
        seed=secrets.randbelow(2**31),
        created_at=now,
        launched_at=now,
        ends_at=day_begins(day + timedelta(days=programme.cycle_days), zone),
        is_demo=programme.is_demo,
    )


def _cycle_run(run: Run, programme: Programme, now: datetime, running: Running) -> int:
    wave = Wave.objects.select_related("version__survey", "unit", "programme").get(runs=run)
    quotas = quotas_of(programme)
    day = run.day or local_day(run.at, zone_of(programme.unit))

    def wishes(source: Source) -> list[Wish]:
        number = _todays_share(programme, wave, day, counted(source, []).get(ASKED, 0), run.at)
        return [*quota_wishes(programme, quotas, run.at), *sample_wish(number, wave.strata)]

    decide(
        run,
        pool_of_wave(wave, run.at),
        wishes,
        groups=[*(each.each for each in quotas), wave.strata],
        changes_only=True,
        tell=running.progress,
    )
    version = published(programme.survey) or wave.version
    invited = invite_chosen(run, version, now, wave=wave, programme=programme, running=running)
    finish(run, now)
    _sum_up(wave, run)
    return invited


def _todays_share(programme: Programme, wave: Wave, day: date, left: int, at: datetime) -> int:
    last = last_day_of(programme, wave, at)
    return pace(left, day, last, contact_limit().holidays_of)


def _sum_up(wave: Wave, run: Run) -> None:
    """What the cycle's page shows: asked so far, and who is left out as of the last run."""
    skipped = (ASKED, QUOTA, NOT_DRAWN)
    wave.excluded = {name: n for name, n in run.counts.items() if name not in skipped}
    wave.chosen = Invitation.objects.filter(wave=wave, is_test=False).count()
    wave.save(update_fields=["excluded", "chosen"])


@job(FOLLOW)
def follow_contacts(running: Running, now: datetime) -> dict[str, Any]:
    """A decision about every interaction that is due, and invitations for the chosen."""
    programme = running_programmes(ProgrammeKind.TRANSACTIONAL).filter(
        pk=running.args["programme"]
    ).first()  # fmt: skip
    if programme is None:
        return {"invited": 0}
    version = published(programme.survey)
    if version is None:
        raise ValueError("a running programme has a published survey")
    run = _open_run(programme, now)
    _decide_contacts(run, programme, running)
    invited = invite_chosen(run, version, now, programme=programme, running=running)
    finish(run, now)
    return {"invited": invited, "decided": sum(run.counts.values())}


def _open_run(programme: Programme, now: datetime) -> Run:
    up_to = Interaction.objects.aggregate(last=Max("pk"))["last"] or 0
    run, _new = Run.objects.get_or_create(
        programme=programme,
        finished_at=None,
        defaults={"at": now, "seed": seed_of(programme), "draw": {"up_to": up_to}},
    )
    return run


def _decide_contacts(run: Run, programme: Programme, running: Running) -> None:
    newer_than = seen_up_to(programme, run.at)
    rows, beside = (
        due_interactions(programme, run.at, newer_than=newer_than, run=run, of_customer=of_one)
        for of_one in (False, True)
    )
    pool = pool_of_interactions(programme, rows, run.at, beside=beside, seed=run.seed)
    quotas = quotas_of(programme)

    def wishes(_pool: Source) -> list[Wish]:
        share = Wish(NOT_DRAWN, share=programme.share)
        return [*quota_wishes(programme, quotas, run.at), share]

    decide(run, pool, wishes, groups=["", *(each.each for each in quotas)], tell=running.progress)


def seen_up_to(programme: Programme, now: datetime) -> int:
    """The highest id of an interaction that a settled run has looked at."""
    last = Run.objects.filter(programme=programme, finished_at__lte=now - SETTLED).first()
    return (last.draw or {}).get("up_to", 0) if last else 0


def seed_of(programme: Programme) -> int:
    """The same for all runs of a transactional programme: a contact's lot never changes."""
    return int.from_bytes(hashlib.sha256(programme.ref.encode()).digest()[:4])
