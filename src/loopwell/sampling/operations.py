"""How is a sending planned, launched, paused and resumed?"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

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
from loopwell.sampling.enums import After
from loopwell.sampling.models import ContactException, Wave
from loopwell.sampling.rules import LONGEST_DAYS, CustomerFilter
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
    seed: int | None = None,
    is_demo: bool = False,
) -> Wave:
    """A sending nobody has got yet; its random sample is fixed by the seed kept with it.

    `reminders` are days after the invitation; `exceptions` give the reason for each contact rule
    the sending may break.
    """
    require(actor, Right.RUN_SURVEYS)
    version = published(survey)
    if version is None or survey.archived_at is not None:
        raise NothingToSend(_("Publish the survey first, then send it."))
    check_numbers(sample_size, reminders, open_for_days)
    check_reasons(exceptions)
    wave = Wave.objects.create(
        name=name.strip()[:200] or survey.name,
        version=version,
        unit=_bound(actor, wanted.unit),
        filter=wanted.to_json(),
        sample_size=sample_size,
        other_languages=other_languages,
        reminders=sorted(set(reminders)),
        open_for_days=open_for_days,
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


def check_reasons(exceptions: Mapping[After, str]) -> None:
    """Raises Invalid unless each contact rule is broken for a reason somebody wrote down."""
    if any(not reason.strip() for reason in exceptions.values()):
        message = _("Say why this may break the contact rules.")
        raise Invalid(message, fields={"exception_reason": [message]})


def check_numbers(size: int | None, reminders: Sequence[int], days: int) -> None:
    fields: dict[str, list[str]] = {}
    if size is not None and size < 1:
        fields["sample_size"] = [_("Ask at least one customer, or leave it empty for all.")]
    if not 1 <= days <= LONGEST_DAYS:
        fields["open_for_days"] = [_("Choose 1 to 365 days.")]
    if any(not 1 <= day < days for day in reminders):
        fields["reminders"] = [_("Remind while the survey is still open, or not at all.")]
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
