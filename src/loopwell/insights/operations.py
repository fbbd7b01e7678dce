"""How do facts follow the truth, one batch at a time or all from scratch?"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Q

from loopwell.access.enums import Right
from loopwell.access.rules import SYSTEM, Actor, require
from loopwell.insights.facts import SOURCES, Source, load
from loopwell.insights.places import Places, load_places
from loopwell.insights.queries import lag
from loopwell.insights.warehouse import Change, Engine, warehouse
from loopwell.insights.warehouse.engine import Loader
from loopwell.insights.warehouse.tables import ANSWERS, columns_of
from loopwell.jobs.models import Job
from loopwell.jobs.operations import enqueue
from loopwell.people.models import Property
from loopwell.responses.models import Response
from loopwell.sampling.models import Invitation
from loopwell.surveys.enums import ANONYMOUS

log = logging.getLogger("loopwell.insights")
CHUNK = 10_000
Progress = Callable[[int, int, str], None]


def refresh(ids: dict[str, set[int]], now: datetime) -> None:
    """Brings the facts of these rows (ids by subject) to what the truth says now.

    Applying it again changes nothing; rows that are gone lose their facts. An answer takes its
    invitation along, which it has marked. A property declared since then makes all facts anew,
    as older answers may know it too.
    """
    wanted = {subject: set(found) for subject, found in ids.items()}
    if answered := wanted.get("response"):
        invited = Response.objects.filter(pk__in=answered).exclude(invitation=None)
        wanted.setdefault("invitation", set()).update(
            found for found in invited.values_list("invitation_id", flat=True) if found
        )
        wanted["invitation"] |= _anonymously_answered(answered)
    engine, places, columns = warehouse(), load_places(), _declared()
    _learn(engine, columns, now)
    engine.apply(
        [
            Change(
                SOURCES[subject].table,
                sorted(found),
                load(SOURCES[subject], Q(pk__in=found), places, columns),
            )
            for subject, found in sorted(wanted.items())
            if found
        ]
    )


def _anonymously_answered(answered: set[int]) -> set[int]:
    """Invitations among which are those of these anonymous answers; which, nobody can tell."""
    asked = Response.objects.filter(pk__in=answered, kind__in=ANONYMOUS, is_test=False)
    found: set[int] = set()
    for version, unit in set(asked.values_list("version_id", "unit_id")):
        rows = Invitation.objects.filter(version=version, unit=unit, is_test=False)
        found.update(rows.exclude(answered_at=None).values_list("pk", flat=True))
    return found


def rebuild(
    *, actor: Actor, now: datetime, progress: Progress, patience: float | None = None
) -> int:
    """All facts anew from the truth; readers see the old ones until the new ones are whole.

    Returns how many were written. May be repeated at any time.
    """
    require(actor, Right.READ_STATUS)
    engine = warehouse(patience=patience)
    return _rebuild(engine, progress)


def start_rebuild(*, actor: Actor, now: datetime) -> Job:
    """The same in the background of the running server."""
    require(actor, Right.READ_STATUS)
    return enqueue(kind="insights.rebuild", args={}, actor=actor, now=now)


def follow_units(*, now: datetime, entry_id: int) -> Job:
    """A unit moved or has another time zone: every fact below holds the old path or clock.

    Called again for the same journal entry it starts nothing.
    """
    key = f"insights.units:{entry_id}"
    return enqueue(kind="insights.rebuild", args={}, actor=SYSTEM, now=now, dedupe_key=key)


def _learn(engine: Engine, columns: dict[str, str], now: datetime) -> None:
    """Adds columns for newly declared properties; a rebuild fills them where facts are older."""
    new = sorted(set(columns.values()) - engine.columns(ANSWERS))
    if not new:
        return
    engine.add_properties(list(columns))
    if engine.read('SELECT 1 FROM "answers" LIMIT 1'):
        key = f"insights.properties:{','.join(new)}:{now:%Y-%m-%dT%H:%M}"[:100]
        enqueue(kind="insights.rebuild", args={}, actor=SYSTEM, now=now, dedupe_key=key)


def heal(now: datetime) -> Job | None:
    """Starts a rebuild when the warehouse is empty although answers were told to it.

    So it is after a restore, a move to another engine, or when its file was deleted. Properties
    that were declared without any answer since become columns here.
    """
    if lag(now).waiting or not SOURCES["response"].rows().exists():
        return None
    _learn(warehouse(), _declared(), now)
    if warehouse().read('SELECT 1 FROM "answers" LIMIT 1'):
        return None
    log.warning("the warehouse is empty: it is built anew")
    key = f"insights.heal:{now:%Y-%m-%dT%H:%M}"
    return enqueue(kind="insights.rebuild", args={}, actor=SYSTEM, now=now, dedupe_key=key)


def start_check(*, actor: Actor, now: datetime) -> Job:
    require(actor, Right.READ_STATUS)
    return enqueue(kind="insights.check", args={}, actor=actor, now=now, max_attempts=1)


def _rebuild(engine: Engine, progress: Progress) -> int:
    total = sum(source.rows().count() for source in SOURCES.values())
    done = 0
    places, columns = load_places(), _declared()
    with engine.rebuilding(list(columns)) as loader:
        for source in SOURCES.values():
            for count in _fill(loader, source, places, columns):
                done += count
                progress(done, max(total, done), source.table.name)
    return done


def _fill(loader: Loader, source: Source, places: Places, columns: dict[str, str]) -> Iterable[int]:
    last = 0
    while True:
        rows = load(source, Q(pk__gt=last), places, columns, limit=CHUNK)
        if not rows["id"]:
            return
        loader.add(source.table, rows)
        last = rows["id"][-1]
        yield len(rows["id"])


def _declared() -> dict[str, str]:
    """Column by name of every declared property."""
    return columns_of(Property.objects.order_by("pk").values_list("name", flat=True))
