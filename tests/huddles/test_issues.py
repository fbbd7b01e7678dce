"""Does an issue find its way to the office, and the answer back to everybody who has it?"""

from datetime import timedelta

import pytest

from loopwell.access.models import Unit
from loopwell.cases.operations import open_by_hand
from loopwell.huddles.enums import IssueState
from loopwell.huddles.models import Issue
from loopwell.huddles.operations.answering import (
    Work,
    accept_issue,
    answer_issue,
    ask_back,
    join_issue,
    reopen,
    reply,
)
from loopwell.huddles.operations.issues import (
    IssueDraft,
    Shown,
    look_at,
    raise_issue,
    stop_supporting,
    support_issue,
)
from loopwell.huddles.queries.evidence import can_take_work, pieces_of, voices_by_unit
from loopwell.huddles.queries.issues import (
    answering,
    answers_for,
    counts,
    likely_duplicates,
    open_issues,
    to_answer,
    unread_answers,
    visible_to,
)
from loopwell.huddles.rules.likeness import Wording, likeness
from loopwell.journal.models import Entry
from loopwell.journal.reading import consume_all
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound
from loopwell.notify.models import Alarm
from tests import factories
from tests.conftest import NOW, Company

DAY = timedelta(days=1)


def raised(company: Company, who: str = "mark", unit: Unit | None = None, **words: str) -> Issue:
    draft = IssueDraft(
        words.get("title", "Invoices are wrong"),
        words.get("text", "Each month."),
        unit or company.north,
    )
    return raise_issue(actor=company.actor(who), now=NOW, draft=draft)


def told(what: str) -> list[int]:
    found: list[int] = Entry.objects.filter(type=what).latest("pk").payload["tell"]
    return found


def test_likeness_is_by_words_and_says_which() -> None:
    one = Wording("Invoices are wrong", "Each month the address is the old one", theme=1)
    alike = likeness(one, Wording("Wrong invoice", "The old address on it, each month", theme=1))
    other = likeness(
        one, Wording("Parking is full", "Nobody finds a place in the morning", theme=1)
    )
    assert alike.score > 0.6
    assert set(alike.words) >= {"invoices", "wrong", "month", "address"}
    assert alike.same_theme
    assert other.score < 0.3
    assert likeness(one, one).score == pytest.approx(1)
    assert likeness(one, Wording("Invoices are wrong")).score < 1
    apart = likeness(Wording("", theme=2), Wording("Что-то другое", theme=2))
    assert (apart.score, list(apart.words)) == (0, [])
    assert likeness(Wording("Счета неверные"), Wording("Неверный счёт")).score > 0.3


def test_raising_tells_the_office_and_needs_words(company: Company) -> None:
    issue = raised(company)
    assert told("issue.raised") == [company.alice.pk]
    assert list(to_answer(company.actor("alice"))) == [issue]
    assert list(to_answer(company.actor("mark"))) == []
    with pytest.raises(Invalid) as error:
        raise_issue(actor=company.actor("mark"), now=NOW, draft=IssueDraft("", " ", company.south))
    assert set(error.value.fields) == {"title", "text", "unit"}


def test_evidence_is_what_they_see_and_each_once(company: Company) -> None:
    mine = factories.response(score=2, unit=company.north)
    theirs = factories.response(score=1, unit=company.south)
    case = open_by_hand(actor=company.actor("mark"), now=NOW, ref=mine.ref)
    draft = IssueDraft("Late", "Always", company.north, shown=Shown([case], [mine]))
    issue = raise_issue(actor=company.actor("mark"), now=NOW, draft=draft)
    assert issue.evidence.count() == 1
    bad = IssueDraft("Late", "Always", company.north, shown=Shown(answers=[theirs]))
    with pytest.raises(NotFound):
        raise_issue(actor=company.actor("mark"), now=NOW, draft=bad)
    support_issue(actor=company.actor("alice"), now=NOW, issue=issue, shown=Shown(answers=[theirs]))
    found = pieces_of(company.actor("mark"), issue)
    assert ([piece.case for piece in found.seen], found.hidden) == ([case], 1)
    assert pieces_of(company.actor("alice"), issue).hidden == 0
    assert dict(voices_by_unit(issue)) == {"North": 1, "Acme": 1}


def test_who_sees_it(company: Company) -> None:
    issue = raised(company)
    for name, sees in (("alice", True), ("mark", True), ("fiona", True), ("oscar", False)):
        assert (issue in visible_to(company.actor(name))) is sees, name
    with pytest.raises(NotFound):
        support_issue(actor=company.actor("oscar"), now=NOW, issue=issue)
    accept_issue(actor=company.actor("alice"), now=NOW, issue=issue,
                 work=Work("New form", company.oscar, (NOW + DAY).date()))  # fmt: skip
    assert issue in visible_to(company.actor("oscar"))
    assert told("issue.given") == [company.oscar.pk]


def test_the_answer_comes_back_to_all_who_have_it(company: Company) -> None:
    issue = raised(company)
    support_issue(actor=company.actor("fiona"), now=NOW, issue=issue)
    for refused in ("mark", "oscar"):
        with pytest.raises(Forbidden):
            answer_issue(actor=company.actor(refused), now=NOW, issue=issue, text="No.")
    with pytest.raises(Invalid):
        answer_issue(actor=company.actor("alice"), now=NOW, issue=issue, text=" ")
    answer_issue(actor=company.actor("alice"), now=NOW + 2 * DAY, issue=issue, text="Mended.")
    assert told("issue.answered") == [company.mark.pk, company.fiona.pk]
    assert list(unread_answers(company.actor("fiona"))) == [issue]
    look_at(actor=company.actor("fiona"), now=NOW + 3 * DAY, issue=issue)
    assert list(unread_answers(company.actor("fiona"))) == []
    assert list(unread_answers(company.actor("mark"))) == [issue]
    assert answers_for(company.north, NOW) == [issue]
    assert answers_for(company.north, NOW + 3 * DAY) == []
    found = answering(company.actor("alice"), NOW + 3 * DAY)
    assert (found.answered, found.waiting, found.median_days) == (1, 0, 2)

    with pytest.raises(Conflict):
        answer_issue(actor=company.actor("alice"), now=NOW, issue=issue, text="Twice")
    with pytest.raises(NotFound):
        reopen(actor=company.actor("oscar"), now=NOW, issue=issue, text="Not solved")
    again = reopen(actor=company.actor("fiona"), now=NOW, issue=issue, text="Not solved")
    assert again.state == IssueState.NEW
    assert told("issue.reopened") == [company.alice.pk]
    assert list(open_issues(company.north)) == [issue]


def test_asking_back_and_replying(company: Company) -> None:
    issue = raised(company)
    alice, mark = company.actor("alice"), company.actor("mark")
    accept_issue(actor=alice, now=NOW, issue=issue, work=Work("New form"))
    ask_back(actor=alice, now=NOW, issue=issue, text="Which one?")
    assert told("issue.asked") == [company.mark.pk]
    with pytest.raises(Forbidden):
        reply(actor=company.actor("fiona"), now=NOW, issue=issue, text="I know")
    assert reply(actor=mark, now=NOW, issue=issue, text="The blue one").state == "accepted"
    steps = list(issue.steps.values_list("state", "by"))
    assert steps == [("new", company.mark.pk), ("accepted", company.alice.pk),
                     ("asked", company.alice.pk), ("accepted", company.mark.pk)]  # fmt: skip
    with pytest.raises(Conflict):
        reply(actor=mark, now=NOW, issue=issue, text="Twice")


def test_joining_takes_evidence_and_voices_along(company: Company) -> None:
    first = raised(company)
    second = raised(company, "oscar", company.south, title="Wrong invoices")
    both = factories.response(score=2, unit=company.south)
    support_issue(actor=company.actor("oscar"), now=NOW, issue=second, shown=Shown(answers=[both]))
    alice = company.actor("alice")
    wording = Wording(second.title, second.text)
    assert [each.issue for each in likely_duplicates(alice, wording, apart=second)] == [first]
    assert likely_duplicates(company.actor("oscar"), wording, apart=second) == []
    with pytest.raises(Conflict):
        join_issue(actor=alice, now=NOW, issue=first, first=first)
    with pytest.raises(Forbidden):
        join_issue(actor=company.actor("oscar"), now=NOW, issue=second, first=first)
    join_issue(actor=alice, now=NOW, issue=second, first=first)
    assert told("issue.joined") == [company.oscar.pk]
    assert dict(voices_by_unit(first)) == {"North": 1, "South": 1}
    assert first.evidence.get().response == both
    assert first in visible_to(company.actor("oscar"))
    answer_issue(actor=alice, now=NOW + DAY, issue=first, text="Mended.")
    assert told("issue.answered") == [company.mark.pk, company.oscar.pk]
    second.refresh_from_db()
    assert second.first_answer_at == NOW + DAY
    assert answers_for(company.south, NOW) == [first]
    with pytest.raises(Conflict):
        support_issue(actor=company.actor("oscar"), now=NOW, issue=second)


def test_leaving_and_counting(company: Company) -> None:
    issue = raised(company)
    support_issue(actor=company.actor("fiona"), now=NOW, issue=issue)
    assert counts(company.actor("fiona")) == {"new": 1, "mine": 1}
    stop_supporting(actor=company.actor("fiona"), now=NOW, issue=issue)
    assert counts(company.actor("fiona")) == {"new": 1, "mine": 0}
    with pytest.raises(Conflict):
        stop_supporting(actor=company.actor("mark"), now=NOW, issue=issue)
    names = {str(user) for user in can_take_work(company.actor("alice"))}
    assert names == {"Alice", "Mark", "Oscar"}


def test_people_are_told_in_words_with_a_link(company: Company) -> None:
    issue = raised(company)
    accept_issue(actor=company.actor("alice"), now=NOW, issue=issue, work=Work("New form"))
    consume_all(now=NOW)
    kinds = dict(Alarm.objects.values_list("kind", "user__name"))
    assert kinds == {"issue.raised": "Alice", "issue.accepted": "Mark"}
