"""How is a programme set up, changed, started, paused, resumed and ended?"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.sampling.enums import After, ProgrammeKind, QuotaPeriod
from loopwell.sampling.models import ContactException, Link, Programme, Quota, Wave
from loopwell.sampling.operations.checks import bound, check_discreet, check_numbers, check_reasons
from loopwell.sampling.operations.waves import NothingToSend
from loopwell.sampling.rules import ADDRESSES, LONGEST_DAYS, ProgrammeDraft
from loopwell.surveys.models import Survey
from loopwell.surveys.queries import published

LONGEST_DELAY_MINUTES = 60 * 24 * 90
LONGEST_EXPIRY_HOURS = 24 * 90


class NotNow(Conflict):
    """The programme is not in the state this needs; the text says in which it is."""


@transaction.atomic
def create_programme(
    *,
    actor: Actor,
    survey: Survey,
    draft: ProgrammeDraft,
    now: datetime,
    is_demo: bool = False,
) -> Programme:
    """A programme that asks nobody until it is started; its survey may still be a draft.

    Raises Invalid with `fields` named like ProgrammeDraft's ("unit" for the filter's).
    """
    require(actor, Right.RUN_SURVEYS)
    check_draft(draft)
    check_discreet(survey.kind, draft.channel)
    programme = Programme(
        survey=survey, kind=draft.kind, created_by_id=actor.user_id, created_at=now
    )
    programme.is_demo = is_demo
    _fill(actor, programme, draft, now)
    _told(actor, programme, "programme.created", now)
    return programme


@transaction.atomic
def change_programme(
    *, actor: Actor, programme: Programme, draft: ProgrammeDraft, now: datetime
) -> Programme:
    """Holds from the next run on; its kind stays. The current cycle takes the changes over, and
    exceptions keep who allowed them unless their reason changes."""
    _check_actor(actor, programme)
    if programme.ended_at is not None:
        raise NotNow(_("This programme has ended: make a new one."))
    if draft.kind != programme.kind:
        raise NotNow(_("A programme keeps its kind: make a new one."))
    check_draft(draft)
    check_discreet(programme.survey.kind, draft.channel)
    _fill(actor, programme, draft, now)
    Wave.objects.filter(programme=programme, ends_at__gt=now).update(
        **{name: getattr(programme, name) for name in SHARED}
    )
    _told(actor, programme, "programme.changed", now)
    return programme


SHARED = ("unit", "filter", "channel", "other_languages", "reminders", "open_for_days", "strata")
"""Fields a cycle has from its programme."""


@transaction.atomic
def start_programme(*, actor: Actor, programme: Programme, now: datetime) -> Programme:
    """Its first run comes with the next tick of the clock."""
    _check_actor(actor, programme)
    if programme.ended_at is not None:
        raise NotNow(_("This programme has ended: make a new one."))
    if programme.survey.archived_at is not None:
        raise NothingToSend(_("Its survey is archived: take it out of the archive first."))
    if published(programme.survey) is None:
        raise NothingToSend(_("Publish the survey first, then start the programme."))
    if not Programme.objects.filter(pk=programme.pk, started_at=None).update(started_at=now):
        raise NotNow(_("This programme has already been started."))
    return _done(actor, programme, "programme.started", now)


@transaction.atomic
def pause_programme(*, actor: Actor, programme: Programme, now: datetime) -> Programme:
    """Nobody is asked and no message or reminder leaves until it goes on; answers still come."""
    _check_actor(actor, programme)
    running = Programme.objects.filter(pk=programme.pk, ended_at=None, started_at__isnull=False)
    if not running.filter(paused_at=None).update(paused_at=now):
        raise NotNow(_("Only a programme that runs can be paused."))
    return _done(actor, programme, "programme.paused", now)


@transaction.atomic
def resume_programme(*, actor: Actor, programme: Programme, now: datetime) -> Programme:
    """Goes on; interactions that became too old meanwhile are written down as expired."""
    _check_actor(actor, programme)
    paused = Programme.objects.filter(pk=programme.pk, ended_at=None, paused_at__isnull=False)
    if not paused.update(paused_at=None):
        raise NotNow(_("Only a paused programme can go on."))
    return _done(actor, programme, "programme.resumed", now)


@transaction.atomic
def end_programme(*, actor: Actor, programme: Programme, now: datetime) -> Programme:
    """For good: no invitations, messages or reminders any more, its links are closed. Who was
    asked can still answer."""
    _check_actor(actor, programme)
    if not Programme.objects.filter(pk=programme.pk, ended_at=None).update(ended_at=now):
        raise NotNow(_("This programme has already ended."))
    Link.objects.filter(programme=programme, closed_at=None).update(closed_at=now)
    Wave.objects.filter(programme=programme, ends_at__gt=now).update(ends_at=now)
    return _done(actor, programme, "programme.ended", now)


def _check_actor(actor: Actor, programme: Programme) -> None:
    require(actor, Right.RUN_SURVEYS)
    where = programme.unit.path if programme.unit else None
    if not actor.within(Right.RUN_SURVEYS).covers(where):
        raise Forbidden(_("This programme reaches beyond your part of the company."))


def check_draft(draft: ProgrammeDraft) -> None:
    """Raises Invalid with every field that does not fit."""
    fields: dict[str, list[str]] = {}
    try:
        check_numbers(None, draft.reminders, draft.open_for_days)
    except Invalid as error:
        fields.update(error.fields)
    try:
        check_reasons(dict(draft.exceptions))
    except Invalid as error:
        fields.update(error.fields)
    if draft.channel not in ADDRESSES:
        fields["channel"] = [_("There is no such channel.")]
    fields.update(_quota_faults(draft))
    if draft.kind == ProgrammeKind.RELATIONSHIP and not 7 <= draft.cycle_days <= 3 * LONGEST_DAYS:
        fields["cycle_days"] = [_("Choose 7 to 1,095 days.")]
    if draft.kind == ProgrammeKind.TRANSACTIONAL:
        fields.update(_timing_faults(draft))
    if fields:
        raise Invalid(_("Some choices do not fit."), fields=fields)


def _timing_faults(draft: ProgrammeDraft) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    if not 0 <= draft.delay_minutes <= LONGEST_DELAY_MINUTES:
        found["delay_minutes"] = [_("Wait 0 minutes to 90 days.")]
    if not 1 <= draft.expires_hours <= LONGEST_EXPIRY_HOURS:
        found["expires_hours"] = [_("Choose 1 hour to 90 days.")]
    elif draft.expires_hours * 60 <= draft.delay_minutes:
        found["expires_hours"] = [_("It would expire before its delay has passed.")]
    if not 1 <= draft.share <= 100:
        found["share"] = [_("Choose 1 to 100 percent.")]
    return found


def _quota_faults(draft: ProgrammeDraft) -> Mapping[str, list[str]]:
    kinds = [(quota.period, quota.each) for quota in draft.quotas]
    if any(quota.most < 1 or quota.period not in QuotaPeriod.values for quota in draft.quotas):
        return {"quotas": [_("A quota allows at least one invitation.")]}
    if len(set(kinds)) < len(kinds):
        return {"quotas": [_("There are two quotas of the same kind: keep one.")]}
    return {}


def _fill(actor: Actor, programme: Programme, draft: ProgrammeDraft, now: datetime) -> None:
    programme.name = draft.name.strip()[:200] or programme.survey.name
    programme.unit = bound(actor, draft.wanted.unit)
    programme.filter = draft.wanted.to_json()
    programme.about = draft.about.to_json()
    programme.reminders = sorted(set(draft.reminders))
    programme.touchpoints = sorted({each.strip() for each in draft.touchpoints if each.strip()})
    for name in PLAIN:
        setattr(programme, name, getattr(draft, name))
    programme.save()
    _keep_quotas(programme, draft)
    _keep_exceptions(actor, programme, draft, now)


PLAIN = (
    "channel", "other_languages", "open_for_days", "strata", "cycle_days", "delay_minutes",
    "expires_hours", "share",
)  # fmt: skip


def _keep_quotas(programme: Programme, draft: ProgrammeDraft) -> None:
    Quota.objects.filter(programme=programme).delete()
    Quota.objects.bulk_create(
        Quota(programme=programme, period=each.period, each=each.each, most=each.most)
        for each in draft.quotas
    )


def _keep_exceptions(
    actor: Actor, programme: Programme, draft: ProgrammeDraft, now: datetime
) -> None:
    wanted: dict[After, str] = {after: reason.strip() for after, reason in draft.exceptions}
    for known in ContactException.objects.filter(programme=programme):
        if wanted.get(After(known.after)) == known.reason:
            del wanted[After(known.after)]
        else:
            known.delete()
    ContactException.objects.bulk_create(
        ContactException(
            programme=programme,
            after=after,
            reason=reason[:500],
            created_by_id=actor.user_id,
            created_at=now,
        )
        for after, reason in wanted.items()
    )


def _done(actor: Actor, programme: Programme, what: str, now: datetime) -> Programme:
    _told(actor, programme, what, now)
    programme.refresh_from_db()
    return programme


def _told(actor: Actor, programme: Programme, what: str, now: datetime) -> None:
    append(actor=actor, now=now, events=[Event(what, "programme", programme.pk)])
