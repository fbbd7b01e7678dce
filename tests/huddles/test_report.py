"""Does a unit's month tell its numbers, words and what came of what was agreed?"""

from datetime import date, timedelta

import pytest

from loopwell.access.enums import Role
from loopwell.access.operations import create_user
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Case, FurtherAction
from loopwell.huddles.enums import CommitmentState, IssueState
from loopwell.huddles.models import Commitment, Issue, IssueStep
from loopwell.huddles.queries.report import months_with_answers, report
from loopwell.huddles.rules.months import month_after, month_before, month_text, read_month
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db
MONTH = NOW.date().replace(day=1)


def test_months_in_addresses() -> None:
    assert read_month("2026-11") == date(2026, 11, 1)
    assert [read_month(text) for text in ("2026-13", "2026-1", "x", "0000-01")] == [None] * 4
    assert (month_before(date(2026, 1, 1)), month_after(date(2026, 12, 1))) == (
        date(2025, 12, 1), date(2027, 1, 1),
    )  # fmt: skip
    assert month_text(date(2026, 3, 1)) == "2026-03"


def test_a_month(company: Company) -> None:
    unit = company.north
    unhappy = factories.response(score=2, comment="Slow", unit=unit, answered_at=NOW)
    factories.response(score=10, comment="Fast", unit=unit, answered_at=NOW)
    factories.response(
        score=10, comment="Long ago", unit=unit, answered_at=NOW - timedelta(days=40)
    )
    factories.response(score=0, comment="South", unit=company.south, answered_at=NOW)
    case = Case.objects.create(
        response=unhappy, customer=unhappy.customer, unit=unit, score=2, opened_at=NOW,
        due_at=NOW + timedelta(days=1), next_step_at=NOW, reached_at=NOW,
    )  # fmt: skip
    FurtherAction.objects.create(case=case, what="Send a form", due_on=NOW.date(), at=NOW)
    week = NOW.date()
    kept = {"unit": unit, "owner": company.fiona, "due_on": week}
    Commitment.objects.create(what="Call first", week=week, **kept)
    Commitment.objects.create(what="Of April", week=month_after(MONTH), **kept)
    found = report(company.actor("mark"), unit, MONTH)
    words = {v.category: [a.comment for a in v.rows] for v in found.voices}
    assert words == {"promoter": ["Fast"], "passive": [], "detractor": ["Slow"]}
    assert found.cases is not None
    assert (found.cases.opened, found.cases.in_time, found.cases.closed) == (1, 1, 0)
    assert [row.what for row in found.agreed] == ["Call first"]
    assert [row.what for row in found.promised] == ["Send a form"]
    assert [row.what for row in found.still] == ["Call first"]
    assert [row.what for row in found.unkept] == ["Send a form"]
    assert found.company is None  # mark does not see the whole company
    assert found.change is None
    alice = report(company.actor("alice"), unit, MONTH)
    assert alice.company is not None
    months = months_with_answers(company.actor("mark"), unit, NOW.date())
    assert months[0] == MONTH
    assert month_before(MONTH) in months


def test_what_was_open_when_the_month_ended_stays_told(company: Company) -> None:
    unit, long_ago, after = company.north, NOW - timedelta(days=60), NOW + timedelta(days=60)
    said = factories.response(score=2, unit=unit, answered_at=long_ago)
    case = Case.objects.create(
        response=said, customer=said.customer, unit=unit, score=2, opened_at=long_ago,
        due_at=NOW, next_step_at=NOW,
    )  # fmt: skip
    for what, done in (("Open", None), ("Done since", after), ("Done before", long_ago)):
        FurtherAction.objects.create(
            case=case, what=what, due_on=NOW.date(), at=long_ago, done_at=done
        )
        Commitment.objects.create(
            unit=unit, what=what, due_on=NOW.date(), week=long_ago.date(), ended_at=done,
            state=CommitmentState.DONE if done else CommitmentState.OPEN,
        )  # fmt: skip
        issue = Issue.objects.create(
            unit=unit, title=what, text="x", by=company.fiona, at=long_ago,
            state=IssueState.ANSWERED if done else IssueState.NEW,
        )  # fmt: skip
        if done:
            issue.steps.create(state=IssueState.ANSWERED, at=done)
    found = report(company.actor("fiona"), unit, MONTH)
    open_then = ["Open", "Done since"]
    assert [row.what for row in found.unkept] == open_then
    assert [row.what for row in found.still] == open_then
    assert [row.title for row in found.raised] == open_then


def test_a_unit_nobody_spoke_of(company: Company) -> None:
    found = report(company.actor("alice"), company.south, MONTH)
    assert (found.score.n, list(found.agreed), found.recovered) == (0, [], None)
    assert months_with_answers(company.actor("alice"), company.south, NOW.date()) == []


def test_issues_are_told_only_to_those_who_may_read_them(company: Company) -> None:
    issue = Issue.objects.create(
        unit=company.north, title="Secret", text="x", by=company.fiona, state=IssueState.ACCEPTED
    )
    IssueStep.objects.create(issue=issue, state=IssueState.ACCEPTED, at=NOW)
    Issue.objects.filter(pk=issue.pk).update(at=NOW)
    finance = create_user(
        actor=SYSTEM, email="f@acme.example", name="F", unit=company.north, roles=[Role.FINANCE]
    )
    for actor, seen in ((company.actor("mark"), 1), (actor_for(finance), 0)):
        found = report(actor, company.north, MONTH)
        assert (len(found.accepted), len(found.raised)) == (seen, seen)
    assert report(actor_for(finance), company.north, MONTH).cases is None
