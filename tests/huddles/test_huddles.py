"""Does a team's week tell what happened, and do its commitments come back until they end?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from loopwell.cases.enums import Result
from loopwell.cases.models import Case, Closure, FurtherAction
from loopwell.huddles.enums import CommitmentState
from loopwell.huddles.models import Commitment
from loopwell.huddles.operations.commitments import commit, end_commitment, take_up_again
from loopwell.huddles.operations.holding import hold_huddle, not_held
from loopwell.huddles.queries.agenda import agenda
from loopwell.huddles.queries.teams import (
    commitments,
    open_commitments,
    team_by_ref,
    team_commitments,
    weeks_carried,
)
from loopwell.huddles.rules.weeks import monday_of, read_week, week_text
from loopwell.journal.models import Entry
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound
from loopwell.responses.models import Response
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db
WEEK = monday_of(NOW.date())


def answer(company: Company, score: int, **fields: object) -> Response:
    given = {"score": score, "unit": company.north, "answered_at": NOW} | fields
    return factories.response(**given)


def case_of(response: Response, **fields: object) -> Case:
    given = {"opened_at": NOW, "due_at": NOW + timedelta(days=1), "next_step_at": NOW} | fields
    return Case.objects.create(
        response=response, customer=response.customer, unit=response.unit, score=response.score,
        **given,
    )  # fmt: skip


def test_weeks_in_addresses() -> None:
    assert week_text(date(2026, 11, 16)) == "2026-W47"
    assert read_week("2026-W47") == date(2026, 11, 16)
    assert read_week("2026-W53") == date(2026, 12, 28)
    assert [read_week(text) for text in ("2025-W53", "2026-47", "x", "2026-W00")] == [None] * 4


def test_the_agenda_tells_the_week(company: Company) -> None:
    answer(company, 10, comment="Fiona was great", employee=company.fiona)
    answer(company, 9, comment="Fast")
    answer(company, 10)
    answer(company, 9, comment="Last week", answered_at=NOW - timedelta(days=7))
    answer(company, 9, comment="Of the South", unit=company.south)
    late = case_of(answer(company, 1, comment="Slow"), due_at=NOW - timedelta(hours=1))
    solved = case_of(answer(company, 2), closed_at=NOW, reached_at=NOW)
    Closure.objects.create(case=solved, result=Result.SOLVED, learnt="x", at=NOW)
    FurtherAction.objects.create(case=late, what="Send a form", due_on=NOW.date())
    found = agenda(company.actor("mark"), company.north, WEEK, NOW)
    assert ([a.comment for a in found.praise.rows], found.wins.n) == (["Fiona was great"], 1)
    assert [case.score for case in found.unhappy.rows] == [1, 2]
    assert (found.late.rows, found.solved.n, found.promises.n) == ([late], 1, 1)
    assert found.answers == 5
    empty = agenda(company.actor("mark"), company.north, WEEK - timedelta(days=70), NOW)
    assert (empty.answers, empty.wins.n, empty.score.now.n) == (0, 0, 0)


def test_a_week_begins_where_the_team_is(company: Company) -> None:
    company.north.time_zone = "Asia/Tokyo"
    company.north.save()
    sunday = datetime(2026, 3, 8, 20, tzinfo=UTC)  # Monday, five in the morning, in Tokyo
    held = hold_huddle(
        actor=company.actor("mark"), now=sunday, unit=company.north, week=date(2026, 3, 9)
    )
    assert held.held_at == sunday


def test_other_teams_are_not_theirs(company: Company) -> None:
    with pytest.raises(NotFound):
        team_by_ref(company.actor("oscar"), company.north.ref)
    with pytest.raises(Forbidden):
        hold_huddle(actor=company.actor("oscar"), now=NOW, unit=company.north, week=WEEK)
    with pytest.raises(Forbidden):
        hold_huddle(actor=company.actor("fiona"), now=NOW, unit=company.north, week=WEEK)


def test_numbers_stay_as_they_were_told(company: Company) -> None:
    mark = company.actor("mark")
    answer(company, 10, comment="Good")
    held = hold_huddle(actor=mark, now=NOW, unit=company.north, week=WEEK, notes="a", attended=4)
    assert (held.facts["wins"], held.attended) == (1, 4)
    answer(company, 10, comment="Later")
    again = hold_huddle(actor=mark, now=NOW, unit=company.north, week=WEEK, notes="b")
    assert (again.pk, again.facts["wins"], again.notes) == (held.pk, 1, "b")
    assert not_held(actor=mark, now=NOW, huddle=again).facts == {}
    with pytest.raises(Conflict):
        hold_huddle(actor=mark, now=NOW, unit=company.north, week=WEEK + timedelta(days=7))


def made(company: Company, **fields: object) -> Commitment:
    given = {
        "unit": company.north, "week": WEEK, "what": "Call before we come", "owner": company.fiona,
        "due_on": WEEK + timedelta(days=4), "now": NOW, "actor": company.actor("mark"),
    } | fields  # fmt: skip
    return commit(**given)  # type: ignore[arg-type]  # the fields of the test


def test_a_commitment_comes_back_until_it_ends(company: Company) -> None:
    row = made(company)
    assert Entry.objects.get(type="commitment.given").payload["tell"] == [company.fiona.pk]
    later = WEEK + timedelta(days=14)
    still, ended = team_commitments(company.north, later)
    assert (list(still), list(ended), weeks_carried(row, later)) == ([row], [], 2)
    fiona = company.actor("fiona")
    assert list(open_commitments(fiona)) == [row]
    at = datetime(2026, 3, 10, tzinfo=NOW.tzinfo)
    end_commitment(actor=fiona, now=at, commitment=row, state=CommitmentState.DONE, outcome="Works")
    still, ended = team_commitments(company.north, WEEK)
    assert (list(still), list(ended)) == ([], [row])
    with pytest.raises(Conflict):
        end_commitment(actor=fiona, now=at, commitment=row, state=CommitmentState.DONE, outcome="")
    take_up_again(actor=fiona, now=at, commitment=row)
    assert list(open_commitments(fiona)) == [row]
    with pytest.raises(Conflict):
        take_up_again(actor=fiona, now=at, commitment=row)
    mark = company.actor("mark")
    end_commitment(
        actor=mark, now=at, commitment=row, state=CommitmentState.DROPPED, outcome="Not ours"
    )
    with pytest.raises(Conflict):  # fiona's page still shows it open
        end_commitment(actor=fiona, now=at, commitment=row, state=CommitmentState.DONE, outcome="")
    with pytest.raises(Forbidden):
        take_up_again(actor=fiona, now=at, commitment=row)
    assert take_up_again(actor=mark, now=at, commitment=row).outcome == ""


def test_who_may_commit_end_and_drop(company: Company) -> None:
    row = made(company)
    fiona, oscar = company.actor("fiona"), company.actor("oscar")
    with pytest.raises(Forbidden):
        made(company, actor=oscar)
    with pytest.raises(Forbidden):
        made(company, actor=fiona)
    with pytest.raises(Invalid) as error:
        made(company, owner=company.oscar, what=" ", due_on=WEEK - timedelta(days=1))
    assert set(error.value.fields) == {"what", "owner", "due_on"}
    dropped = CommitmentState.DROPPED
    with pytest.raises(Forbidden):
        end_commitment(actor=fiona, now=NOW, commitment=row, state=dropped, outcome="x")
    with pytest.raises(Forbidden):
        end_commitment(
            actor=oscar, now=NOW, commitment=row, state=CommitmentState.DONE, outcome="x"
        )
    with pytest.raises(Invalid):
        end_commitment(
            actor=company.actor("mark"), now=NOW, commitment=row, state=dropped, outcome=""
        )
    assert list(commitments(oscar)) == []
