"""How is a sending planned, launched, paused and resumed?"""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.queries import units_within
from loopwell.access.rules import Actor, require
from loopwell.jobs.operations import enqueue
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Invalid
from loopwell.sampling.models import Wave
from loopwell.sampling.rules import LONGEST_DAYS, QUARANTINE_DAYS, CustomerFilter
from loopwell.surveys.models import Survey
from loopwell.surveys.queries import published


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
    quarantine_days: int = QUARANTINE_DAYS,
    other_languages: bool = False,
    remind_after_days: int | None = 7,
    open_for_days: int = 35,
    seed: int | None = None,
    is_demo: bool = False,
) -> Wave:
    """A sending nobody has got yet; its random sample is fixed by the seed kept with it."""
    require(actor, Right.RUN_SURVEYS)
    version = published(survey)
    if version is None or survey.archived_at is not None:
        raise NothingToSend(_("Publish the survey first, then send it."))
    _check_numbers(sample_size, quarantine_days, remind_after_days, open_for_days)
    return Wave.objects.create(
        name=name.strip()[:200] or survey.name,
        version=version,
        unit=_bound(actor, wanted.unit),
        filter=wanted.to_json(),
        sample_size=sample_size,
        quarantine_days=quarantine_days,
        other_languages=other_languages,
        remind_after_days=remind_after_days,
        open_for_days=open_for_days,
        seed=secrets.randbelow(2**31) if seed is None else seed,
        created_by_id=actor.user_id,
        created_at=now,
        is_demo=is_demo,
    )


def _check_numbers(size: int | None, quarantine: int, remind: int | None, days: int) -> None:
    fields: dict[str, list[str]] = {}
    if size is not None and size < 1:
        fields["sample_size"] = [_("Ask at least one customer, or leave it empty for all.")]
    if not 0 <= quarantine <= LONGEST_DAYS:
        fields["quarantine_days"] = [_("Choose 0 to 365 days.")]
    if not 1 <= days <= LONGEST_DAYS:
        fields["open_for_days"] = [_("Choose 1 to 365 days.")]
    if remind is not None and not 1 <= remind < days:
        fields["remind_after_days"] = [_("Remind while the survey is still open, or not at all.")]
    if fields:
        raise Invalid(_("Some numbers do not fit."), fields=fields)


def _bound(actor: Actor, ref: str) -> Unit | None:
    """The unit below which is asked: the chosen one, else the actor's own; none: everywhere."""
    units = units_within(actor.within(Right.RUN_SURVEYS))
    if ref:
        unit = units.filter(ref=ref).first()
        if unit is None:
            message = _("There is no such unit.")
            raise Invalid(message, fields={"unit": [message]})
        return unit
    if actor.within(Right.RUN_SURVEYS).everything:
        return None
    if len(actor.within(Right.RUN_SURVEYS).paths) != 1:
        message = _("Choose the unit whose customers you want to ask.")
        raise Invalid(message, fields={"unit": [message]})
    return units.get(path=actor.within(Right.RUN_SURVEYS).paths[0])


@transaction.atomic
def launch_wave(*, actor: Actor, wave: Wave, now: datetime) -> Wave:
    """Starts it: a job chooses the customers and makes their invitations, delivery sends them."""
    require(actor, Right.RUN_SURVEYS)
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
    require(actor, Right.RUN_SURVEYS)
    Wave.objects.filter(pk=wave.pk, paused_at=None).update(paused_at=now)
    wave.refresh_from_db()
    return wave


def resume_wave(*, actor: Actor, wave: Wave) -> Wave:
    require(actor, Right.RUN_SURVEYS)
    Wave.objects.filter(pk=wave.pk).update(paused_at=None)
    wave.refresh_from_db()
    return wave


def discard_wave(*, actor: Actor, wave: Wave) -> None:
    """Throws away a sending that was planned and never started."""
    require(actor, Right.RUN_SURVEYS)
    deleted, _by_model = Wave.objects.filter(pk=wave.pk, launched_at=None).delete()
    if not deleted:
        raise AlreadyLaunched(_("This sending has been started: pause it instead."))
