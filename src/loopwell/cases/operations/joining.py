"""What if a customer with a case answers again? It joins the open case, or opens the closed one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext_noop

from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Change
from loopwell.cases.models import Case, JoinedAnswer, Note, Reopening, Rule
from loopwell.cases.operations.creating import set_deadlines, working_hours_of
from loopwell.cases.operations.passing_on import pass_on
from loopwell.cases.queries import policy
from loopwell.cases.rules import Facts
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.working_time import Calendar

ANSWERED_AGAIN = gettext_noop("The customer answered again: %(score)s")
Key = tuple[int | None, int | None]  # customer and unit
WRITTEN = (
    "rule", "priority", "closed_at", "reached_at", "next_step_at", "due_at", "resolve_by",
    "escalated_to", "version",
)  # fmt: skip


@dataclass(frozen=True)
class Again:
    """An answer that a case takes care of; without a rule it is only to be known."""

    response_id: int
    facts: Facts
    rule: Rule | None
    at: datetime


@dataclass
class Known:
    """The cases that answers of some customers may belong to, by customer and unit."""

    open: dict[Key, Case] = field(default_factory=dict)
    closed: dict[Key, Case] = field(default_factory=dict)
    kept_for: timedelta = timedelta()

    def takes(self, key: Key, *, at: datetime, called_for: bool) -> Case | None:
        """The case this answer belongs to. One no rule calls for only joins a case that was
        open when it came, so that the journal can be read again."""
        current = self.open.get(key)
        if current is not None:
            return current if called_for or current.opened_at <= at else None
        last = self.closed.get(key)
        closed_at = last.closed_at if called_for and last is not None else None
        if closed_at is not None and closed_at <= at <= closed_at + self.kept_for:
            return last
        return None


def known_cases(customer_ids: Iterable[int | None], *, since: datetime) -> Known:
    """Locked until the transaction ends, as whoever works on them might close them now."""
    kept_for = timedelta(days=policy().reopen_days)
    found = Known(kept_for=kept_for)
    rows = (
        Case.objects.filter(customer_id__in={i for i in customer_ids if i is not None})
        .filter(Q(closed_at=None) | Q(closed_at__gte=since - kept_for), merged_into=None)
        .select_related("unit")
        .select_for_update(of=("self",))
    )
    for case in rows.order_by("pk"):
        place = found.open if case.closed_at is None else found.closed
        place[case.customer_id, case.unit_id] = case
    return found


def join_cases(pairs: Sequence[tuple[Case, Again]], *, now: datetime) -> list[JoinedAnswer]:
    """Each answer joins its case; one that a rule calls for starts the clock again."""
    if not pairs:
        return []
    hours = working_hours_of([case for case, _answer in pairs])
    reopened: dict[int, Reopening] = {}
    changed: dict[int, Case] = {}
    scores: dict[int, int | None] = {}
    for case, answer in pairs:
        if answer.rule is None:
            continue
        if case.closed_at is not None:
            reason = ANSWERED_AGAIN % {"score": answer.facts.score}
            reopened[case.pk] = Reopening(case=case, reason=reason, at=now)
            scores[case.pk] = answer.facts.score
        _again(case, answer.rule, at=answer.at, hours=hours)
        changed[case.pk] = case
    Case.objects.bulk_update(changed.values(), WRITTEN, batch_size=500)
    joined = JoinedAnswer.objects.bulk_create(
        [JoinedAnswer(case=case, response_id=a.response_id, at=now) for case, a in pairs]
    )
    _refusals(pairs, now)
    saved = Reopening.objects.bulk_create(reopened.values())
    owners = _owners_of([row.case for row in saved], now)
    events = [_joined(row, a) for row, (_case, a) in zip(joined, pairs, strict=True)]
    events += [_reopened(r, scores[r.case_id], owners[r.case_id]) for r in saved]
    append(actor=SYSTEM, now=now, events=events)
    return joined


def _owners_of(cases: Sequence[Case], now: datetime) -> dict[int, int | None]:
    """Who has the reopened cases now: those who may no longer work on them pass them on."""
    before = {case.owner_id for case in cases if case.owner_id is not None}
    if before:
        pass_on(now=now, user_ids=before)
    rows = Case.objects.filter(pk__in=[case.pk for case in cases])
    return dict(rows.values_list("pk", "owner_id")) if cases else {}


def _again(case: Case, rule: Rule, *, at: datetime, hours: Mapping[int | None, Calendar]) -> None:
    """Not yet reached, the earlier promise holds; else they are to be called anew."""
    waiting = case.closed_at is None and case.reached_at is None
    due, solve, priority = case.due_at, case.resolve_by, case.priority
    set_deadlines(case, rule, at=at, hours=hours)
    if waiting:
        case.due_at = min(due, case.due_at)
        case.resolve_by = min((d for d in (solve, case.resolve_by) if d), default=None)
        case.priority = min(priority, rule.priority)
    else:
        case.rule, case.priority = rule, rule.priority
        case.closed_at = case.reached_at = case.escalated_to = None
        case.next_step_at = at
    case.version = F("version") + 1  # whoever has its page open is told


def _refusals(pairs: Sequence[tuple[Case, Again]], now: datetime) -> None:
    """That they want no contact is told first to whoever is about to call."""
    notes = [
        Note(case=case, change=Change.REFUSED, details={"response": answer.response_id}, at=now)
        for case, answer in pairs
        if answer.facts.consent is False
    ]
    saved = Note.objects.bulk_create(notes)
    append(
        actor=SYSTEM,
        now=now,
        events=[
            Event(
                "case.noted",
                "case",
                note.case_id,
                {"response": note.details["response"], "note": note.pk, "change": str(note.change)},
            )
            for note in saved
        ],
    )


def _joined(row: JoinedAnswer, answer: Again) -> Event:
    payload = {
        "joined": row.pk,
        "response": row.response_id,
        "customer": row.case.customer_id,
        "owner": row.case.owner_id,
        "score": answer.facts.score,
    }
    return Event("case.joined", "case", row.case_id, payload)


def _reopened(row: Reopening, score: int | None, owner: int | None) -> Event:
    payload = {
        "response": row.case.response_id,
        "customer": row.case.customer_id,
        "reopening": row.pk,
        "owner": owner,
        "score": score,
    }
    return Event("case.reopened", "case", row.case_id, payload)
