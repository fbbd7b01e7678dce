"""What if a customer answers again who has a case: does it join, reopen, and start the clock?"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from loopwell.cases.enums import Change, Priority, Result
from loopwell.cases.models import Case, JoinedAnswer, Policy, Reopening, Rule
from loopwell.cases.queries import StoryKind, case_of, story, timeline
from loopwell.console.cases.wording import tell as tell_line
from loopwell.journal.models import Cursor, Entry
from loopwell.journal.reading import consume_all
from tests.cases.conftest import Answer, tell
from tests.conftest import NOW, Company

DAY = timedelta(days=1)


def close(case: Case, *, days: int = 1) -> None:
    Case.objects.filter(pk=case.pk).update(closed_at=NOW + days * DAY, reached_at=NOW)
    case.closures.create(result=Result.SOLVED, learnt="x", at=NOW + days * DAY)


def test_a_second_answer_joins_the_open_case(answer: Answer) -> None:
    first = answer(score=3)
    again = answer(customer=first.customer, score=1, at=NOW + DAY)
    case = Case.objects.get()
    assert (case.response, case.score, again.joined_case.case) == (first, 3, case)
    entry = Entry.objects.get(type="case.joined")
    assert (entry.subject_id, entry.payload["score"]) == (case.pk, 1)
    line = tell_line(timeline(case)[-1])
    assert line is not None
    assert "answer" in line.words


def test_the_earlier_promise_holds_and_urgency_only_grows(answer: Answer) -> None:
    first = answer(score=3)
    before = Case.objects.get()
    Rule.objects.update(priority=Priority.HIGH, due_working_hours=100)
    answer(customer=first.customer, score=0, at=NOW + DAY)
    case = Case.objects.get()
    assert (case.due_at, case.priority, case.version) == (before.due_at, Priority.HIGH, 2)


def test_who_was_reached_already_must_be_called_anew(answer: Answer) -> None:
    """Else the promise on their thanks page would not be kept."""
    first = answer(score=3)
    Case.objects.update(reached_at=NOW)
    answer(customer=first.customer, score=2, at=NOW + DAY)
    case = Case.objects.get()
    assert (case.reached_at, case.next_step_at) == (None, NOW + DAY)
    assert case.due_at > NOW + DAY


def test_a_better_answer_is_known_and_changes_no_deadline(answer: Answer) -> None:
    first = answer(score=3)
    before = Case.objects.get()
    answer(customer=first.customer, score=10, at=NOW + DAY)
    case = Case.objects.get()
    assert JoinedAnswer.objects.get().case == case
    assert (case.due_at, case.version, case.reached_at) == (before.due_at, 1, None)


def test_a_refusal_joins_and_is_said_first(answer: Answer) -> None:
    first = answer(score=3)
    again = answer(customer=first.customer, score=3, contact_consent=None, at=NOW + DAY)
    again.contact_consent = False
    again.save()
    tell(again, what="changed", at=NOW + 2 * DAY)
    tell(again, what="changed", at=NOW + 3 * DAY)
    assert [n.change for n in Case.objects.get().notes.all()] == [Change.REFUSED]


@pytest.mark.parametrize(("days", "reopens"), [(29, True), (31, True), (32, False)])
def test_an_answer_soon_after_the_end_reopens(answer: Answer, days: int, reopens: bool) -> None:
    first = answer(score=3)
    case = Case.objects.get()
    close(case, days=1)
    Policy.objects.create(reopen_days=30)
    answer(customer=first.customer, score=2, at=NOW + days * DAY)
    assert Case.objects.count() == (1 if reopens else 2)
    case.refresh_from_db()
    assert (case.closed_at is None) is reopens
    assert Reopening.objects.count() == int(reopens)
    if reopens:
        assert Reopening.objects.get().reason == "The customer answered again: 2"
        assert (case.reached_at, case.due_at > NOW + days * DAY, case.version) == (None, True, 2)
        assert JoinedAnswer.objects.get().case == case
        line = tell_line(timeline(case)[-1])
        assert line is not None
        assert (line.words, line.detail) == (
            "It opened again", "The customer answered again: 2",
        )  # fmt: skip


def test_a_happy_answer_reopens_nothing(answer: Answer) -> None:
    first = answer(score=3)
    close(Case.objects.get())
    answer(customer=first.customer, score=9, at=NOW + 2 * DAY)
    assert Case.objects.get().closed_at is not None
    assert not JoinedAnswer.objects.exists()


def test_another_unit_calls_by_itself(answer: Answer, company: Company) -> None:
    first = answer(score=3)
    answer(customer=first.customer, score=3, unit=company.south, at=NOW + DAY)
    assert Case.objects.count() == 2


def test_the_journal_can_be_read_again(answer: Answer) -> None:
    first = answer(score=9)
    answer(customer=first.customer, score=3, at=NOW + DAY)
    answer(customer=first.customer, score=2, at=NOW + 2 * DAY)
    case = Case.objects.get()
    close(case, days=3)
    answer(customer=first.customer, score=1, at=NOW + 4 * DAY)
    counts = (1, 2, 1)
    assert (Case.objects.count(), JoinedAnswer.objects.count(), Reopening.objects.count()) == counts
    Cursor.objects.filter(consumer="cases").update(xid=0, entry_id=0)
    consume_all(now=NOW + 5 * DAY)
    assert (Case.objects.count(), JoinedAnswer.objects.count(), Reopening.objects.count()) == counts


def test_the_joined_answer_leads_to_the_case_and_is_in_its_story(
    answer: Answer, company: Company, client: Client
) -> None:
    first = answer(score=3)
    again = answer(customer=first.customer, score=1, at=NOW + DAY)
    case, mark = Case.objects.get(), company.actor("mark")
    assert [case_of(mark, each) for each in (first, again)] == [case, case]
    assert case_of(company.actor("oscar"), again) is None
    told = [item.what for item in story(mark, case) if item.kind is StoryKind.ANSWER]
    assert told == [again, first]
    client.force_login(company.mark)
    page = client.get(reverse("answers:answer", args=[again.ref])).content.decode()
    assert reverse("cases:case", args=[case.ref]) in page
    listed = client.get(reverse("answers:list") + "?period=all").content.decode()
    assert listed.count(reverse("cases:case", args=[case.ref])) == 2
