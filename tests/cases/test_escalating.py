"""Who learns that a case is late, when, and how often?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loopwell.access.enums import Right, Role
from loopwell.access.models import Absence, Membership, User
from loopwell.access.operations import create_user
from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Late, Route, Whom
from loopwell.cases.models import Assignment, Case, Escalation, EscalationStep
from loopwell.cases.operations import Rung, escalate, remove_step, save_step
from loopwell.cases.queries import late_count, late_of_my_people, possible_owners, visible_to
from loopwell.cases.rules import is_late
from loopwell.journal.models import Entry
from loopwell.kit.errors import Forbidden, Invalid
from tests.cases.conftest import Answer
from tests.conftest import Company

DUE = datetime(2026, 3, 6, 16, tzinfo=UTC)  # a Friday, two hours before the weekend


@pytest.fixture
def boss(company: Company) -> User:
    """Manages Fiona, and leads the whole company."""
    made = create_user(
        actor=SYSTEM, email="b@acme.example", name="Bea", unit=company.root, roles=[Role.MANAGER]
    )
    company.fiona.manager = company.mark
    company.fiona.save()
    return made


@pytest.fixture
def late(case: Case, company: Company, boss: User) -> Case:
    """Fiona should have called by DUE."""
    Case.objects.update(owner=company.fiona, due_at=DUE)
    case.refresh_from_db()
    return case


def told() -> list[tuple[str, str | None, Late]]:
    rows = Escalation.objects.order_by("pk").select_related("step", "to")
    return [
        (r.step.whom if r.step else "", r.to.name if r.to else None, Late(r.late)) for r in rows
    ]


CONTACT = Late.CONTACT
OWNER, MANAGER, UNIT = (
    (Whom.OWNER, "Fiona", CONTACT), (Whom.MANAGER, "Mark", CONTACT), (Whom.UNIT, "Bea", CONTACT),
)  # fmt: skip


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (DUE, []),
        (DUE + timedelta(minutes=1), [OWNER]),
        (DUE + timedelta(hours=60), [OWNER]),  # Monday at four in the morning
        (datetime(2026, 3, 9, 10, 59, tzinfo=UTC), [OWNER]),  # two hours Friday, two on Monday
        (datetime(2026, 3, 9, 11, 0, tzinfo=UTC), [OWNER, MANAGER]),
        (datetime(2026, 3, 9, 15, 59, tzinfo=UTC), [OWNER, MANAGER]),
        (datetime(2026, 3, 9, 16, 0, tzinfo=UTC), [OWNER, MANAGER, UNIT]),
        (DUE + timedelta(days=70), []),  # too long ago to be news
    ],
)
def test_it_goes_up_rung_by_rung_in_working_hours(
    late: Case, at: datetime, expected: list[tuple[str, str, Late]]
) -> None:
    escalate(now=at)
    assert told() == expected


def test_each_rung_once_however_often_the_clock_strikes(late: Case, company: Company) -> None:
    for hour in range(0, 24 * 7, 3):
        escalate(now=DUE + timedelta(hours=hour, minutes=1))
    assert told() == [OWNER, MANAGER, UNIT]
    late.refresh_from_db()
    assert (late.escalated_to, late.owner) == (User.objects.get(name="Bea"), company.fiona)
    entry = Entry.objects.filter(type="case.escalated").first()
    assert entry is not None
    assert (entry.subject, entry.subject_id) == ("case", late.pk)
    assert entry.payload["tell"] == [company.fiona.pk]
    assert (entry.payload["case"], entry.payload["late"]) == (late.pk, "contact")


def test_a_new_deadline_counts_anew(late: Case) -> None:
    escalate(now=DUE + timedelta(minutes=1))
    again = DUE + timedelta(days=7)
    Case.objects.update(due_at=again)
    escalate(now=again + timedelta(minutes=1))
    assert told() == [OWNER, OWNER]


@pytest.mark.parametrize("field", ["reached_at", "closed_at"])
def test_what_was_done_in_time_never_goes_up(late: Case, field: str) -> None:
    Case.objects.update(**{field: DUE - timedelta(hours=1)})
    assert escalate(now=DUE + timedelta(hours=1)) == 0


def test_spoken_with_but_not_settled_is_late_too(late: Case, company: Company) -> None:
    Case.objects.update(reached_at=DUE - timedelta(hours=1), resolve_by=DUE)
    late.refresh_from_db()
    now = DUE + timedelta(minutes=1)
    assert (is_late(late, DUE), is_late(late, now)) == (False, True)
    assert late_count(company.actor("fiona"), now) == 1
    escalate(now=now)
    assert told() == [(Whom.OWNER, "Fiona", Late.RESOLVE)]


def test_nobody_hears_of_it_twice(late: Case, company: Company) -> None:
    """Mark has it: his manager is unknown, so the second rung is who leads above."""
    Case.objects.update(owner=company.mark)
    escalate(now=DUE + timedelta(days=4))
    assert [name for _whom, name, _late in told()] == ["Mark", "Bea", "Alice"]
    Case.objects.update(owner=User.objects.get(name="Bea"), due_at=DUE + timedelta(hours=1))
    Escalation.objects.all().delete()
    EscalationStep.objects.create(whom=Whom.PROGRAMME, after_working_hours=10)
    escalate(now=DUE + timedelta(days=4))
    assert [name for _whom, name, _late in told()] == ["Bea", "Mark", "Alice", None]
    assert Entry.objects.filter(type="case.escalated").count() == 6  # nobody: nothing to tell


def test_the_absent_ones_deputy_is_told(late: Case, company: Company) -> None:
    day = DUE.date()
    Absence.objects.create(
        user=company.mark, starts_on=day, ends_on=day + timedelta(days=5), deputy=company.oscar
    )
    escalate(now=datetime(2026, 3, 9, 11, tzinfo=UTC))
    assert [name for _whom, name, _late in told()] == ["Fiona", "Oscar"]


def test_who_takes_over_has_it_and_is_told_once(late: Case, company: Company) -> None:
    EscalationStep.objects.filter(whom=Whom.MANAGER).update(takes_over=True)
    escalate(now=datetime(2026, 3, 9, 11, tzinfo=UTC))
    late.refresh_from_db()
    assert (late.owner, late.version) == (company.mark, 2)
    assert Assignment.objects.latest("pk").route == Route.ESCALATED
    payloads = [e.payload for e in Entry.objects.filter(type="case.escalated").order_by("pk")]
    assert [p["tell"] for p in payloads] == [[company.fiona.pk], []]
    given = Entry.objects.filter(type="case.assigned").latest("pk").payload
    assert (given["owner"], given["before"]) == (company.mark.pk, company.fiona.pk)


def test_it_is_red_for_the_manager_once_it_went_up(late: Case, company: Company) -> None:
    mark = company.actor("mark")
    at = datetime(2026, 3, 9, 11, 1, tzinfo=UTC)
    escalate(now=at - timedelta(hours=1))
    assert list(late_of_my_people(mark, at)) == []
    escalate(now=at)
    assert list(late_of_my_people(mark, at)) == [late]
    assert list(late_of_my_people(company.actor("fiona"), at)) == []
    Case.objects.update(reached_at=at)
    assert list(late_of_my_people(mark, at)) == []


def test_who_hears_of_it_sees_it_wherever_it_is(late: Case, company: Company) -> None:
    """Fiona's manager leads another unit: reads the case and can take it, others there cannot."""
    company.fiona.manager = company.oscar
    company.fiona.save()
    oscar, at = company.actor("oscar"), datetime(2026, 3, 9, 17, 1, tzinfo=UTC)
    assert not visible_to(oscar).exists()
    escalate(now=at)  # past Oscar already
    assert list(visible_to(oscar, Right.WORK_CASES)) == [late]
    assert company.oscar in possible_owners(late)
    assert list(late_of_my_people(oscar, at)) == [late]


def test_many_cost_as_many_queries_as_few(answer: Answer, company: Company) -> None:
    def cost(number: int) -> int:
        for _ in range(number):
            answer()
        Case.objects.update(due_at=DUE)
        Escalation.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            escalate(now=DUE + timedelta(days=4))
        return len(queries)

    few = cost(1)
    assert cost(6) == few
    assert Escalation.objects.count() == 21


def test_only_who_runs_the_programme_changes_the_ladder(company: Company, now: datetime) -> None:
    alice, mark = company.actor("alice"), company.actor("mark")
    with pytest.raises(Forbidden):
        save_step(actor=mark, now=now, step=None, wanted=Rung(1, Whom.MANAGER))
    with pytest.raises(Forbidden):
        remove_step(actor=mark, now=now, step=EscalationStep.objects.first() or EscalationStep())
    save_step(actor=alice, now=now, step=None, wanted=Rung(18, Whom.PERSON, company.oscar, True))
    added = EscalationStep.objects.get(whom=Whom.PERSON)
    assert (added.person, added.takes_over) == (company.oscar, True)
    remove_step(actor=alice, now=now, step=added)
    assert EscalationStep.objects.count() == 3


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Rung(-1, Whom.MANAGER), "after_working_hours"),
        (Rung(501, Whom.MANAGER), "after_working_hours"),
        (Rung(2, Whom.PERSON), "person"),
        (Rung(4, Whom.MANAGER), "whom"),  # there already
    ],
)
def test_errors_name_the_field(company: Company, now: datetime, wanted: Rung, field: str) -> None:
    with pytest.raises(Invalid) as error:
        save_step(actor=company.actor("alice"), now=now, step=None, wanted=wanted)
    assert list(error.value.fields) == [field]


def test_a_person_on_the_ladder_must_work_on_cases(company: Company, now: datetime) -> None:
    Membership.objects.filter(user=company.oscar).delete()
    with pytest.raises(Invalid) as error:
        save_step(actor=company.actor("alice"), now=now, step=None,
                  wanted=Rung(1, Whom.PERSON, company.oscar))  # fmt: skip
    assert list(error.value.fields) == ["person"]
