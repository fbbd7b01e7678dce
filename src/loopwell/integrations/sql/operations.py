"""How is a source named, changed, tried, started, paused and run?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.integrations.sql.models import Source
from loopwell.integrations.sql.rules import SourceProblem, query_problem, text_of
from loopwell.integrations.sql.taking import Progress, Tried, take_source, try_source
from loopwell.jobs.models import Job
from loopwell.jobs.operations import enqueue
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.people.rules.fields import PROPERTY, lacking_of_interactions
from loopwell.people.rules.properties import check_property_name

SHORTEST, LONGEST = 1, 10_080


class BadSource(Invalid):
    """A source with something in it that cannot be used."""


@dataclass(frozen=True)
class SourceChange:
    """All of a source that a person writes; `since` is where it begins, "" from the start."""

    name: str
    variable: str
    query: str
    every_minutes: int = 15
    watermark_column: str = ""
    since: str = ""
    time_zone: str = ""


def save_source(
    *, actor: Actor, now: datetime, change: SourceChange, source: Source | None = None
) -> Source:
    """Adds or changes one; another query or database forgets the columns. Raises BadSource."""
    _may(actor)
    _check(change, source)
    found = source or Source(created_by_id=actor.user_id, created_at=now)
    if (found.query, found.variable) != (change.query.strip(), change.variable):
        found.columns, found.is_on = [], False
    found.name, found.variable = change.name.strip(), change.variable
    found.query, found.time_zone = change.query.strip(), change.time_zone
    found.every_minutes = change.every_minutes
    if found.watermark_column != change.watermark_column or found.watermark != change.since:
        found.watermark_column, found.watermark = change.watermark_column, change.since.strip()
    found.save()
    return found


def try_it(*, actor: Actor, now: datetime, source: Source) -> Tried:
    """The first rows and what each would become. Raises SourceProblem."""
    _may(actor)
    tried = try_source(source, now)
    source.columns = list(tried.columns)
    source.save(update_fields=["columns"])
    return tried


def choose_columns(*, actor: Actor, source: Source, mapping: Mapping[str, str]) -> None:
    """Which column fills which field. Raises BadSource."""
    _may(actor)
    for name in mapping:
        if name.startswith(PROPERTY):
            check_property_name(name.removeprefix(PROPERTY))
    if missing := lacking_of_interactions(mapping):
        raise BadSource(missing)
    source.mapping = dict(mapping)
    source.save(update_fields=["mapping"])


@transaction.atomic
def start_source(*, actor: Actor, now: datetime, source: Source) -> None:
    _may(actor)
    if missing := lacking_of_interactions(source.mapping):
        raise BadSource(_("Try it and save the columns first. %(what)s") % {"what": missing})
    source.is_on, source.next_run_at = True, now
    source.save(update_fields=["is_on", "next_run_at"])


def pause_source(*, actor: Actor, now: datetime, source: Source) -> None:
    _may(actor)
    source.is_on, source.next_run_at = False, None
    source.save(update_fields=["is_on", "next_run_at"])


def run_now(*, actor: Actor, now: datetime, source: Source) -> None:
    """One run soon, whether it is started or not."""
    _may(actor)
    if missing := lacking_of_interactions(source.mapping):
        raise BadSource(_("Try it and save the columns first. %(what)s") % {"what": missing})
    _enqueue(actor, source, now)


def delete_source(*, actor: Actor, now: datetime, source: Source) -> None:
    """The interactions it brought stay."""
    _may(actor)
    source.delete()


def enqueue_due(now: datetime, actor: Actor) -> int:
    """Hands over the sources whose time has come; one that still runs waits for its next turn."""
    due = Source.objects.filter(is_on=True, next_run_at__lte=now)
    for source in due:
        later = now + timedelta(minutes=source.every_minutes)
        if due.filter(pk=source.pk).update(next_run_at=later):
            _enqueue(actor, source, now)
    return len(due)


def run_source(*, source: Source, now: datetime, progress: Progress) -> dict[str, int]:
    """One run; what goes wrong stands at the source, and the next turn tries again."""
    try:
        taken = take_source(source, now, progress)
    except SourceProblem as error:
        source.last_error, source.last_run_at = str(error)[:500], now
        source.save(update_fields=["last_error", "last_run_at"])
        return {}
    source.last_error, source.last_run_at = "", now
    source.last_counts, source.last_problems = taken.counts, taken.problems
    if taken.watermark is not None:
        source.watermark = text_of(taken.watermark)[:100]
    source.save(
        update_fields=["last_error", "last_run_at", "last_counts", "last_problems", "watermark"]
    )
    return taken.counts


def _enqueue(actor: Actor, source: Source, now: datetime) -> None:
    if Job.objects.filter(ref=source.job_ref or "-", finished_at=None, failed_at=None).exists():
        return
    job = enqueue(kind="sources.run", args={"source": source.ref}, actor=actor, now=now)
    source.job_ref = job.ref
    source.save(update_fields=["job_ref"])


def _may(actor: Actor) -> None:
    require(actor, Right.RUN_SURVEYS)
    if not actor.within(Right.RUN_SURVEYS).everything:
        raise Forbidden(_("Only who runs surveys for the whole company can change sources."))


def _check(change: SourceChange, source: Source | None) -> None:
    fields: dict[str, list[str]] = {}
    others = Source.objects.exclude(ref=source.ref) if source else Source.objects.all()
    if not change.name.strip():
        fields["name"] = [_("Give it a name.")]
    elif others.filter(name=change.name.strip()).exists():
        fields["name"] = [_("Another source has this name.")]
    if change.variable not in settings.SOURCES:
        fields["variable"] = [_("The server names no such database.")]
    if problem := query_problem(change.query, change.watermark_column):
        fields["query"] = [problem]
    if not SHORTEST <= change.every_minutes <= LONGEST:
        fields["every_minutes"] = [_("Write minutes, from 1 to 10,080 (a week).")]
    if change.time_zone and change.time_zone not in available_timezones():
        fields["time_zone"] = [_("This is not a time zone: write it as in Europe/Warsaw.")]
    if fields:
        raise BadSource(next(iter(fields.values()))[0], fields=fields)
