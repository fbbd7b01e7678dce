"""How do answers open cases in bulk, and how does a case take note of a changed answer?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Change
from loopwell.cases.models import Case, JoinedAnswer, Note, Rule
from loopwell.cases.operations.creating import Call, create_cases
from loopwell.cases.operations.joining import Again, Key, join_cases, known_cases
from loopwell.cases.queries import Claim, active_rules
from loopwell.cases.queries.facts import facts_of
from loopwell.cases.rules import first_match
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS, SurveyKind


def open_cases(*, now: datetime, answered: Mapping[int, datetime]) -> list[Case]:
    """Opens a case for each answer (id → moment it was given) that a rule calls for; employees'
    and competitors' customers' answers never do. A customer who has one in the same unit gets
    no other: the answer joins it, and opens it again if it was closed lately.

    Answers that have a case already are passed over, so it may be called again; the caller
    provides the transaction and sees to it that no other process does the same answers.
    """
    rules = active_rules()
    rows = _without_case(answered)
    facts = facts_of(rows, rules)
    if not facts:
        return []
    known = known_cases((f.customer_id for f in facts.values()), since=min(answered.values()))
    openers: dict[Key, tuple[int, Rule]] = {}
    joining: list[tuple[Case, Again]] = []
    waiting: list[tuple[Key, Again]] = []
    for pk in sorted(facts, key=lambda pk: (answered[pk], pk)):
        rule, key = first_match(rules, facts[pk]), (facts[pk].customer_id, facts[pk].unit_id)
        again = Again(pk, facts[pk], rule, answered[pk])
        case = known.takes(key, at=answered[pk], called_for=rule is not None)
        if case is not None:
            joining.append((case, again))
        elif key in openers:
            waiting.append((key, again))
        elif rule is not None:
            openers[key] = (pk, rule)
    cases = create_cases(_calls(openers, answered), now=now)
    made: dict[Key, Case] = {(case.customer_id, case.unit_id): case for case in cases}
    join_cases([*joining, *((made[key], again) for key, again in waiting)], now=now)
    return cases


def _without_case(answered: Mapping[int, datetime]) -> QuerySet[Response]:
    return Response.objects.filter(
        pk__in=list(answered),
        kind__in=OUR_CUSTOMERS,
        is_test=False,
        opens_case=True,
        customer__isnull=False,
        case=None,
        joined_case=None,
    )


def _calls(openers: Mapping[Key, tuple[int, Rule]], answered: Mapping[int, datetime]) -> list[Call]:
    if not openers:
        return []
    rules = dict(openers.values())
    rows = Response.objects.filter(pk__in=rules).select_related(
        "customer", "unit", "employee", "account"
    )
    return [_call(row, rules[row.pk], answered[row.pk]) for row in rows.order_by("pk")]


def _call(row: Response, rule: Rule, at: datetime) -> Call:
    claim = Claim(
        key=row.pk,
        unit=row.unit,
        employee=row.employee,
        account=row.account,
        transactional=row.kind == SurveyKind.TRANSACTIONAL,
        language=row.customer.language if row.customer else "",
        rule=rule,
    )
    case = Case(
        response=row,
        customer=row.customer,
        account_id=row.account_id,
        unit=row.unit,
        score=row.score,
        comment_seen=bool(row.comment),
        consent_seen=row.contact_consent,
    )
    return Call(case, rule, at, claim)


def note_changes(*, now: datetime, response_ids: Iterable[int]) -> list[Note]:
    """Lets cases take note of what customers changed in their answers; may be called again.

    A case is never closed by it: a better score or a refusal is shown to whoever works on it.
    """
    told = _note_joined(now, response_ids := list(response_ids))
    rows = Case.objects.filter(response_id__in=response_ids).select_related("response")
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
        return told
    Case.objects.bulk_update(changed, ["score", "comment_seen", "consent_seen"])
    saved = Note.objects.bulk_create(notes)
    append(actor=SYSTEM, now=now, events=[_noted(note) for note in saved])
    return [*told, *saved]


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


def _note_joined(now: datetime, response_ids: Sequence[int]) -> list[Note]:
    """Answers that joined a case: a refusal that came later must reach whoever calls."""
    rows = JoinedAnswer.objects.filter(
        response_id__in=response_ids, response__contact_consent=False, case__closed_at=None
    ).select_related("case")
    joined = {row.response_id: row.case for row in rows}
    if not joined:
        return []
    known = Note.objects.filter(case__in=joined.values(), change=Change.REFUSED)
    said = {details.get("response") for details in known.values_list("details", flat=True)}
    notes = [
        Note(case=case, change=Change.REFUSED, details={"response": pk}, at=now)
        for pk, case in joined.items()
        if pk not in said
    ]
    saved = Note.objects.bulk_create(notes)
    append(actor=SYSTEM, now=now, events=[_noted(note) for note in saved])
    return saved
