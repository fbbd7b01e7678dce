"""What customers see behind their link, and what is stored when they act."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.responses.models import Response
from loopwell.sampling.links import token_of
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("defaults")]
TEXTS = {
    "en": {
        "question": "How likely are you to recommend Acme?",
        "low": "not at all",
        "high": "very likely",
        "why": "Why?",
        "consent": "May we call you?",
        "thanks": "We read every answer.",
    },
    "ru": {
        "question": "Порекомендуете ли вы нас?",
        "low": "нет",
        "high": "да",
        "why": "Почему?",
        "consent": "Можно вам позвонить?",
        "thanks": "Спасибо, читаем всё.",
    },
}


@pytest.fixture
def link() -> str:
    return link_to()


def link_to(**fields: Any) -> str:
    version = factories.version(texts=TEXTS)
    soon = timezone.now() + timedelta(days=30)
    invitation = factories.invitation(**{"version": version, "expires_at": soon, **fields})
    return f"/r/{token_of(invitation.ref)}/"


def test_a_score_in_the_link_is_marked_but_not_recorded(client: Client, link: str) -> None:
    page = client.get(link, {"score": "3"})

    assert page.status_code == 200
    pressed = re.findall(r'value="(\d+)" aria-pressed="true"', page.content.decode())
    assert pressed == ["3"]
    assert Response.objects.count() == 0


def test_head_records_nothing(client: Client, link: str) -> None:
    assert client.head(link + "?score=3").status_code == 200
    assert Response.objects.count() == 0


def test_the_page_is_one_small_file_without_scripts(client: Client, link: str) -> None:
    page = client.get(link, {"score": "3"})
    html = page.content.decode()

    assert len(page.content) <= 15 * 1024
    assert re.findall(r"<(?:script|link|img|iframe)\b", html) == []
    assert re.findall(r"\sstyle=|\son\w+=", html) == []
    assert "'sha256-" in page.headers["Content-Security-Policy"]
    assert page.cookies == {}


def test_the_score_is_saved_at_once_and_the_comment_joins_it(client: Client, link: str) -> None:
    saved = client.post(link, {"score": "3"})
    assert (saved.status_code, saved.headers["Location"]) == (303, link)
    assert Response.objects.get().score == 3

    finished = client.post(
        link, {"chosen": "3", "comment": "Late 😕", "contact": "yes", "finish": "1"}, follow=True
    )

    response = Response.objects.get()
    assert (response.score, response.comment, response.contact_consent) == (3, "Late 😕", True)
    assert "We read every answer." in finished.content.decode()


def test_the_answer_can_be_changed_with_the_same_link(client: Client, link: str) -> None:
    client.post(link, {"score": "3", "comment": "Late"})
    client.post(link, {"score": "7", "comment": "Late"})

    response = Response.objects.get()
    assert (response.score, response.comment) == (7, "Late")
    assert response.revisions.count() == 1


@pytest.mark.parametrize("score", ["11", "-1", "abc", "", "٣", "3.5"])
def test_a_wrong_score_is_said_and_the_comment_survives(
    client: Client, link: str, score: str
) -> None:
    page = client.post(link, {"score": score, "comment": "my words"})

    assert page.status_code == 422
    assert "Please choose a number from 0 to 10." in page.content.decode()
    assert Response.objects.count() == 0


def test_the_page_speaks_the_customers_language(client: Client) -> None:
    html = client.get(link_to(language="ru")).content.decode()

    assert '<html lang="ru" dir="ltr">' in html
    assert "Порекомендуете ли вы нас?" in html


def test_a_broken_link_says_so(client: Client, link: str) -> None:
    page = client.get(link[:-3] + "x/")

    assert page.status_code == 404
    assert "This link does not work" in page.content.decode()


def test_an_expired_link_says_so(client: Client) -> None:
    link = link_to(expires_at=timezone.now() - timedelta(days=1))

    assert client.get(link).status_code == 410
    assert client.post(link, {"score": "3"}).status_code == 410
    assert Response.objects.count() == 0


def test_unsubscribing_needs_a_click_and_then_holds(client: Client, link: str) -> None:
    asked = client.get(f"{link}unsubscribe/")
    assert (asked.status_code, "Shall we stop" in asked.content.decode()) == (200, True)
    assert "Shall we stop" not in client.get(link).content.decode()

    client.post(f"{link}unsubscribe/", {"List-Unsubscribe": "One-Click"})

    assert "We will not ask you again" in client.get(link).content.decode()
    client.post(link, {"score": "3"})
    assert Response.objects.count() == 0


def test_hostile_texts_are_escaped(client: Client, link: str) -> None:
    client.post(link, {"score": "3", "comment": "</textarea><script>alert(1)</script>"})

    html = client.get(link).content.decode()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("score", "contact", "promised"), [("3", "", True), ("3", "no", False), ("9", "yes", False)]
)
def test_whoever_will_be_called_is_told_so(
    client: Client, link: str, score: str, contact: str, promised: bool
) -> None:
    page = client.post(link, {"score": score, "contact": contact, "finish": "1"}, follow=True)

    assert ("will call you within 24 working hours" in page.content.decode()) is promised
