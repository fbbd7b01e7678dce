"""Can people work on a case from the first call to its end, without losing each other's work?"""

import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from loopwell.cases import operations, rules
from loopwell.cases.enums import Change, Outcome, Result, Stage
from loopwell.cases.models import Case, Draft, Note
from loopwell.cases.operations import (
    ChangedMeanwhile,
    Interview,
    RuleChange,
    close_case,
    reassign_case,
    record_attempt,
    reopen_case,
    save_draft,
    save_rule,
    schedule_callback,
)
from loopwell.cases.queries import answer_changes, draft_of, possible_owners, timeline
from loopwell.journal.models import Entry
from loopwell.kit.errors import Conflict, ExpectedError, Forbidden, Invalid, NotFound
from loopwell.themes.queries import causes_found
from loopwell.themes.rules import Cause
from tests.conftest import NOW, Company

SOLVED = Interview(
    result=Result.SOLVED, learnt="The courier lost it.", causes=[Cause("late-delivery")]
)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.BUSY])
def test_not_reached_means_next_working_day_at_another_hour(
    case: Case, company: Company, outcome: Outcome
) -> None:
    friday = datetime(2026, 3, 6, 10, tzinfo=UTC)
    done = record_attempt(
        actor=company.actor("mark"), now=friday, case=case, version=1, outcome=outcome
    )
    assert done.next_step_at == datetime(2026, 3, 9, 15, 45, tzinfo=UTC)
    assert rules.stage_of(done, friday) == Stage.WAITING
    attempt = done.attempts.get()
    assert (attempt.outcome, attempt.by, attempt.next_at) == (
        outcome,
        company.mark,
        done.next_step_at,
    )


def test_reached_stops_the_clock(case: Case, company: Company) -> None:
    late = NOW + timedelta(days=9)
    assert rules.is_late(case, late)
    done = record_attempt(
        actor=company.actor("fiona"), now=late, case=case, version=1, outcome=Outcome.REACHED
    )
    assert (done.reached_at, rules.stage_of(done, late)) == (late, Stage.REACHED)
    assert not rules.is_late(done, late)


def test_a_time_agreed_on_is_kept(case: Case, company: Company) -> None:
    mark, wanted = company.actor("mark"), NOW + timedelta(days=3)
    done = schedule_callback(
        actor=mark, now=NOW, case=case, version=1, call_at=wanted, note="After work"
    )
    assert (done.next_step_at, done.due_at) == (wanted, case.due_at)
    with pytest.raises(Invalid):
        schedule_callback(actor=mark, now=NOW, case=case, version=2, call_at=NOW)
    assert Case.objects.get().version == 2


def test_a_case_goes_to_somebody_who_can_work_on_it(case: Case, company: Company) -> None:
    mark = company.actor("mark")
    assert set(possible_owners(case)) == {company.alice, company.mark, company.fiona}
    done = reassign_case(
        actor=mark, now=NOW, case=case, version=1, owner=company.fiona, reason="She knows her"
    )
    assert done.owner == company.fiona
    assert done.assignments.last().reason == "She knows her"
    for owner, reason in [(company.oscar, "No idea"), (company.mark, " "), (company.fiona, "Me")]:
        with pytest.raises(Invalid):
            reassign_case(actor=mark, now=NOW, case=case, version=2, owner=owner, reason=reason)
    assert Case.objects.get().owner == company.fiona


def test_closing_keeps_what_was_learnt(case: Case, company: Company) -> None:
    causes = [Cause("late-delivery", Decimal(60)), Cause("wrong-information")]
    interview = Interview(
        result=Result.SOLVED, learnt=" Lost parcel. ", resolution="Sent again", causes=causes
    )
    save_draft(actor=company.actor("fiona"), now=NOW, case=case, data={"learnt": "Lost"})
    done = close_case(
        actor=company.actor("mark"), now=NOW, case=case, version=1, interview=interview
    )
    assert (done.closed_at, done.reached_at) == (NOW, NOW)
    closure = done.closures.get()
    assert (closure.learnt, closure.resolution, closure.by) == (
        "Lost parcel.",
        "Sent again",
        company.mark,
    )
    found = causes_found([case.response_id])[case.response_id]
    assert [(f.slug, f.weight) for f in found] == [("late-delivery", 60), ("wrong-information", 40)]
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("interview", "mistakes"),
    [
        (Interview(result=Result.SOLVED), {"learnt", "causes"}),
        (Interview(result=Result.EXPLAINED, learnt="x"), {"causes"}),
        (Interview(result=Result.PASSED_ON, causes=[Cause("price")]), {"learnt"}),
        (
            Interview(result=Result.SOLVED, learnt="x", causes=[Cause("price", Decimal(40))]),
            {"causes"},
        ),
    ],
)
def test_nothing_is_closed_without_learning(
    case: Case, company: Company, interview: Interview, mistakes: set[str]
) -> None:
    with pytest.raises(Invalid) as caught:
        close_case(actor=company.actor("mark"), now=NOW, case=case, version=1, interview=interview)
    assert set(caught.value.fields) == mistakes
    assert Case.objects.get().version == 1


@pytest.mark.parametrize("result", [Result.UNREACHABLE, Result.NO_CONTACT])
def test_who_was_not_reached_taught_nothing(case: Case, company: Company, result: Result) -> None:
    done = close_case(
        actor=company.actor("mark"),
        now=NOW,
        case=case,
        version=1,
        interview=Interview(result=result),
    )
    assert (done.closed_at, done.reached_at) == (NOW, None)


def test_a_case_closed_wrongly_is_opened_again(case: Case, company: Company) -> None:
    mark, later = company.actor("mark"), NOW + timedelta(days=30)
    with pytest.raises(Conflict):
        reopen_case(actor=mark, now=NOW, case=case, version=1, reason="Why not")
    close_case(actor=mark, now=NOW, case=case, version=1, interview=SOLVED)
    with pytest.raises(Conflict):
        record_attempt(actor=mark, now=NOW, case=case, version=2, outcome=Outcome.REACHED)
    with pytest.raises(Invalid):
        reopen_case(actor=mark, now=later, case=case, version=2, reason="")
    done = reopen_case(actor=mark, now=later, case=case, version=2, reason="It was lost again")
    assert (done.closed_at, done.next_step_at, done.owner) == (None, later, company.mark)
    assert rules.stage_of(done, later) == Stage.NEW
    assert done.due_at > later
    assert done.closures.count() == 1


def test_opened_again_it_goes_to_who_still_works_here(case: Case, company: Company) -> None:
    close_case(actor=company.actor("mark"), now=NOW, case=case, version=1, interview=SOLVED)
    company.mark.is_active = False
    company.mark.save()
    done = reopen_case(
        actor=company.actor("fiona"), now=NOW, case=case, version=2, reason="Lost again"
    )
    assert done.owner == company.alice
    assert record_attempt(
        actor=company.actor("fiona"), now=NOW, case=case, version=done.version,
        outcome=Outcome.BUSY,
    )  # fmt: skip
    assert Entry.objects.get(type="case.reopened").payload["owner"] == company.alice.pk


def test_every_change_is_in_the_journal(case: Case, company: Company) -> None:
    mark = company.actor("mark")
    record_attempt(actor=mark, now=NOW, case=case, version=1, outcome=Outcome.BUSY, note="Engaged")
    schedule_callback(actor=mark, now=NOW, case=case, version=2, call_at=NOW + HOUR)
    reassign_case(actor=mark, now=NOW, case=case, version=3, owner=company.fiona, reason="Away")
    close_case(actor=company.actor("fiona"), now=NOW, case=case, version=4, interview=SOLVED)
    reopen_case(actor=mark, now=NOW, case=case, version=5, reason="Wrong")
    lines = timeline(case)
    assert [(line.type, line.who) for line in lines] == [
        ("case.opened", ""),
        ("case.attempted", "Mark"),
        ("case.scheduled", "Mark"),
        ("case.assigned", "Mark"),
        ("case.closed", "Fiona"),
        ("case.reopened", "Mark"),
    ]
    assert [lines[1].record.note, lines[3].record.owner, lines[5].record.reason] == [
        "Engaged",
        company.fiona,
        "Wrong",
    ]


def test_the_second_of_two_people_is_told_what_the_first_did(case: Case, company: Company) -> None:
    record_attempt(
        actor=company.actor("fiona"), now=NOW, case=case, version=1, outcome=Outcome.REACHED
    )
    with pytest.raises(ChangedMeanwhile) as caught:
        close_case(actor=company.actor("mark"), now=NOW, case=case, version=1, interview=SOLVED)
    assert str(caught.value).startswith("Fiona recorded a call at ")
    assert Case.objects.get().closed_at is None
    assert Entry.objects.filter(type="case.closed").count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_wins(case: Case, company: Company) -> None:
    start, ends = threading.Barrier(2), []

    def call(name: str) -> None:
        actor = company.actor(name)
        start.wait()
        try:
            record_attempt(actor=actor, now=NOW, case=case, version=1, outcome=Outcome.BUSY)
            ends.append("done")
        except ChangedMeanwhile:
            ends.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=call, args=(name,)) for name in ("mark", "fiona")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["done", "told"]
    assert (case.attempts.count(), Case.objects.get().version) == (1, 2)


@pytest.mark.parametrize(
    ("name", "error"), [("oscar", NotFound), ("analyst", Forbidden), ("fiona", None)]
)
def test_who_may_work_on_a_case(
    case: Case, company: Company, name: str, error: type[ExpectedError] | None
) -> None:
    if name == "analyst":
        company.fiona.memberships.update(role="analyst")
        name = "fiona"
    actor, now = company.actor(name), NOW
    doings = {
        "attempt": lambda: record_attempt(
            actor=actor, now=now, case=case, version=1, outcome=Outcome.BUSY
        ),
        "callback": lambda: schedule_callback(
            actor=actor, now=now, case=case, version=2, call_at=now + HOUR
        ),
        "owner": lambda: reassign_case(
            actor=actor, now=now, case=case, version=3, owner=company.alice, reason="x"
        ),
        "draft": lambda: save_draft(actor=actor, now=now, case=case, data={"learnt": "x"}),
        "close": lambda: close_case(actor=actor, now=now, case=case, version=4, interview=SOLVED),
        "reopen": lambda: reopen_case(actor=actor, now=now, case=case, version=5, reason="x"),
    }
    for doing in doings.values():
        if error is None:
            doing()
        else:
            with pytest.raises(error):
                doing()
    assert Case.objects.get().version == (6 if error is None else 1)


def test_drafts_are_each_persons_own(case: Case, company: Company) -> None:
    mark, fiona = company.actor("mark"), company.actor("fiona")
    save_draft(actor=mark, now=NOW, case=case, data={"learnt": "He", "resolution": ""})
    save_draft(actor=mark, now=NOW, case=case, data={"learnt": "He waited"})
    draft = draft_of(mark, case)
    assert draft is not None
    assert draft.data == {"learnt": "He waited"}
    assert draft_of(fiona, case) is None
    assert Case.objects.get().version == 1


def test_rules_belong_to_the_programme(company: Company) -> None:
    wanted = RuleChange("Passives too", 0, 8, True, 16, True)
    rule = save_rule(actor=company.actor("alice"), now=NOW, rule=None, wanted=wanted)
    assert (rule.name, rule.highest_score, rule.due_working_hours) == ("Passives too", 8, 16)
    with pytest.raises(Forbidden):
        save_rule(actor=company.actor("mark"), now=NOW, rule=rule, wanted=wanted)
    for bad in [("", 0, 6, 24), ("x", 7, 6, 24), ("x", 0, 11, 24), ("x", 0, 6, 0)]:
        name, lowest, highest, due = bad
        change = RuleChange(name, lowest, highest, False, due, True)
        with pytest.raises(Invalid):
            operations.save_rule(actor=company.actor("alice"), now=NOW, rule=rule, wanted=change)


def test_only_a_changed_score_or_a_refusal_is_news_to_the_caller(case: Case) -> None:
    for change in Change:
        Note.objects.create(case=case, change=change)

    assert {note.change for note in answer_changes(case)} == {Change.SCORE, Change.REFUSED}
