"""How do answers open cases in bulk, and how does a case take note of a changed answer?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Change
from loopwell.cases.models import Assignment, Case, Note, Rule
from loopwell.cases.operations.giving import given_to
from loopwell.cases.queries import Claim, calendar_for, calendars, routes
from loopwell.cases.rules import first_match
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.working_time import Calendar, add_working_hours
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS, SurveyKind


def open_cases(*, now: datetime, answered: Mapping[int, datetime]) -> list[Case]:
    """Opens a case for each answer (id → moment it was given) that a rule calls for; employees'
    and competitors' customers' answers never do.

    Answers that have a case already are passed over, so it may be called again; the caller
    provides the transaction and sees to it that no other process does the same answers.
    """
    rules = list(Rule.objects.filter(is_active=True))
    rows = Response.objects.filter(
        pk__in=answered,
        kind__in=OUR_CUSTOMERS,
        is_test=False,
        opens_case=True,
        customer__isnull=False,
        case=None,
    ).select_related("customer", "unit", "employee", "account")
    chosen: list[tuple[Response, Rule]] = []
    for row in rows.order_by("pk"):
        rule = first_match(rules, score=row.score, consent=row.contact_consent)
        if rule is not None:
            chosen.append((row, rule))
    if not chosen:
        return []
    routed = routes((_claim(row, rule) for row, rule in chosen), now=now)
    hours = calendars({row.unit_id: row.unit for row, _rule in chosen if row.unit}.values())
    company = calendar_for(None)
    cases = Case.objects.bulk_create(
        [
            _case(
                row,
                rule=rule,
                at=answered[row.pk],
                owner_id=routed[row.pk].owner_id,
                calendar=hours.get(row.unit_id or 0, company),
            )
            for row, rule in chosen
        ]
    )
    Assignment.objects.bulk_create(
        [
            given_to(routed[row.pk], case=case, now=now)
            for case, (row, _rule) in zip(cases, chosen, strict=True)
        ]
    )
    append(actor=SYSTEM, now=now, events=[_opened(case) for case in cases])
    return cases


def _claim(row: Response, rule: Rule) -> Claim:
    return Claim(
        key=row.pk,
        unit=row.unit,
        employee=row.employee,
        account=row.account,
        transactional=row.kind == SurveyKind.TRANSACTIONAL,
        language=row.customer.language if row.customer else "",
        rule=rule,
    )


def _case(
    row: Response, *, rule: Rule, at: datetime, owner_id: int | None, calendar: Calendar
) -> Case:
    return Case(
        response=row,
        customer=row.customer,
        account_id=row.account_id,
        unit_id=row.unit_id,
        rule=rule,
        priority=rule.priority,
        owner_id=owner_id,
        score=row.score,
        comment_seen=bool(row.comment),
        consent_seen=row.contact_consent,
        opened_at=at,
        next_step_at=at,
        due_at=add_working_hours(at, rule.due_working_hours, calendar),
    )


def _opened(case: Case) -> Event:
    payload = {
        "response": case.response_id,
        "customer": case.customer_id,
        "account": case.account_id,
        "unit": case.unit_id,
        "owner": case.owner_id,
        "rule": case.rule_id,
        "score": case.score,
    }
    return Event("case.opened", "case", case.pk, payload)


def note_changes(*, now: datetime, response_ids: Iterable[int]) -> list[Note]:
    """Lets cases take note of what customers changed in their answers; may be called again.

    A case is never closed by it: a better score or a refusal is shown to whoever works on it.
    """
    rows = Case.objects.filter(response_id__in=list(response_ids)).select_related("response")
    notes: list[Note] = []
    changed: list[Case] = []
    for case in rows.order_by("pk"):
        answer = case.response
        found = _differences(case, answer) if answer else []
        if not answer or not found:
            continue
        notes += [Note(case=case, change=what, details=facts, at=now) for what, facts in found]
        case.score = answer.score
        case.comment_seen = bool(answer.comment)
        case.consent_seen = answer.contact_consent
        changed.append(case)
    if not changed:
        return []
    Case.objects.bulk_update(changed, ["score", "comment_seen", "consent_seen"])
    saved = Note.objects.bulk_create(notes)
    append(actor=SYSTEM, now=now, events=[_noted(note) for note in saved])
    return saved


def _differences(case: Case, answer: Response) -> Sequence[tuple[Change, dict[str, int | None]]]:
    found: list[tuple[Change, dict[str, int | None]]] = []
    if answer.score != case.score:
        found.append((Change.SCORE, {"before": case.score, "after": answer.score}))
    if answer.comment and not case.comment_seen:
        found.append((Change.COMMENT, {}))
    if answer.contact_consent is not case.consent_seen:
        if answer.contact_consent is False:
            found.append((Change.REFUSED, {}))
        elif answer.contact_consent:
            found.append((Change.AGREED, {}))
    return found


def _noted(note: Note) -> Event:
    payload = {"response": note.case.response_id, "note": note.pk, "change": str(note.change)}
    return Event("case.noted", "case", note.case_id, payload)
