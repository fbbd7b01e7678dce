"""What do websites load from us, which of them may send answers, and what is kept?"""

import gzip
import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from loopwell.people.models import Property
from loopwell.responses.models import Response
from loopwell.sampling.enums import LinkKind
from loopwell.sampling.models import Link
from loopwell.surveys.questions import DEFAULT
from loopwell.surveys.wording import ready_made
from tests.conftest import Company
from tests.factories import version
from tests.respond.test_links import QUESTIONS, way_in

SITE = "https://shop.example"
LANGUAGES = ("en", "ru", "uk", "pl")


@pytest.fixture(autouse=True)
def nobody_came_before() -> None:
    cache.clear()


@pytest.fixture
def link(company: Company) -> Link:
    return way_in(company, LinkKind.EMBED, settings={"sites": [SITE]})


def send(client: Client, link: Link, data: dict[str, Any], origin: str = SITE) -> Any:
    return client.post(f"/e/{link.ref}/", data, headers={"Origin": origin})


def test_the_script_of_four_languages_is_at_most_10_kb(company: Company, client: Client) -> None:
    words = {code: ready_made("relationship", code) for code in LANGUAGES}
    questions = [question.to_json() for question in DEFAULT]
    link = way_in(company, LinkKind.EMBED, settings={"sites": [SITE]})
    version(survey=link.programme.survey, number=2, texts=words, questions=questions)
    loaded = client.get(f"/embed/{link.ref}.js", headers={"Accept-Encoding": "gzip"})
    assert loaded.headers["Content-Encoding"] == "gzip"
    assert len(loaded.content) <= 10 * 1024
    text = gzip.decompress(loaded.content).decode()
    assert client.get(f"/embed/{link.ref}.js").content.decode() == text
    assert words["ru"]["question"].replace("{company}", "Acme") in text
    assert "document.cookie" not in text
    assert ":root" not in text
    assert "rem;" not in text


def test_the_script_names_nobody_else(link: Link, client: Client) -> None:
    text = client.get(f"/embed/{link.ref}.js").content.decode()
    assert text.count("http") == text.count("http://testserver/e/")
    assert not client.get(f"/embed/{link.ref}.js").cookies


def test_a_closed_question_is_an_empty_script(link: Link, client: Client) -> None:
    Link.objects.update(closed_at=timezone.now())
    loaded = client.get(f"/embed/{link.ref}.js")
    assert loaded.status_code == 200
    assert loaded.content == b"/* Loopwell: this question is closed. */\n"
    assert send(client, link, {"score": 9}).status_code == 410


def test_the_score_counts_at_once_and_the_rest_follows(link: Link, client: Client) -> None:
    first = send(client, link, {"score": 4, "lang": "ru"})
    assert first.status_code == 200
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    row = Response.objects.get()
    assert (row.score, row.source, row.language, row.is_test) == (4, "embed", "ru", False)
    address = f"/e/{link.ref}/{first.json()['token']}/"
    assert 'name="comment"' in first.json()["html"]
    fields = {"chosen": "4", "comment": "Slow", "contact": "yes", "finish": "1"}
    second = client.post(address, fields, headers={"Origin": SITE}).json()
    assert 'name="reach"' in second["html"]
    third = client.post(
        address, {"step": "reach", "reach": "a@b.example"}, headers={"Origin": SITE}
    ).json()
    assert third["done"] is True
    row.refresh_from_db()
    assert (row.comment, row.answers) == ("Slow", {"reach": "a@b.example"})


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://shop.example", ""])
def test_other_websites_are_refused_with_the_reason(
    link: Link, client: Client, origin: str
) -> None:
    refused = send(client, link, {"score": 9}, origin)
    assert refused.status_code == 403
    assert f"“{origin or '?'}” may not send answers" in refused.json()["error"]
    assert not Response.objects.exists()


def test_trying_it_on_our_own_page_counts_nowhere(link: Link, client: Client) -> None:
    assert send(client, link, {"score": 9}, "http://testserver").status_code == 200
    assert Response.objects.get().is_test


def test_browsers_that_ask_first_are_told(link: Link, client: Client) -> None:
    told = client.options(f"/e/{link.ref}/", headers={"Origin": SITE})
    assert told.status_code == 204
    assert told.headers["Access-Control-Allow-Headers"] == "Content-Type"


def test_an_app_may_send_json(link: Link, client: Client) -> None:
    Property.objects.create(name="segment", label="Segment")
    body = {"score": 9, "comment": "Good", "properties": {"segment": "gold", "x": "y"}}
    sent = client.post(
        f"/e/{link.ref}/",
        json.dumps(body),
        content_type="application/json",
        headers={"Origin": SITE},
    )
    assert sent.status_code == 200, sent.content
    row = Response.objects.get()
    assert (row.score, row.comment, row.properties) == (9, "Good", {"segment": "gold"})


@pytest.mark.parametrize("body", ["{", "[]", "9", '{"score": "ten"}', "[" * 90_000, "\xff"])
def test_what_cannot_be_read_is_refused_in_words(link: Link, client: Client, body: str) -> None:
    sent = client.post(
        f"/e/{link.ref}/",
        body.encode("latin-1"),
        content_type="application/json",
        headers={"Origin": SITE},
    )
    assert sent.status_code == 422
    assert sent.json()["error"]
    assert not Response.objects.exists()


def test_attributes_become_properties_and_hidden_fields(link: Link, client: Client) -> None:
    Property.objects.create(name="segment", label="Segment")
    assert any(question["type"] == "hidden" for question in QUESTIONS)
    send(client, link, {"score": 9, "x.segment": "gold", "x.utm": "ad", "x.evil": "1"})
    row = Response.objects.get()
    assert (row.properties, row.answers) == ({"segment": "gold"}, {"campaign": "ad"})


def test_a_wrong_field_is_shown_in_the_form(link: Link, client: Client) -> None:
    token = send(client, link, {"score": 4}).json()["token"]
    wrong = client.post(
        f"/e/{link.ref}/{token}/",
        {"step": "reach", "reach": "?", "finish": "1"},
        headers={"Origin": SITE},
    )
    assert wrong.status_code == 200
    assert 'role="alert"' in wrong.json()["html"]


@pytest.mark.django_db
def test_an_unknown_link_is_an_empty_script_and_no_door(client: Client) -> None:
    assert client.get("/embed/abcdefgh234567.js").content.startswith(b"/*")
    assert client.post("/e/abcdefgh234567/", {"score": 9}).status_code == 404
