"""Which programmes are there, and how are they going?"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.kit.errors import NotFound
from loopwell.sampling.enums import After, ProgrammeKind, QuotaPeriod
from loopwell.sampling.models import Programme
from loopwell.sampling.queries.waves import Progress, progress_by
from loopwell.sampling.rules import (
    CustomerFilter,
    InteractionFilter,
    ProgrammeDraft,
    QuotaDraft,
)


def programmes(actor: Actor) -> QuerySet[Programme]:
    """Programmes within the part of the company where the actor runs surveys, newest first."""
    if not actor.may(Right.RUN_SURVEYS):
        return Programme.objects.none()
    return Programme.objects.filter(actor.within(Right.RUN_SURVEYS).rows()).select_related(
        "survey", "unit", "created_by"
    )


def programme_by_ref(actor: Actor, ref: str) -> Programme:
    found = programmes(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such programme."))
    return found


def running(kind: ProgrammeKind | None = None) -> QuerySet[Programme]:
    """Started, neither paused nor ended, their survey in use; of every kind or one."""
    rows = Programme.objects.filter(
        started_at__isnull=False, paused_at=None, ended_at=None, survey__archived_at=None
    ).select_related("survey", "unit")
    return rows.filter(kind=kind) if kind else rows


def programme_progress(programmes: Iterable[Programme]) -> dict[int, Progress]:
    """Invitations, answers and response rate with its interval by programme id, in one query."""
    return progress_by("programme", [each.pk for each in programmes])


def draft_of(programme: Programme) -> ProgrammeDraft:
    """What was chosen for it, to fill a form or to simulate with one thing changed."""
    return ProgrammeDraft(
        kind=ProgrammeKind(programme.kind),
        name=programme.name,
        wanted=CustomerFilter.from_json(programme.filter),
        about=InteractionFilter.from_json(programme.about),
        channel=programme.channel,
        other_languages=programme.other_languages,
        reminders=tuple(programme.reminders),
        open_for_days=programme.open_for_days,
        strata=programme.strata,
        cycle_days=programme.cycle_days,
        touchpoints=tuple(programme.touchpoints),
        delay_minutes=programme.delay_minutes,
        expires_hours=programme.expires_hours,
        share=programme.share,
        quotas=tuple(
            QuotaDraft(QuotaPeriod(each.period), each.most, each.each)
            for each in programme.quotas.order_by("pk")
        ),
        exceptions=tuple(
            (After(each.after), each.reason) for each in programme.contact_exceptions.order_by("pk")
        ),
    )


def sendable_invitations(prefix: str = "") -> Q:
    """Invitations whose messages and reminders may leave: neither their sending nor their
    programme is paused, and the programme has not ended. `prefix` is the path to the invitation,
    such as "invitation__"."""
    wave, programme = f"{prefix}wave", f"{prefix}programme"
    return (Q(**{wave: None}) | Q(**{f"{wave}__paused_at": None})) & (
        Q(**{programme: None})
        | Q(**{f"{programme}__paused_at": None, f"{programme}__ended_at": None})
    )
