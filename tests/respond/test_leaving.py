"""How customers leave, in part or altogether, and come back; mail programs by one click."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.delivery.enums import Reason
from loopwell.delivery.models import Suppression
from loopwell.delivery.operations import suppress
from loopwell.sampling.enums import ProgrammeKind
from loopwell.sampling.links import token_of
from loopwell.sampling.models import Invitation, OptOut, Programme
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("defaults")]


@pytest.fixture
def asked() -> Invitation:
    version = factories.version()
    programme = Programme.objects.create(
        name="After each visit", survey=version.survey, kind=ProgrammeKind.TRANSACTIONAL
    )
    later = timezone.now() + timedelta(days=30)
    who = factories.customer(email="ann@customers.example")
    return factories.invitation(
        version=version, programme=programme, customer=who, expires_at=later
    )


def page_of(asked: Invitation) -> str:
    return f"/r/{token_of(asked.ref)}/unsubscribe/"


def test_looking_changes_nothing(client: Client, asked: Invitation) -> None:
    for visit in (client.get, client.head):
        assert visit(page_of(asked)).status_code == 200

    assert (OptOut.objects.count(), Suppression.objects.count()) == (0, 0)


def test_no_more_of_this_kind(client: Client, asked: Invitation) -> None:
    assert "No more of this kind: After each visit" in client.get(page_of(asked)).content.decode()

    left = client.post(page_of(asked), {"choice": "kind"}, follow=True).content.decode()

    assert [each.programme for each in OptOut.objects.all()] == [asked.programme]
    assert Suppression.objects.count() == 0
    assert "We will not ask you about “After each visit” again" in left
    assert "No more surveys at all" in left


def test_nothing_at_all_and_back_again(client: Client, asked: Invitation) -> None:
    left = client.post(page_of(asked), {"choice": "all"}, follow=True).content.decode()
    assert "We will not ask you again" in left
    assert [each.programme for each in OptOut.objects.all()] == [None]
    assert Suppression.objects.get().address == "ann@customers.example"

    back = client.post(page_of(asked), {"choice": "again"}, follow=True).content.decode()

    assert "Shall we stop asking you?" in back
    assert (OptOut.objects.count(), Suppression.objects.count()) == (0, 0)
    asked.refresh_from_db()
    assert asked.declined_at is None


def test_coming_back_does_not_mend_an_address(client: Client, asked: Invitation) -> None:
    suppress(address="ann@customers.example", reason=Reason.BOUNCED, now=timezone.now())

    client.post(page_of(asked), {"choice": "all"})
    client.post(page_of(asked), {"choice": "again"})

    assert Suppression.objects.get().reason == Reason.BOUNCED


def test_one_click_of_a_mail_program_means_everything(client: Client, asked: Invitation) -> None:
    answer = client.post(page_of(asked), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200  # RFC 8058: no redirects
    assert OptOut.objects.get().programme is None
    assert Suppression.objects.get().reason == Reason.UNSUBSCRIBED


def test_without_a_programme_there_is_one_choice(client: Client) -> None:
    later = timezone.now() + timedelta(days=30)
    page = client.get(page_of(factories.invitation(expires_at=later))).content.decode()

    assert "No more of this kind" not in page
    assert "No more surveys at all" in page
