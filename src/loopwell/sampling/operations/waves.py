"""How is a sending planned, launched, paused and resumed?"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.jobs.operations import enqueue
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Invalid
from loopwell.sampling.enums import After, Channel
from loopwell.sampling.models import ContactException, Wave
from loopwell.sampling.operations.checks import (
    bound,
    check_discreet,
    check_numbers,
    check_reasons,
    check_wave,
)
from loopwell.sampling.rules import CustomerFilter
from loopwell.surveys.models import Survey
from loopwell.surveys.queries import published

NOTHING: Mapping[After, str] = MappingProxyType({})


class NothingToSend(Invalid):
    """The survey has no published version."""


class AlreadyLaunched(Conflict):
    """Somebody started it before."""


@transaction.atomic
def plan_wave(
    *,
    actor: Actor,
    name: str,
    survey: Survey,
    wanted: CustomerFilter,
    now: datetime,
    sample_size: int | None = None,
    other_languages: bool = False,
    reminders: Sequence[int] = (7,),
    open_for_days: int = 35,
    exceptions: Mapping[After, str] = NOTHING,
    channel: str = Channel.EMAIL,
    strata: str = "",
    seed: int | None = None,
    is_demo: bool = False,
) -> Wave:
    """A sending nobody has got yet; its random sample is fixed by the seed kept with it.

    `reminders` are days after the invitation; `exceptions` give the reason for each contact rule
    the sending may break; `strata` names the property in whose proportions the sample is drawn.
    """
    require(actor, Right.RUN_SURVEYS)
    version = published(survey)
    if version is None or survey.archived_at is not None:
        raise NothingToSend(_("Publish the survey first, then send it."))
    check_numbers(sample_size, reminders, open_for_days)
    check_reasons(exceptions)
    check_discreet(survey.kind, channel)
    wave = Wave.objects.create(
        name=name.strip()[:200] or survey.name,
        version=version,
        unit=bound(actor, wanted.unit),
        filter=wanted.to_json(),
        sample_size=sample_size,
        other_languages=other_languages,
        reminders=sorted(set(reminders)),
        open_for_days=open_for_days,
        channel=channel,
        strata=strata,
        seed=secrets.randbelow(2**31) if seed is None else seed,
        created_by_id=actor.user_id,
        created_at=now,
        is_demo=is_demo,
    )
    for after, reason in exceptions.items():
        ContactException.objects.create(
            wave=wave,
            after=after,
            reason=reason.strip(),
            created_by_id=actor.user_id,
            created_at=now,
        )
    return wave


@transaction.atomic
def launch_wave(*, actor: Actor, wave: Wave, now: datetime) -> Wave:
    """Starts it: a job chooses the customers and makes their invitations, delivery sends them."""
    check_wave(actor, wave)
    if not Wave.objects.filter(pk=wave.pk, launched_at=None).update(launched_at=now):
        raise AlreadyLaunched(_("This sending has already been started."))
    append(actor=actor, now=now, events=[Event("wave.launched", "wave", wave.pk)])
    enqueue(
        kind="sampling.invite",
        args={"wave": wave.pk},
        actor=actor,
        now=now,
        dedupe_key=f"wave:{wave.ref}",
    )
    wave.refresh_from_db()
    return wave


def pause_wave(*, actor: Actor, wave: Wave, now: datetime) -> Wave:
    """Messages not yet handed to the mail server wait from now on; reminders too."""
    check_wave(actor, wave)
    Wave.objects.filter(pk=wave.pk, paused_at=None).update(paused_at=now)
    wave.refresh_from_db()
    return wave


def resume_wave(*, actor: Actor, wave: Wave) -> Wave:
    check_wave(actor, wave)
    Wave.objects.filter(pk=wave.pk).update(paused_at=None)
    wave.refresh_from_db()
    return wave


def discard_wave(*, actor: Actor, wave: Wave) -> None:
    """Throws away a sending that was planned and never started."""
    check_wave(actor, wave)
    deleted, _by_model = Wave.objects.filter(pk=wave.pk, launched_at=None).delete()
    if not deleted:
        raise AlreadyLaunched(_("This sending has been started: pause it instead."))
