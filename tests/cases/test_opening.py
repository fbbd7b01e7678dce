"""Does every unhappy customer get exactly one case, with the right owner, in time?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loopwell.access.enums import Role
from loopwell.access.models import Membership
from loopwell.access.operations import Grant, create_user, deactivate_person, set_roles
from loopwell.access.rules import SYSTEM
from loopwell.cases.enums import Change, Route
from loopwell.cases.handlers import follow_answers
from loopwell.cases.models import Assignment, Case, Note, Rule
from loopwell.cases.queries import timeline
from loopwell.console.cases.wording import tell as tell_line
from loopwell.journal.models import Cursor, Entry
from loopwell.journal.reading import consume_all
from loopwell.journal.rules import Record
from loopwell.notify.models import Alarm
from tests import factories
from tests.cases.conftest import Answer, tell
from tests.conftest import NOW, Company


@pytest.mark.parametrize(
    ("fields", "opens"),
    [
        ({"score": 0}, True),
        ({"score": 6}, True),
        ({"score": 7}, False),
        ({"score": 3, "contact_consent": True}, True),
        ({"score": 3, "contact_consent": None}, True),
        ({"score": 3, "contact_consent": False}, False),
        ({"score": 3, "is_test": True}, False),
        ({"score": 0, "kind": "transactional"}, True),
        ({"score": 0, "kind": "employee"}, False),
        ({"score": 0, "kind": "benchmark"}, False),
        ({"score": 3, "opens_case": False}, False),
    ],
)
def test_which_answers_open_a_case(answer: Answer, fields: dict[str, object], opens: bool) -> None:
    answer(**fields)
    assert Case.objects.count() == int(opens)


def test_an_anonymous_answer_opens_none(company: Company) -> None:
    given = factories.response(score=1)
    type(given).objects.update(customer=None)
    tell(given)
    assert Case.objects.count() == 0


def test_a_company_may_want_consent_first(answer: Answer) -> None:
    Rule.objects.update(requires_consent=True)
    answer(contact_consent=None)
    assert Case.objects.count() == 0
    answer(contact_consent=True)
    assert Case.objects.count() == 1


def test_a_rule_switched_off_opens_none(answer: Answer) -> None:
    Rule.objects.update(is_active=False)
    answer()
    assert Case.objects.count() == 0


def test_the_case_belongs_to_the_answer_and_is_told_once(answer: Answer, company: Company) -> None:
    given = answer(score=2)
    case = Case.objects.get()
    assert (case.response, case.customer, case.unit) == (given, given.customer, company.north)
    assert (case.owner, case.score, case.next_step_at) == (company.mark, 2, NOW)
    entry = Entry.objects.get(type="case.opened")
    assert (entry.subject, entry.subject_id) == ("case", case.pk)
    assert entry.payload == {
        "response": given.pk,
        "customer": given.customer_id,
        "account": None,
        "unit": company.north.pk,
        "owner": company.mark.pk,
        "rule": case.rule_id,
        "score": 2,
    }


def test_reading_the_journal_again_opens_nothing_twice(answer: Answer) -> None:
    answer()
    Cursor.objects.filter(consumer="cases").update(xid=0, entry_id=0)
    consume_all(now=NOW)
    assert (Case.objects.count(), Assignment.objects.count()) == (1, 1)
    assert Entry.objects.filter(type="case.opened").count() == 1


@pytest.mark.parametrize(
    ("answered", "zone", "due"),
    [
        # Wednesday 10:00: 8 hours today, 9 on Thursday, 7 on Friday.
        (datetime(2026, 3, 4, 10, tzinfo=UTC), "", datetime(2026, 3, 6, 16, tzinfo=UTC)),
        # Saturday: counted from Monday 9:00.
        (datetime(2026, 3, 7, 10, tzinfo=UTC), "", datetime(2026, 3, 11, 15, tzinfo=UTC)),
        # In Warsaw it is 11:00, and summer time begins on the Sunday between.
        (
            datetime(2026, 3, 27, 10, tzinfo=UTC),
            "Europe/Warsaw",
            datetime(2026, 3, 31, 15, tzinfo=UTC),
        ),
    ],
)
def test_due_in_24_working_hours_of_the_unit(
    answer: Answer, company: Company, answered: datetime, zone: str, due: datetime
) -> None:
    type(company.root).objects.filter(pk=company.root.pk).update(time_zone=zone)
    answer(at=answered)
    assert Case.objects.get().due_at == due


def test_about_an_employee_it_goes_to_their_own_manager(answer: Answer, company: Company) -> None:
    lead = create_user(
        actor=SYSTEM, email="l@x.example", name="Lea", unit=company.south, roles=[Role.SUPERVISOR]
    )
    company.fiona.manager = lead
    company.fiona.save()
    answer(employee=company.fiona)
    assert Case.objects.get().owner == lead
    assert Assignment.objects.get().route == Route.EMPLOYEE_MANAGER
    Membership.objects.filter(user=lead).delete()  # Lea left
    answer(employee=company.fiona)
    assert Case.objects.latest("pk").owner == company.mark


def test_without_a_unit_the_account_owner_has_it(answer: Answer, company: Company) -> None:
    client = factories.account(owner=company.fiona)
    answer(unit=None, account=client)
    assert Case.objects.get().owner == company.fiona
    assert Assignment.objects.get().route == Route.ACCOUNT_OWNER


def test_an_account_judging_the_relationship_goes_to_its_owner(
    answer: Answer, company: Company
) -> None:
    """Before the unit's manager; one visit stays with the manager of whoever served them."""
    lead = create_user(
        actor=SYSTEM, email="l@x.example", name="Lea", unit=company.north, roles=[Role.SUPERVISOR]
    )
    company.fiona.manager = lead
    company.fiona.save()
    client = factories.account(owner=company.oscar)
    answer(account=client, employee=company.fiona)
    assert Case.objects.get().owner == company.oscar
    visit = factories.survey(kind="transactional")
    answer(account=client, employee=company.fiona, survey=visit)
    assert Case.objects.latest("pk").owner == lead
    answer(account=client, survey=visit)
    assert Case.objects.latest("pk").owner == company.oscar
    company.oscar.is_active = False
    company.oscar.save()
    answer(account=client)
    assert Case.objects.latest("pk").owner == company.mark


def test_open_cases_of_someone_who_left_go_on(answer: Answer, company: Company) -> None:
    given, closed = answer(), answer()
    Case.objects.filter(response=closed).update(closed_at=NOW)
    deactivate_person(actor=company.actor("alice"), now=NOW, person=company.mark)
    consume_all(now=NOW)
    case = Case.objects.get(response=given)
    assert (case.owner, case.version) == (company.alice, 2)
    assert Case.objects.get(response=closed).owner == company.mark
    assert Alarm.objects.filter(case=case, user=company.alice).count() == 1
    assert tell_line(timeline(case)[-1]).words == "Loopwell gave it to Alice"
    Cursor.objects.update(xid=0, entry_id=0)
    consume_all(now=NOW)
    assert Case.objects.get(response=given).version == 2
    assert Assignment.objects.filter(case=case).count() == 2


def test_losing_the_role_gives_cases_on_moving_does_not(answer: Answer, company: Company) -> None:
    answer()
    alice = company.actor("alice")
    set_roles(
        actor=alice, now=NOW, person=company.mark, grants=[Grant(Role.SUPERVISOR, company.north)]
    )
    consume_all(now=NOW)
    assert Case.objects.get().owner == company.mark
    set_roles(
        actor=alice, now=NOW, person=company.mark, grants=[Grant(Role.ANALYST, company.north)]
    )
    consume_all(now=NOW)
    assert Case.objects.get().owner == company.alice


def test_it_never_goes_nowhere(answer: Answer, company: Company) -> None:
    answer(unit=None)
    assert Case.objects.get().owner == company.alice
    company.mark.is_active = False
    company.mark.save()
    answer()
    assert Case.objects.latest("pk").owner == company.alice


def test_many_answers_cost_as_many_queries_as_one(company: Company) -> None:
    def follow(number: int) -> int:
        answers = [
            factories.response(
                score=1,
                unit=[company.north, company.south][i % 2],
                employee=company.fiona,
                account=factories.account(owner=company.mark),
            )
            for i in range(number)
        ]
        records = [
            Record(i, 0, "response.changed", NOW, "customer", "response", row.pk, {})
            for i, row in enumerate(answers)
        ]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            follow_answers(records, NOW)
        return len(queries)

    few = follow(2)
    assert follow(40) == few
    assert Case.objects.count() == 42


def test_a_score_changed_downwards_opens(answer: Answer) -> None:
    given = answer(score=8)
    given.score = 5
    given.save()
    tell(given, what="changed")
    assert Case.objects.get().score == 5


def test_a_comment_that_comes_later_joins_the_case(answer: Answer) -> None:
    given = answer(comment="")
    given.comment = "The courier never came."
    given.save()
    tell(given, what="changed")
    case = Case.objects.get()
    assert (case.response.comment, case.comment_seen) == ("The courier never came.", True)
    assert Note.objects.get().change == Change.COMMENT


def test_a_better_score_and_a_refusal_are_noted_not_closed(answer: Answer) -> None:
    given = answer(score=3, contact_consent=True)
    given.score, given.contact_consent = 9, False
    given.save()
    tell(given, what="changed", at=NOW + timedelta(hours=1))
    tell(given, what="changed", at=NOW + timedelta(hours=2))  # again, with nothing new
    case = Case.objects.get()
    assert (case.closed_at, case.score) == (None, 9)
    assert [(n.change, n.details) for n in case.notes.all()] == [
        (Change.SCORE, {"before": 3, "after": 9}),
        (Change.REFUSED, {}),
    ]
    assert Entry.objects.filter(type="case.noted").count() == 2
