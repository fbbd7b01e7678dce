"""How do facts follow the truth, one batch at a time or all from scratch?"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from django.db.models import Q

from loopwell.access.enums import Right
from loopwell.access.rules import SYSTEM, Actor, require
from loopwell.cases.models import Case
from loopwell.insights.facts import ALL_SOURCES, SOURCES, Context, Source, context_now, load
from loopwell.insights.places import naive_utc
from loopwell.insights.properties import Declared, columns_by_type, declared
from loopwell.insights.queries import lag
from loopwell.insights.warehouse import Change, Engine, warehouse
from loopwell.insights.warehouse.engine import Loader
from loopwell.insights.warehouse.tables import ANSWERS, BUILT
from loopwell.jobs.models import Job
from loopwell.jobs.operations import enqueue
from loopwell.journal.operations import go_back, position
from loopwell.kit.among import among
from loopwell.responses.models import Response
from loopwell.sampling.models import Invitation
from loopwell.surveys.enums import ANONYMOUS

log = logging.getLogger("loopwell.insights")
CHUNK = 10_000
AT_ONCE = 10_000
"""Facts replaced in one transaction."""
_OF_ANSWERS = {
    "wave": "invitation__wave",
    "account": "account",
    "customer": "customer",
    "theme": "mentions__theme",
}
"""How answers know what they tell of: its weight, revenue, role or name stands in their facts."""
Progress = Callable[[int, int, str], None]


def refresh(ids: dict[str, set[int]], now: datetime) -> None:
    """Brings the facts of these rows (ids by subject) to what the truth says now.

    Applying it again changes nothing; rows that are gone lose their facts. An answer takes its
    invitation along, which it has marked, and the earlier cases of its customer, who has now been
    heard again; a case takes its answer along, whose causes it names; a wave that was weighed
    anew, an account, a customer and a theme their answers. A property declared since then makes
    all facts anew, as older answers may know it too.
    """
    wanted = _all_touched(ids)
    engine, context = warehouse(), context_now(now)
    properties = _learn(engine, declared(), now)
    while any(wanted.values()):
        portion = {subject: set(sorted(found)[:AT_ONCE]) for subject, found in wanted.items()}
        engine.apply(list(_changes(portion, context, properties)))
        wanted = {subject: found - portion[subject] for subject, found in wanted.items()}


def _changes(
    wanted: Mapping[str, set[int]], context: Context, properties: Sequence[Declared]
) -> Iterable[Change]:
    for subject, found in sorted(wanted.items()):
        for source in SOURCES[subject] if found else ():
            ids = sorted(found)
            rows = load(source, among(source.key, ids), context, properties)
            yield Change(source.table, ids, rows.columns)


def _all_touched(ids: dict[str, set[int]]) -> dict[str, set[int]]:
    wanted: dict[str, set[int]] = {subject: set(found) for subject, found in ids.items()}
    for subject in SOURCES:
        wanted.setdefault(subject, set())
    for subject, path in _OF_ANSWERS.items():
        if changed := wanted.pop(subject, set()):
            rows = Response.objects.filter(among(path, changed))
            wanted["response"].update(rows.values_list("pk", flat=True))
    if answered := set(wanted["response"]):
        invited = Response.objects.filter(among("pk", answered)).exclude(invitation=None)
        wanted["invitation"].update(
            found for found in invited.values_list("invitation_id", flat=True) if found
        )
        wanted["invitation"] |= _anonymously_answered(answered)
    if cases := set(wanted["case"]):
        about = Case.objects.filter(among("pk", cases)).exclude(response=None)
        wanted["response"].update(
            found for found in about.values_list("response_id", flat=True) if found
        )
    wanted["case"] |= _cases_heard_again(answered, wanted["invitation"])
    return wanted


def _cases_heard_again(answers: set[int], invitations: set[int]) -> set[int]:
    """Closed cases of customers who answered, or were asked, once more."""
    if not answers and not invitations:
        return set()
    closed = Case.objects.exclude(closed_at=None).order_by()
    if not closed.exists():
        return set()
    answered = closed.filter(among("customer__responses", answers))
    asked = closed.filter(among("customer__invitations", invitations))
    return {pk for rows in (answered, asked) for pk in rows.values_list("pk", flat=True)}


def _anonymously_answered(answered: set[int]) -> set[int]:
    """Invitations among which are those of these anonymous answers; which, nobody can tell."""
    rows = Response.objects.filter(among("pk", answered))
    asked = rows.filter(kind__in=ANONYMOUS, is_test=False).order_by()
    found: set[int] = set()
    for version, unit in asked.values_list("version_id", "unit_id").distinct():
        sent = Invitation.objects.filter(version=version, unit=unit, is_test=False)
        found.update(sent.exclude(answered_at=None).values_list("pk", flat=True))
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


def _learn(engine: Engine, properties: Sequence[Declared], now: datetime) -> list[Declared]:
    """Adds columns for newly declared properties. A rebuild fills them where facts are older, and
    takes out columns of properties that are gone or of another kind than they were.

    Returns those that can be written now: one of another kind waits for the rebuild.
    """
    wanted, known = columns_by_type(properties), engine.columns(ANSWERS)
    kept = {c: k for c, k in known.items() if c.startswith("p_")}
    if kept == wanted:
        return list(properties)
    new = {column: kind for column, kind in wanted.items() if column not in kept}
    if new:
        engine.add_properties(new)
    if engine.read('SELECT 1 FROM "answers" LIMIT 1'):
        told = ",".join(sorted(wanted.items() ^ kept.items(), key=str)[0])
        _rebuild_once(f"insights.properties:{told}:{now:%Y-%m-%dT%H:%M}"[:100], now)
    elif set(kept) - set(wanted) or any(wanted[c] != k for c, k in kept.items() if c in wanted):
        with engine.rebuilding(wanted):
            pass
        return list(properties)
    return [each for each in properties if kept.get(each.column, each.type) == each.type]


def _rebuild_once(key: str, now: datetime) -> Job:
    """One that waits or runs is enough: if it came too early, the next look starts another."""
    waiting = Job.objects.filter(kind="insights.rebuild", finished_at=None, failed_at=None)
    return waiting.order_by("pk").first() or enqueue(
        kind="insights.rebuild", args={}, actor=SYSTEM, now=now, dedupe_key=key
    )


def heal(now: datetime) -> Job | None:
    """Starts a rebuild when the warehouse was never built as a whole although there are answers.

    So it is after a restore, a move to another engine, an upgrade that knows other facts, or when
    its file was lost: what came since may be in it already. Properties that were declared without
    any answer since become columns here.
    """
    if lag(now).waiting or not SOURCES["response"][0].rows().exists():
        return None
    _learn(warehouse(), declared(), now)
    if warehouse().read('SELECT 1 FROM "built" LIMIT 1'):
        return None
    log.warning("the warehouse was never built as a whole: it is built now")
    return _rebuild_once(f"insights.heal:{now:%Y-%m-%dT%H:%M}", now)


def follow_the_clock(now: datetime) -> int:
    """Cases that became overdue since they were counted: nothing else happened to them."""
    moment = now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    late = warehouse().read(
        f"SELECT id FROM \"cases\" WHERE in_time IS NULL AND due_at < '{moment}' LIMIT {AT_ONCE}"  # noqa: S608 a moment of our own
    )
    if late:
        refresh({"case": {row[0] for row in late}}, now)
    return len(late)


def start_check(*, actor: Actor, now: datetime) -> Job:
    require(actor, Right.READ_STATUS)
    return enqueue(kind="insights.check", args={}, actor=actor, now=now, max_attempts=1)


def _rebuild(engine: Engine, progress: Progress) -> int:
    total = sum(source.rows().count() for source in ALL_SOURCES)
    done = 0
    context, properties, told = context_now(), declared(), position("insights")
    with engine.rebuilding(columns_by_type(properties)) as loader:
        for source in ALL_SOURCES:
            for count in _fill(loader, source, context, properties):
                done += count
                progress(done, max(total, done), source.table.name)
        loader.add(BUILT, {"id": [1], "at_utc": [naive_utc(context.now)]})
    if not engine.alone:
        go_back("insights", told)
    return done


def _fill(
    loader: Loader, source: Source, context: Context, properties: Sequence[Declared]
) -> Iterable[int]:
    last = 0
    while True:
        found = load(source, Q(**{f"{source.key}__gt": last}), context, properties, limit=CHUNK)
        if found.last is None:
            return
        loader.add(source.table, found.columns)
        last = found.last
        yield len(found.columns["id"])
