"""What did the demo company give and promise, how did calls feel, who was coached and praised?"""

import random
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from loopwell.access.models import User
from loopwell.cases.enums import ChurnRisk, NoteKind, RedressState, Result
from loopwell.cases.models import Case, Closure, CoachingNote, FurtherAction, Redress
from loopwell.journal.models import Entry
from loopwell.responses.models import Response
from loopwell.themes.enums import ThemeKind
from loopwell.themes.models import Theme

FELT = (ChurnRisk.LOW, ChurnRisk.MEDIUM, ChurnRisk.HIGH, ChurnRisk.GONE)
GIFTS = (
    ("Delivery refunded", 9),
    ("Voucher", 25),
    ("Repair at our cost", 140),
    ("New device", 480),
)
TO_DO = (
    "Send the missing part",
    "Call again when the order has arrived",
    "Have the technician look at it",
    "Correct the invoice",
)
OUTCOMES = ("Sent on Monday", "They are content now", "The technician was there", "Corrected")
NOTES = (
    "You stayed calm and asked why. Next time say first that we are sorry, then explain.",
    "Well done: you called back the same day. Please tell the others how you found the parcel.",
)
TALKED = (Result.SOLVED, Result.EXPLAINED, Result.PASSED_ON)
LATELY = timedelta(days=30)


def load_care(now: datetime) -> None:
    draw = random.Random(41)  # noqa: S311 the same company every time, no secret
    _felt(draw)
    work = list(
        Case.objects.filter(opened_at__gt=now - LATELY, owner__isnull=False)
        .select_related("owner__manager")
        .order_by("-opened_at")[:160]
    )
    _gifts(draw, work[::4], now)
    _promises(draw, work[::3], now)
    _coaching(work, now)
    _praise(now)
    _proposed(work, now)


def _felt(draw: random.Random) -> None:
    rows = list(Closure.objects.filter(result__in=TALKED))
    for row in rows:
        row.churn_risk = draw.choices(FELT, (45, 32, 17, 6))[0]
        row.minutes = min(90, max(4, round(draw.lognormvariate(2.7, 0.5))))
        row.may_quote = draw.choices((True, False, None), (22, 18, 60))[0]
    Closure.objects.bulk_update(rows, ["churn_risk", "minutes", "may_quote"], batch_size=2000)


def _gifts(draw: random.Random, cases: list[Case], now: datetime) -> None:
    rows: list[Redress] = []
    for case in cases:
        what, cost = draw.choices(GIFTS, (5, 4, 2, 1))[0]
        at = case.reached_at or case.opened_at + timedelta(hours=2)
        if at > now:
            continue
        row = Redress(case=case, what=what, amount=Decimal(cost), currency="EUR",
                      state=RedressState.GIVEN, by_id=case.owner_id, at=at)  # fmt: skip
        boss = case.owner.manager_id if case.owner else None
        if cost > 100:
            row.state = RedressState.ASKED
        if cost > 100 and boss and len(rows) % 2:
            row.state, row.decided_by_id = RedressState.APPROVED, boss
            row.decided_at = min(at + timedelta(hours=3), now)
        rows.append(row)
    made = Redress.objects.bulk_create(rows)
    Entry.objects.bulk_create(
        Entry(type="redress.asked" if row.state == RedressState.ASKED else "redress.given",
              at=row.at, actor="system", subject="case", subject_id=row.case_id,
              payload={"redress": row.pk, "case": row.case_id})
        for row in made
    )  # fmt: skip


def _promises(draw: random.Random, cases: list[Case], now: datetime) -> None:
    rows = []
    today = timezone.localdate(now)
    for case in cases:
        place = draw.randrange(len(TO_DO))
        due = timezone.localdate(case.opened_at) + timedelta(days=draw.randint(3, 12))
        row = FurtherAction(case=case, what=TO_DO[place], owner_id=case.owner_id, due_on=due,
                            by_id=case.owner_id, at=case.opened_at)  # fmt: skip
        if due < today and draw.random() < 0.85:
            row.done_at = min(case.opened_at + timedelta(days=draw.uniform(1, 6)), now)
            row.outcome = OUTCOMES[place]
        rows.append(row)
    FurtherAction.objects.bulk_create(rows)


def _coaching(cases: list[Case], now: datetime) -> None:
    answers = Response.objects.filter(
        pk__in=[case.response_id for case in cases if case.response_id], employee__isnull=False
    ).select_related("employee")
    CoachingNote.objects.bulk_create(
        CoachingNote(response=answer, employee=answer.employee, kind=NoteKind.COACHING,
                     text=NOTES[place % len(NOTES)], by_id=answer.employee.manager_id,
                     at=min(answer.answered_at + timedelta(days=1), now),
                     read_at=now if place % 2 else None)
        for place, answer in enumerate(answers[:24])
        if answer.employee and answer.employee.manager_id
    )  # fmt: skip


def _praise(now: datetime) -> None:
    answers = list(
        Response.objects.filter(score__gte=9, employee__isnull=False, is_test=False,
                                answered_at__gt=now - LATELY)
        .exclude(comment="").select_related("employee__unit").order_by("-answered_at")[:80]
    )  # fmt: skip
    made = CoachingNote.objects.bulk_create(
        CoachingNote(response=answer, employee=answer.employee, kind=NoteKind.PRAISE,
                     at=answer.answered_at)
        for answer in answers
        if answer.employee
    )  # fmt: skip
    Entry.objects.bulk_create(
        Entry(type="praise.received", at=note.at, actor="system", subject="response",
              subject_id=note.response_id,
              payload={"note": note.pk, "employee": note.employee_id,
                       "tell": [note.employee_id]})
        for note in made
    )  # fmt: skip


def _proposed(cases: list[Case], now: datetime) -> None:
    by = next((case.owner for case in cases if case.owner), None)
    names = {
        "en": "Nobody answers the intercom",
        "ru": "Домофон не отвечает",
        "uk": "Домофон не відповідає",
        "pl": "Nikt nie odbiera domofonu",
    }
    Theme.objects.get_or_create(
        slug="nobody-answers-the-intercom",
        defaults={"names": names, "kind": ThemeKind.DEFECT, "position": 390, "is_demo": True,
                  "proposed_by": by if isinstance(by, User) else None,
                  "proposed_at": now - timedelta(days=3)},
    )  # fmt: skip
