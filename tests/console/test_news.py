"""Do the pages of stories, notices, messages, recognition and training work for each of them?"""

import pytest
from django.test import Client

from loopwell.cases.models import Training
from loopwell.stories.models import KeyMessage, Notice, Recognition, Story
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db


def test_a_story_goes_its_way_by_pages(client: Client, company: Company) -> None:
    customer = factories.customer(name="Greta Lindqvist")
    answer = factories.response(
        score=2, comment="Greta waited.", unit=company.north, customer=customer
    )
    client.force_login(company.fiona)
    first = client.get(f"/news/propose/?answer={answer.ref}").content.decode()
    assert "waited." in first
    assert "Greta" not in first.split("<textarea")[1].split("</textarea")[0]
    facts = {"answer": answer.ref, "title": "Won back", "text": "Greta is happy."}
    named = client.post("/news/propose/", facts)
    assert named.status_code == 422
    assert "says who the customer is" in named.content.decode()
    assert client.post("/news/propose/", facts | {"text": "She is happy."}).status_code == 302
    story = Story.objects.get()
    assert client.post(f"/news/{story.ref}/publish/", facts).status_code == 403
    client.force_login(company.mark)
    assert "Won back" in client.get("/news/").content.decode()
    words = {"title": "Won back", "text": "She is happy again."}
    assert client.post(f"/news/{story.ref}/publish/", words).status_code == 302
    client.force_login(company.oscar)
    assert "She is happy again." in client.get("/news/").content.decode()
    assert client.post(f"/news/{story.ref}/bravo/", {"back": "list"}).status_code == 302
    assert story.reactions.count() == 1
    assert client.post(f"/news/{story.ref}/withdraw/").status_code == 403


def test_a_story_needs_something_it_is_about(client: Client, company: Company) -> None:
    client.force_login(company.mark)
    assert client.get("/news/propose/").status_code == 404
    assert client.get("/news/propose/?case=nothing").status_code == 404


def test_notices_by_pages(client: Client, company: Company) -> None:
    client.force_login(company.mark)
    facts = {"title": "New slots", "text": "Two hours.", "unit": company.north.ref, "theme": ""}
    assert client.post("/news/notices/new/", facts | {"unit": company.south.ref}).status_code == 422
    assert client.post("/news/notices/new/", facts).status_code == 302
    notice = Notice.objects.get()
    client.force_login(company.fiona)
    assert "I have read it" in client.get("/news/notices/").content.decode()
    client.post(f"/news/notices/{notice.ref}/read/")
    assert "I have read it" not in client.get(f"/news/notices/{notice.ref}/").content.decode()
    assert client.get("/news/notices/new/").status_code == 403
    client.force_login(company.oscar)
    assert client.get(f"/news/notices/{notice.ref}/").status_code == 404
    client.force_login(company.mark)
    assert client.post(f"/news/notices/{notice.ref}/retire/").status_code == 302
    assert "Old notices" in client.get("/news/notices/").content.decode()


def test_recognition_by_pages(client: Client, company: Company) -> None:
    factories.response(
        score=10, comment="Great", unit=company.north, employee=company.fiona, answered_at=NOW
    )
    client.force_login(company.mark)
    page = "/news/recognition/?quarter=2026-01-01"
    assert "Fiona" in client.get(page).content.decode()
    assert client.post(page, {"employee": company.fiona.ref, "reason": ""}).status_code == 422
    facts = {"employee": company.fiona.ref, "reason": "Patience"}
    assert client.post(page, facts).status_code == 302
    client.force_login(company.fiona)
    text = client.get("/news/recognition/?quarter=nonsense").content.decode()
    assert "Patience" in text
    assert "Whom customers praised" not in text
    ref = Recognition.objects.get().ref
    assert client.post(f"/news/recognition/{ref}/take-back/").status_code == 403


def test_key_messages_by_pages(client: Client, company: Company) -> None:
    client.force_login(company.alice)
    assert client.post("/news/messages/new/", {"touchpoint": "call"}).status_code == 422
    facts = {"touchpoint": "call", "message_en": "We are glad you called.", "survey": ""}
    assert client.post("/news/messages/new/", facts).status_code == 302
    message = KeyMessage.objects.get()
    client.force_login(company.fiona)
    assert "glad you called" in client.get("/news/messages/").content.decode()
    assert client.get(f"/news/messages/{message.ref}/").status_code == 403
    client.force_login(company.alice)
    assert client.post(f"/news/messages/{message.ref}/retire/").status_code == 302
    assert "No key message yet" in client.get("/news/messages/").content.decode()


def test_training_by_pages(client: Client, company: Company) -> None:
    client.force_login(company.alice)
    assert client.post("/training/new/", {"link": "javascript:x"}).status_code == 422
    facts = {"title_en": "How to call", "body_en": "Listen.", "roles": ["front_line"]}
    assert client.post("/training/new/", facts).status_code == 302
    training = Training.objects.get()
    client.force_login(company.fiona)
    assert "To go through" in client.get("/training/").content.decode()
    assert client.post(f"/training/{training.ref}/done/").status_code == 302
    assert "To go through" not in client.get("/training/").content.decode()
    client.force_login(company.mark)
    assert client.get(f"/training/{training.ref}/").status_code == 404
    client.force_login(company.alice)
    again = client.post(f"/training/{training.ref}/change/", facts | {"new_edition": "on"})
    assert again.status_code == 302
    training.refresh_from_db()
    assert training.edition == 2
    assert client.post(f"/training/{training.ref}/retire/").status_code == 302
