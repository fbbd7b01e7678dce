"""An answer is stored once, with its journal entry, and what it said before is kept."""

from datetime import timedelta

import pytest

from loopwell.access.rules import Actor, ActorKind
from loopwell.journal.models import Entry
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.responses.models import Response, Revision
from loopwell.responses.operations import add_response, record_response
from loopwell.responses.rules import Answer, Effect
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db
CUSTOMER = Actor(kind=ActorKind.CUSTOMER, name="customer")


def record(ref: str, score: int, **more: object) -> Effect:
    answer = Answer(score, **more)  # type: ignore[arg-type]  # the test's own keywords
    return record_response(actor=CUSTOMER, invitation_ref=ref, answer=answer, now=NOW)


def test_the_first_score_is_stored_with_its_journal_entry(company: Company) -> None:
    who = factories.customer(unit=company.north, properties={"segment": "gold"})
    invitation = factories.invitation(customer=who, properties={"segment": "silver"})

    assert record(invitation.ref, 3) is Effect.NEW

    response = Response.objects.get()
    assert (response.score, response.comment, response.contact_consent) == (3, "", None)
    assert (response.customer_id, response.unit_id) == (who.pk, company.north.pk)
    assert response.properties == {"segment": "silver"}
    assert response.answered_at == NOW
    assert response.survey_id == invitation.version.survey_id
    invitation.refresh_from_db()
    assert invitation.answered_at == NOW
    entry = Entry.objects.get()
    assert (entry.type, entry.actor, entry.subject, entry.subject_id, entry.payload) == (
        "response.recorded",
        "customer",
        "response",
        response.pk,
        {},
    )


def test_a_second_answer_changes_the_first_and_keeps_it(company: Company) -> None:
    invitation = factories.invitation()
    record(invitation.ref, 3, comment="too slow")

    assert record(invitation.ref, 5, contact_consent=True) is Effect.CHANGED

    response = Response.objects.get()
    assert (response.score, response.comment, response.contact_consent) == (5, "too slow", True)
    before = Revision.objects.get()
    assert (before.score, before.comment) == (3, "too slow")
    assert list(Entry.objects.values_list("type", flat=True)) == [
        "response.recorded",
        "response.changed",
    ]


def test_the_same_answer_again_changes_nothing() -> None:
    invitation = factories.invitation()
    record(invitation.ref, 3)

    assert record(invitation.ref, 3) is Effect.SAME
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [{"expires_at": NOW}, {"declined_at": NOW - timedelta(days=1)}],
    ids=["expired", "declined"],
)
def test_closed_invitations_take_no_answer(fields: dict[str, object]) -> None:
    invitation = factories.invitation(**fields)

    assert record(invitation.ref, 3) is Effect.REFUSED
    assert Response.objects.count() == 0
    assert Entry.objects.count() == 0


def test_an_answer_cannot_be_changed_after_the_survey_closed() -> None:
    invitation = factories.invitation()
    record(invitation.ref, 3)
    invitation.expires_at = NOW
    invitation.save()

    assert record(invitation.ref, 9) is Effect.REFUSED
    assert Response.objects.get().score == 3


def test_an_unknown_invitation_is_refused() -> None:
    assert record("nobody", 3) is Effect.REFUSED


@pytest.mark.parametrize("score", [-1, 11])
def test_scores_out_of_range_are_refused(score: int) -> None:
    invitation = factories.invitation()

    with pytest.raises(Invalid):
        record(invitation.ref, score)
    assert Response.objects.count() == 0


def test_long_comments_with_emoji_right_to_left_and_nul_are_kept() -> None:
    invitation = factories.invitation()
    text = "שלום 👩‍👩‍👧 " + "щ" * 4096

    record(invitation.ref, 3, comment=f"\x00 {text} ")

    assert Response.objects.get().comment == text


def test_a_test_invitation_gives_a_test_answer() -> None:
    invitation = factories.invitation(is_test=True)

    record(invitation.ref, 3)

    assert Response.objects.get().is_test is True


def test_an_answer_over_the_api_is_stored_once_under_its_key(company: Company) -> None:
    who = factories.customer(unit=company.north)
    survey = factories.survey()
    actor = company.actor("alice")

    first = add_response(
        actor=actor, survey=survey, answer=Answer(4), customer=who, now=NOW, key="k1"
    )
    second = add_response(
        actor=actor, survey=survey, answer=Answer(9), customer=who, now=NOW, key="k1"
    )

    assert first.pk == second.pk
    assert Response.objects.get().score == 4
    assert Entry.objects.count() == 1


def test_a_reader_cannot_add_answers(company: Company) -> None:
    with pytest.raises(Forbidden):
        add_response(
            actor=company.actor("fiona"), survey=factories.survey(), answer=Answer(4), now=NOW
        )
