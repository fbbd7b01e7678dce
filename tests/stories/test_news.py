"""Are stories decided on by the right people, and notices read by those they are for?"""

from datetime import date

import pytest

from loopwell.access.enums import Role
from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Case
from loopwell.cases.operations.training import complete_training, retire_training, save_training
from loopwell.cases.queries.training import lessons_for, progress, to_learn
from loopwell.journal.models import Entry
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound
from loopwell.responses.models import Response
from loopwell.stories import operations, queries
from loopwell.stories.enums import ReactionKind, StoryState
from loopwell.stories.models import Story
from loopwell.stories.operations import NoticeDraft, StoryDraft
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db
GOOD = StoryDraft("Won back", "The driver came twice; we gave a new slot and she stayed.")


@pytest.fixture
def answer(company: Company) -> Response:
    customer = factories.customer(name="Greta Lindqvist", unit=company.north)
    return factories.response(
        score=2, comment="Greta Lindqvist waited all day.", unit=company.north, customer=customer,
        employee=company.fiona,
    )  # fmt: skip


def propose(
    company: Company, answer: Response, who: str = "fiona", draft: StoryDraft = GOOD
) -> Story:
    return operations.propose_story(
        actor=company.actor(who), now=NOW, draft=draft, case=None, response=answer
    )


def test_the_first_text_says_nothing_of_who_it_was(company: Company, answer: Response) -> None:
    draft = operations.suggested(actor=company.actor("fiona"), case=None, response=answer)
    assert "waited all day" in draft.text
    assert "Greta" not in draft.text
    assert "Lindqvist" not in draft.text


def test_from_proposal_to_the_whole_company(company: Company, answer: Response) -> None:
    story = propose(company, answer)
    told = Entry.objects.get(type="story.proposed").payload["tell"]
    assert told == [company.mark.pk]
    assert list(queries.published(company.actor("oscar"))) == []
    assert list(queries.proposed(company.actor("mark"))) == [story]
    assert list(queries.proposed(company.actor("alice"))) == [story]
    assert queries.story_by_ref(company.actor("alice"), story.ref) == story
    assert list(queries.proposed(company.actor("oscar"))) == []
    with pytest.raises(Forbidden):
        operations.publish_story(actor=company.actor("fiona"), now=NOW, story=story, draft=GOOD)
    operations.publish_story(actor=company.actor("mark"), now=NOW, story=story, draft=GOOD)
    assert list(queries.published(company.actor("oscar"))) == [story]
    assert Entry.objects.get(type="story.published").payload["tell"] == [company.fiona.pk]


def test_a_text_that_names_the_customer_needs_their_consent(
    company: Company, answer: Response
) -> None:
    named = StoryDraft("Won back", "Greta is happy again.")
    with pytest.raises(Invalid) as error:
        propose(company, answer, draft=named)
    assert "text" in error.value.fields
    agreed = StoryDraft(named.title, named.text, names_customer=True)
    assert propose(company, answer, draft=agreed).names_customer


def test_once_of_each_answer_until_declined(company: Company, answer: Response) -> None:
    story = propose(company, answer)
    with pytest.raises(Conflict):
        propose(company, answer, who="mark")
    operations.decline_story(
        actor=company.actor("mark"), now=NOW, story=story, reason="Too little happened."
    )
    assert propose(company, answer, who="mark").state == StoryState.PROPOSED


def test_other_branches_propose_and_decide_nothing(company: Company, answer: Response) -> None:
    with pytest.raises(NotFound):
        propose(company, answer, who="oscar")
    story = propose(company, answer)
    with pytest.raises(NotFound):
        queries.story_by_ref(company.actor("oscar"), story.ref)


def test_reactions_come_and_go(company: Company, answer: Response) -> None:
    story = propose(company, answer)
    oscar = company.actor("oscar")
    with pytest.raises(Conflict):
        operations.react(actor=oscar, now=NOW, story=story, kind=ReactionKind.BRAVO)
    operations.publish_story(actor=company.actor("mark"), now=NOW, story=story, draft=GOOD)
    assert operations.react(actor=oscar, now=NOW, story=story, kind=ReactionKind.BRAVO)
    found = queries.reactions_to(oscar, [story.pk])[story.pk]
    assert (ReactionKind.BRAVO, 1, True) in found
    assert not operations.react(actor=oscar, now=NOW, story=story, kind=ReactionKind.BRAVO)


def test_a_story_of_a_case_knows_its_answer(company: Company, answer: Response) -> None:
    case = Case.objects.create(
        response=answer, customer=answer.customer, unit=company.north, score=2, opened_at=NOW,
        due_at=NOW, next_step_at=NOW,
    )  # fmt: skip
    story = operations.propose_story(
        actor=company.actor("mark"), now=NOW, draft=GOOD, case=case, response=None
    )
    assert (story.response, story.employee) == (answer, company.fiona)


def test_a_notice_reaches_its_unit_and_roles(company: Company) -> None:
    mark = company.actor("mark")
    draft = NoticeDraft("New slots", "Two hours, not six.", unit=company.north)
    notice = operations.publish_notice(actor=mark, now=NOW, draft=draft)
    assert [n.pk for n in queries.unread(company.actor("fiona"))] == [notice.pk]
    assert queries.unread(company.actor("oscar")) == []
    assert Entry.objects.get(type="notice.published").payload["tell"] == [company.fiona.pk]
    operations.mark_read(actor=company.actor("fiona"), now=NOW, notice=notice)
    assert queries.unread(company.actor("fiona")) == []
    only = NoticeDraft("For managers", "x", unit=company.north, roles=[Role.MANAGER])
    operations.publish_notice(actor=mark, now=NOW, draft=only)
    assert len(queries.notices(company.actor("fiona"))) == 1
    with pytest.raises(Forbidden):
        operations.publish_notice(
            actor=mark, now=NOW, draft=NoticeDraft("x", "y", unit=company.south)
        )


def test_who_has_read_is_counted_only_in_groups(company: Company) -> None:
    draft = NoticeDraft("New slots", "x", unit=company.north)
    notice = operations.publish_notice(actor=company.actor("mark"), now=NOW, draft=draft)
    assert [row.read for row in queries.readings(notice)] == [None]


def test_praise_is_counted_and_honoured_once(company: Company) -> None:
    for _ in range(3):
        factories.response(
            score=10, comment="Fiona was great", unit=company.north, employee=company.fiona,
            answered_at=NOW,
        )  # fmt: skip
    quarter = date(2026, 1, 1)
    (candidate,) = queries.candidates(company.actor("mark"), quarter)
    assert (candidate.user, candidate.praise, candidate.answers) == (company.fiona, 3, 3)
    assert queries.candidates(company.actor("oscar"), quarter) == []
    honour = {"now": NOW, "employee": company.fiona, "quarter": quarter, "reason": "Patience"}
    operations.honour(actor=company.actor("mark"), **honour)
    with pytest.raises(Conflict):
        operations.honour(actor=company.actor("alice"), **honour)
    with pytest.raises(Invalid):
        operations.honour(actor=SYSTEM, **honour | {"quarter": date(2027, 1, 1)})


def test_key_messages_need_a_message_in_one_language(company: Company) -> None:
    alice = company.actor("alice")
    with pytest.raises(Invalid):
        operations.save_key_message(
            actor=alice, now=NOW, touchpoint="call", texts={"en": {"offers": "x"}}
        )
    saved = operations.save_key_message(
        actor=alice, now=NOW, touchpoint="call", texts={"pl": {"message": "Dzień dobry"}, "xx": {}}
    )
    assert saved.texts == {"pl": {"message": "Dzień dobry"}}
    with pytest.raises(Forbidden):
        operations.retire_key_message(actor=company.actor("mark"), now=NOW, message=saved)


def test_training_is_asked_for_done_and_asked_again(company: Company) -> None:
    alice, fiona = company.actor("alice"), company.actor("fiona")
    texts = {"en": {"title": "How to call", "body": "Listen."}}
    saved = save_training(actor=alice, now=NOW, texts=texts, roles=[Role.FRONT_LINE])
    assert company.fiona.pk in Entry.objects.get(type="training.asked").payload["tell"]
    assert [each.title for each in to_learn(fiona)] == ["How to call"]
    assert lessons_for(company.actor("mark")) == []
    complete_training(actor=fiona, now=NOW, training=saved)
    complete_training(actor=fiona, now=NOW, training=saved)
    assert to_learn(fiona) == []
    rows = [row for row in progress(company.actor("mark"), saved) if row.done]
    assert [(row.unit, row.done) for row in rows] == [("North", 1)]
    save_training(actor=alice, now=NOW, texts=texts, roles=[Role.FRONT_LINE], training=saved,
                  new_edition=True)  # fmt: skip
    assert len(to_learn(fiona)) == 1
    retire_training(actor=alice, now=NOW, training=saved)
    assert to_learn(fiona) == []
    with pytest.raises(Forbidden):
        save_training(actor=fiona, now=NOW, texts=texts)
