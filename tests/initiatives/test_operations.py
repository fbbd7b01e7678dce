"""Who may do what with an initiative, in which order, and who is told?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from loopwell.access.enums import Role
from loopwell.access.models import User
from loopwell.access.operations import create_user
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from loopwell.huddles.models import Issue
from loopwell.initiatives.enums import Kind, Origin, State
from loopwell.initiatives.models import Initiative
from loopwell.initiatives.operations.drafts import Hope, Means
from loopwell.initiatives.operations.moving import agree_money, move_initiative
from loopwell.initiatives.operations.planning import (
    add_milestone,
    add_task,
    finish_milestone,
    finish_task,
    open_task,
)
from loopwell.initiatives.operations.proposing import change_initiative
from loopwell.initiatives.operations.reminding import remind_of_late
from loopwell.initiatives.operations.rolling_out import compare_with, depend_on, roll_out
from loopwell.initiatives.operations.talking import add_link, write_comment
from loopwell.initiatives.queries.lists import Wanted, listed, open_for
from loopwell.initiatives.queries.parts import spread_of
from loopwell.initiatives.queries.seeing import visible_to
from loopwell.jobs.rules import RECURRING
from loopwell.journal.models import Entry
from loopwell.journal.reading import consume_all
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound
from loopwell.themes.operations.merging import merge_theme
from tests.conftest import NOW, Company
from tests.initiatives.help import draft, proposed, running, theme

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def person(company: Company, name: str, role: Role) -> User:
    return create_user(
        actor=SYSTEM, email=f"{name}@acme.example", name=name, unit=company.root, roles=[role]
    )


def told(kind: str) -> list[int]:
    return Entry.objects.filter(type=kind).latest("pk").payload["tell"]


def test_a_manager_proposes_for_their_own_units_only(company: Company) -> None:
    made = proposed(company)

    assert (made.state, list(made.units.all()), list(made.themes.all())) == (
        State.IDEA, [company.north], [theme()],
    )  # fmt: skip
    assert told("initiative.proposed") == [company.alice.pk]
    assert [change.by for change in made.changes.all()] == [company.mark]
    for units in ([company.south], [company.north, company.south], []):
        with pytest.raises(Forbidden):
            proposed(company, units=units)
    with pytest.raises(Forbidden):
        proposed(company, by="fiona")
    assert proposed(company, units=[], by="alice").units.count() == 0
    assert Initiative.objects.count() == 2


def test_who_sees_it(company: Company) -> None:
    north, whole = proposed(company), proposed(company, by="alice", units=[])

    assert list(visible_to(company.actor("fiona"))) == [whole, north]
    assert list(visible_to(company.actor("oscar"))) == [whole]
    add_task(actor=company.actor("alice"), now=NOW, initiative=north, what="x", owner=company.oscar)
    assert list(visible_to(company.actor("oscar"))) == [whole, north]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"themes": []}, "themes"),
        ({"hope": Hope(nps=3.0)}, "nps"),
        ({"hope": Hope(nps=3.0, nps_low=4.0, nps_high=5.0)}, "nps"),
        ({"hope": Hope(share=-120.0)}, "share"),
        ({"hope": Hope(nps=float("nan"), nps_low=1.0, nps_high=2.0)}, "nps"),
        ({"means": Means(cost=Decimal(-1))}, "cost"),
        ({"means": Means(cost=Decimal("NaN"))}, "cost"),
        ({"means": Means(currency="€")}, "currency"),
        ({"means": Means(profit=Decimal(5))}, "profit"),
        ({"means": Means(people=Decimal("NaN"))}, "people"),
        ({"kind": Kind.COMPETES}, "nps"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(
    company: Company, more: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        proposed(company, **more)

    assert list(refused.value.fields) == [field]
    assert Initiative.objects.count() == 0


def test_a_front_line_person_is_not_made_owner(company: Company) -> None:
    with pytest.raises(Invalid) as refused:
        proposed(company, owner=company.fiona)

    assert list(refused.value.fields) == ["owner"]


def test_an_issue_that_one_does_not_see_is_no_origin(company: Company) -> None:
    issue = Issue.objects.create(unit=company.south, title="x", text="y", by=company.oscar)
    with pytest.raises(NotFound):
        proposed(company, issue=issue, origin=Origin.ISSUE)

    assert proposed(company, issue=issue, origin=Origin.ISSUE, by="alice").issue == issue


def test_managers_begin_and_end_but_do_not_approve(company: Company) -> None:
    made = proposed(company)
    mark, alice = company.actor("mark"), company.actor("alice")
    with pytest.raises(Forbidden):
        move_initiative(actor=mark, now=NOW, initiative=made, version=1, state=State.APPROVED)
    with pytest.raises(Conflict):
        move_initiative(actor=alice, now=NOW, initiative=made, version=1, state=State.DONE)

    made = move_initiative(
        actor=alice, now=NOW, initiative=made, version=1, state=State.APPROVED, note="Go"
    )
    assert told("initiative.approved") == [company.mark.pk]
    made = move_initiative(actor=mark, now=NOW, initiative=made, version=2, state=State.RUNNING)
    with pytest.raises(Conflict):
        move_initiative(actor=mark, now=NOW, initiative=made, version=1, state=State.DONE)
    with pytest.raises(Invalid):
        move_initiative(actor=alice, now=NOW, initiative=made, version=3, state=State.STOPPED)
    made = move_initiative(actor=mark, now=NOW, initiative=made, version=3, state=State.DONE)

    assert [(c.state, c.by, c.note) for c in made.changes.all()] == [
        ("idea", company.mark, ""), ("approved", company.alice, "Go"),
        ("running", company.mark, ""), ("done", company.mark, ""),
    ]  # fmt: skip


def test_nothing_is_approved_without_an_owner(company: Company) -> None:
    made = proposed(company, owner=None)
    with pytest.raises(Invalid):
        move_initiative(
            actor=company.actor("alice"), now=NOW, initiative=made, version=1, state=State.APPROVED
        )


def test_finance_agrees_until_the_money_changes(company: Company) -> None:
    made = proposed(company)
    fin = actor_for(person(company, "fin", Role.FINANCE))
    with pytest.raises(Forbidden):
        agree_money(actor=company.actor("alice"), now=NOW, initiative=made, version=1)
    made = agree_money(actor=fin, now=NOW, initiative=made, version=1, note="Within the plan")
    assert (made.agreed_by_id, made.agreed_note) == (fin.user_id, "Within the plan")

    mark = company.actor("mark")
    same = change_initiative(
        actor=mark, now=NOW, initiative=made, version=2, draft=draft(company, "Another title")
    )
    assert (same.title, same.agreed_at) == ("Another title", NOW)
    other = change_initiative(
        actor=mark, now=NOW, initiative=made, version=3,
        draft=draft(company, means=Means(cost=Decimal(1001))),
    )  # fmt: skip
    assert (other.agreed_by, other.agreed_at, other.agreed_note) == (None, None, "")
    assert told("initiative.agreement_lost") == [fin.user_id]


def test_of_two_changes_at_once_the_second_is_told(company: Company) -> None:
    made = proposed(company)
    mark = company.actor("mark")
    change_initiative(
        actor=mark, now=NOW, initiative=made, version=1, draft=draft(company, "First")
    )
    with pytest.raises(Conflict):
        change_initiative(
            actor=company.actor("alice"), now=NOW, initiative=made, version=1,
            draft=draft(company, "Second"),
        )  # fmt: skip
    made.refresh_from_db()
    assert made.title == "First"


def test_an_owner_from_elsewhere_changes_all_but_its_units(company: Company) -> None:
    made = proposed(company, by="alice", owner=company.oscar)
    oscar = company.actor("oscar")
    change_initiative(
        actor=oscar, now=NOW, initiative=made, version=1,
        draft=draft(company, "Faster", owner=company.oscar),
    )  # fmt: skip
    with pytest.raises(Forbidden):
        change_initiative(
            actor=oscar, now=NOW, initiative=made, version=2,
            draft=draft(company, owner=company.oscar, units=[company.north, company.south]),
        )  # fmt: skip


def test_tasks_are_finished_by_whose_they_are(company: Company) -> None:
    made = proposed(company)
    mark = company.actor("mark")
    own = add_task(actor=mark, now=NOW, initiative=made, what="Buy vans", owner=company.mark)
    with pytest.raises(Invalid):
        add_task(actor=mark, now=NOW, initiative=made, what="Nobody does it")
    given = add_task(
        actor=company.actor("alice"), now=NOW, initiative=made, what="Ask IT", owner=company.oscar
    )
    assert told("initiative.task_given") == [company.oscar.pk]
    oscar = company.actor("oscar")
    assert finish_task(actor=oscar, now=NOW, task=given).done_by == company.oscar
    with pytest.raises(Conflict):
        finish_task(actor=oscar, now=NOW, task=given)
    assert open_task(actor=oscar, now=NOW, task=given).done_at is None
    with pytest.raises(Forbidden):
        finish_task(actor=oscar, now=NOW, task=own)


def test_roll_outs_stay_where_it_is_meant_to_be(company: Company) -> None:
    made = proposed(company, by="alice", units=[])
    alice = company.actor("alice")
    roll_out(actor=alice, now=NOW, initiative=made, unit=company.north, on=date(2026, 5, 1))
    roll_out(actor=alice, now=NOW, initiative=made, unit=company.north, on=date(2026, 6, 1))
    found = spread_of(made)
    assert found.since == {company.north.pk: date(2026, 6, 1)}
    assert found.compared == {company.south.pk}
    with pytest.raises(Invalid):
        compare_with(actor=alice, now=NOW, initiative=made, units=[company.north])
    compare_with(actor=alice, now=NOW, initiative=made, units=[company.south])
    assert spread_of(made).compared == {company.south.pk}
    with pytest.raises(Invalid):
        roll_out(actor=alice, now=NOW, initiative=made, unit=company.south, on=TODAY)

    only_north = proposed(company)
    with pytest.raises(Invalid):
        roll_out(actor=alice, now=NOW, initiative=only_north, unit=company.south, on=TODAY)


def test_initiatives_never_wait_for_each_other(company: Company) -> None:
    one, two, three = (proposed(company, title) for title in ("One", "Two", "Three"))
    mark = company.actor("mark")
    depend_on(actor=mark, now=NOW, initiative=one, others=[two])
    depend_on(actor=mark, now=NOW, initiative=two, others=[three])
    with pytest.raises(Invalid, match="Three → One → Two → Three"):
        depend_on(actor=mark, now=NOW, initiative=three, others=[one])
    with pytest.raises(Invalid):
        depend_on(actor=mark, now=NOW, initiative=one, others=[one])
    assert list(three.depends_on.all()) == []


def test_links_lead_to_https_only_and_everybody_who_sees_it_comments(company: Company) -> None:
    made = proposed(company)
    with pytest.raises(Invalid):
        add_link(
            actor=company.actor("mark"), now=NOW, initiative=made, title="x",
            url="javascript:alert(1)",
        )  # fmt: skip
    write_comment(actor=company.actor("fiona"), now=NOW, initiative=made, text="At last!")
    assert told("initiative.commented") == [company.mark.pk]
    with pytest.raises(NotFound):
        write_comment(actor=company.actor("oscar"), now=NOW, initiative=made, text="Me too")


def test_what_is_late_is_told_once_a_week_to_whose_it_is(company: Company) -> None:
    made = running(company)
    mark = company.actor("mark")
    reached = add_milestone(
        actor=mark, now=NOW, initiative=made, title="Vans", due_on=TODAY - timedelta(days=1)
    )
    add_task(
        actor=company.actor("alice"), now=NOW, initiative=made, what="Ask", owner=company.oscar,
        due_on=TODAY - timedelta(days=3),
    )  # fmt: skip
    idea = proposed(company, "Only an idea", due_on=TODAY - timedelta(days=9))

    assert remind_of_late(NOW) == 1
    assert told("initiative.late") == [company.mark.pk, company.oscar.pk]
    assert remind_of_late(NOW + timedelta(days=6)) == 0
    finish_milestone(actor=mark, now=NOW, milestone=reached)
    assert remind_of_late(NOW + timedelta(days=7)) == 1
    assert told("initiative.late") == [company.oscar.pk]
    late = listed(company.actor("alice"), Wanted(late=True), TODAY)
    assert [(row.title, row.late_milestones, row.late_tasks) for row in late] == [
        ("Ship on time", 0, 1)
    ]  # fmt: skip
    assert idea.reminded_on is None


def test_the_pain_map_finds_the_open_ones_of_a_problem(company: Company) -> None:
    first, second = running(company), proposed(company, "Second")
    other = theme("rude", "Rude staff")
    first.themes.add(other)

    found = open_for(company.actor("alice"), [theme().pk, other.pk])
    assert {pk: list(rows) for pk, rows in found.items()} == {
        theme().pk: [first, second],
        other.pk: [first],
    }
    assert open_for(company.actor("oscar"), [theme().pk]) == {}


def test_after_two_problems_became_one_it_fixes_that_one(company: Company) -> None:
    made, other = proposed(company), theme("rude", "Rude staff")
    merge_theme(actor=company.actor("alice"), now=NOW, theme=theme(), into=other)
    consume_all(now=NOW)

    assert list(made.themes.all()) == [other]


def test_late_ones_are_looked_for_each_day() -> None:
    assert RECURRING["initiatives.late"].every == timedelta(days=1)
