"""Do coaching, praise and promises reach the right people, once, and nobody else?"""

from datetime import timedelta

import pytest

from loopwell.cases.enums import NoteKind
from loopwell.cases.models import Case, CoachingNote
from loopwell.cases.operations import (
    Promise,
    finish_action,
    give_action,
    mark_read,
    save_guide,
    write_coaching,
)
from loopwell.cases.queries.actions import own_actions
from loopwell.cases.queries.coaching import notes_on, own_feedback, own_notes, team_feedback
from loopwell.cases.queries.guides import guide_for
from loopwell.cases.rules.guide import Step
from loopwell.journal.models import Entry
from loopwell.kit.errors import Conflict, Forbidden, Invalid
from loopwell.responses.queries.naming import reads_name
from tests.cases.conftest import Answer, tell
from tests.conftest import NOW, Company


def test_a_manager_writes_to_their_people_alone(answer: Answer, company: Company) -> None:
    given = answer(employee=company.fiona)
    note = write_coaching(actor=company.actor("mark"), now=NOW, answer=given, text=" Ask why ")
    assert note.text == "Ask why"
    assert Entry.objects.get(type="coaching.written").payload["tell"] == [company.fiona.pk]
    for name in ("oscar", "fiona"):
        with pytest.raises(Forbidden):
            write_coaching(actor=company.actor(name), now=NOW, answer=given, text="x")
        assert list(notes_on(company.actor("oscar"), given)) == []
    with pytest.raises(Invalid):
        write_coaching(actor=company.actor("mark"), now=NOW, answer=given, text=" ")
    with pytest.raises(Forbidden):
        mark_read(actor=company.actor("mark"), now=NOW, note=note)
    mark_read(actor=company.actor("fiona"), now=NOW, note=note)
    assert own_notes(company.actor("fiona")).get().read_at == NOW


def test_praise_reaches_the_employee_and_their_manager_once(
    answer: Answer, company: Company
) -> None:
    given = answer(score=10, comment="Fiona was wonderful", employee=company.fiona)
    tell(given, what="changed")
    assert CoachingNote.objects.get().kind == NoteKind.PRAISE
    payload = Entry.objects.get(type="praise.received").payload
    assert payload["tell"] == [company.fiona.pk, company.mark.pk]


@pytest.mark.parametrize(
    "fields",
    [{"score": 8}, {"comment": ""}, {"employee": None}, {"is_test": True}],
)
def test_what_is_no_praise(answer: Answer, company: Company, fields: dict[str, object]) -> None:
    given = answer(**{"score": 9, "comment": "Good", "employee": company.fiona} | fields)
    tell(given, what="changed")
    assert CoachingNote.objects.count() == 0


def test_employees_see_their_own_by_name_and_others_without(
    answer: Answer, company: Company
) -> None:
    mine = answer(employee=company.fiona, comment="Mine")
    other = answer(employee=company.mark, comment="Other")
    fiona = company.actor("fiona")
    assert list(own_feedback(fiona)) == [mine]
    company.fiona.unit = company.north
    assert list(team_feedback(fiona)) == [other]
    assert reads_name(fiona, company.fiona.pk)
    assert not reads_name(fiona, company.mark.pk)
    assert reads_name(company.actor("mark"), company.fiona.pk)
    assert not reads_name(company.actor("mark"), None)


def test_a_promise_is_given_and_kept(case: Case, company: Company) -> None:
    fiona, mark, today = company.actor("fiona"), company.actor("mark"), NOW.date()
    promise = Promise("Send the part", company.mark, today)
    row = give_action(actor=fiona, now=NOW, case=case, version=1, promise=promise)
    assert Entry.objects.get(type="action.given").payload["tell"] == [company.mark.pk]
    assert own_actions(mark).get() == row
    with pytest.raises(Invalid):
        finish_action(actor=mark, now=NOW, action=row, outcome=" ")
    finish_action(actor=mark, now=NOW, action=row, outcome="Sent")
    with pytest.raises(Conflict):
        finish_action(actor=fiona, now=NOW, action=row, outcome="Sent")


def test_promises_go_to_who_sees_the_case_and_into_the_future(case: Case, company: Company) -> None:
    with pytest.raises(Invalid) as caught:
        give_action(
            actor=company.actor("fiona"), now=NOW, case=case, version=1,
            promise=Promise(" ", company.oscar, NOW.date() - timedelta(days=1)),
        )  # fmt: skip
    assert set(caught.value.fields) == {"what", "owner", "due_on"}


def test_the_guide_speaks_the_agents_language(case: Case, company: Company) -> None:
    alice, survey = company.actor("alice"), case.response.survey  # type: ignore[union-attr]  # has one
    ours = guide_for(case, agent="Fiona", language="en")
    assert (len(ours), ours[0].title) == (5, "Apologise")
    assert f"Hello {case.customer}, this is Fiona" in ours[0].text
    steps = {"en": [Step("Greet {customer}", "{odd}")], "ru": [Step("Привет", "")]}
    save_guide(actor=alice, now=NOW, survey=None, steps=steps)
    assert guide_for(case, agent="F", language="ru")[0].title == "Привет"
    assert guide_for(case, agent="F", language="pl") == [Step(f"Greet {case.customer}", "{odd}")]
    save_guide(actor=alice, now=NOW, survey=survey, steps={"en": [Step("Own", "")]})
    assert guide_for(case, agent="F", language="en")[0].title == "Own"
    save_guide(actor=alice, now=NOW, survey=survey, steps={})
    assert guide_for(case, agent="F", language="ru")[0].title == "Привет"
    with pytest.raises(Forbidden):
        save_guide(actor=company.actor("mark"), now=NOW, survey=None, steps=steps)
