"""A questionnaire of every type, step by step, as a customer without scripts meets it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.responses.enums import Source
from loopwell.responses.models import Response
from loopwell.sampling.links import token_of
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("defaults")]
QUESTIONS: list[dict[str, Any]] = [
    {"key": "nps", "type": "nps", "required": True},
    {"key": "why", "type": "comment"},
    {"key": "sat", "type": "csat", "required": True},
    {"key": "drivers", "type": "grid", "options": ["price", "staff"]},
    {"key": "how", "type": "single", "options": ["shop", "web"], "other": True},
    {"key": "which", "type": "multiple", "options": ["a", "b"], "other": True},
    {"key": "rescue", "type": "text", "shown_if": {"question": "nps", "values": ["detractor"]}},
    {"key": "site", "type": "text", "shown_if": {"question": "how", "values": ["web"]}},
    {"key": "campaign", "type": "hidden", "source": "utm"},
    {"key": "segment", "type": "hidden", "source": "segment"},
    {"key": "consent", "type": "consent"},
]
TEXTS = {
    "en": {
        "question": "Would you recommend {company}?",
        "why": "Why?",
        "why_promoter": "What do you like best?",
        "consent": "May we call you?",
        "thanks": "Thanks, all of you.",
        "thanks_promoter": "We are happy!",
        "review_url": "https://reviews.example/acme",
        "review_label": "Write a review",
        "call_when": "When may we call?",
        "sat.label": "How satisfied are you with {product|it}?",
        "sat.low": "not at all",
        "sat.high": "very",
        "drivers.label": "Rate us",
        "drivers.price": "Price",
        "drivers.staff": "Staff",
        "how.label": "Where?",
        "how.shop": "Shop",
        "how.web": "Website",
        "how.other": "Elsewhere",
        "which.label": "Which?",
        "which.a": "A",
        "which.b": "B",
        "which.other": "Another",
        "rescue.label": "How can we make it right?",
        "site.label": "Which page?",
    }
}


def link_to(**fields: Any) -> str:
    version = factories.version(texts=TEXTS, questions=QUESTIONS)
    soon = timezone.now() + timedelta(days=30)
    invitation = factories.invitation(**{"version": version, "expires_at": soon, **fields})
    return f"/r/{token_of(invitation.ref)}/"


def form_of(html: str) -> dict[str, str]:
    """The hidden fields a browser would send along."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def test_further_questions_come_with_the_score_and_by_it(client: Client) -> None:
    link = link_to(product="bike")
    before = client.get(link).content.decode()
    assert "How satisfied" not in before

    unhappy = client.post(link, {**form_of(before), "score": "2"}, follow=True).content.decode()
    assert "How satisfied are you with bike?" in unhappy
    assert "How can we make it right?" in unhappy
    assert "Which page?" not in unhappy

    happy = client.post(link, {**form_of(unhappy), "score": "9"}, follow=True).content.decode()
    assert "How can we make it right?" not in happy
    assert "What do you like best?" in happy


def test_step_by_step_to_the_thanks(client: Client) -> None:
    link = link_to(properties={"segment": "gold"})
    client.post(link, form_of(client.get(link, {"utm": "may"}).content.decode()) | {"score": "9"})
    kept = Response.objects.get()
    assert kept.answers == {"campaign": "may", "segment": "gold"}

    first = form_of(client.get(link).content.decode())
    said = {"q.sat": "5", "q.drivers.price": "3", "q.how": "web", "comment": "Fast"}
    second = client.post(link, {**first, **said, "finish": "1"}, follow=True)
    assert second.request["QUERY_STRING"] == "page=2"
    html = second.content.decode()
    assert "Which page?" in html
    assert 'class="scale"' not in html

    last = client.post(link, {**form_of(html), "q.site": "/cart", "finish": "1"}, follow=True)
    html = last.content.decode()
    assert "We are happy!" in html
    assert 'href="https://reviews.example/acme"' in html
    response = Response.objects.get()
    assert response.comment == "Fast"
    assert response.answers == {
        "campaign": "may",
        "segment": "gold",
        "sat": 5,
        "drivers": {"price": 3},
        "how": "web",
        "site": "/cart",
    }


def test_a_customer_cannot_choose_what_we_know_of_them(client: Client) -> None:
    link = link_to(properties={"segment": "gold"})

    client.post(link, {"score": "9", "page": "1", "q.segment": "platinum"})

    assert Response.objects.get().answers == {"segment": "gold"}


def test_what_is_required_is_asked_for_once_and_what_came_is_kept(client: Client) -> None:
    link = link_to()
    form = {"chosen": "8", "page": "1", "comment": "Fine", "q.which.other": "C", "finish": "1"}

    asked = client.post(link, form)
    html = asked.content.decode()

    assert asked.status_code == 422
    assert '<a href="#f.sat">How satisfied are you with it?</a>' in html
    assert "Please answer this one too" in html
    assert 'value="C"' in html
    assert Response.objects.get().answers == {"which": {"chosen": [], "other": "C"}}

    passed = client.post(link, {**form, "insisted": form_of(html)["insisted"]}, follow=True)
    assert "Thanks, all of you." in passed.content.decode()


def test_what_cannot_be_read_is_named_and_nothing_is_lost(client: Client) -> None:
    link = link_to()

    page = client.post(
        link, {"chosen": "8", "page": "1", "q.sat": "9", "q.how": "shop", "comment": "Words"}
    )

    html = page.content.decode()
    assert page.status_code == 422
    assert "We could not read your answer to “How satisfied are you with it?”" in html
    assert 'value="shop" checked' in html
    assert "Words</textarea>" in html
    assert Response.objects.count() == 0


def test_changes_are_kept_with_their_history(client: Client) -> None:
    link = link_to()
    client.post(link, {"chosen": "8", "page": "1", "q.sat": "4", "q.which": "a"})
    form = form_of(client.get(link).content.decode())
    client.post(link, {**form, "q.sat": "2", "finish": "1"})

    response = Response.objects.get()
    assert response.answers == {"sat": 2, "which": {"chosen": [], "other": ""}}
    assert [each.answers for each in response.revisions.all()] == [
        {"sat": 4, "which": {"chosen": ["a"], "other": ""}}
    ]


def test_an_unhappy_customer_says_when_to_call(client: Client) -> None:
    link = link_to()
    html = client.post(link, {"score": "1", "finish": "1"}, follow=True).content.decode()
    assert "will call you within 24 working hours" in html
    assert "When may we call?" in html
    times = re.findall(r'name="when" value="([^"]+)"', html)
    assert times[0] == "any"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:00-\d\d:00", times[1])

    form = {**form_of(html), "when": times[1], "phone": "+49 30 1234", "call": "1"}
    noted = client.post(link, form, follow=True).content.decode()

    assert Response.objects.get().answers == {
        "call_when": {"when": times[1], "phone": "+49 30 1234"}
    }
    assert "Noted for our call:" in noted
    assert "+49 30 1234" in noted
    assert 'name="when"' not in noted


@pytest.mark.parametrize("score", ["7", "10"])
def test_only_the_unhappy_are_asked_when_to_call(client: Client, score: str) -> None:
    html = client.post(link_to(), {"score": score, "finish": "1"}, follow=True).content.decode()

    assert "When may we call?" not in html
    assert ("Write a review" in html) is (score == "10")


@pytest.mark.parametrize(
    ("channel", "source"),
    [("email", Source.EMAIL), ("sms", Source.SMS), ("phone", Source.PHONE), ("pigeon", "email")],
)
def test_the_source_is_the_invitations_channel(client: Client, channel: str, source: str) -> None:
    client.post(link_to(channel=channel), {"score": "7"})

    assert Response.objects.get().source == source


def test_the_enter_key_never_gives_a_score(client: Client) -> None:
    """Browsers press the form's first button for it."""
    link = link_to()
    client.post(link, {"score": "8"})

    html = client.get(link).content.decode()

    assert re.findall(r"<button[^>]*name=\"(\w+)\"", html)[0] == "finish"


def test_right_to_left(client: Client) -> None:
    version = factories.version(texts={**TEXTS, "ar": {"question": "هل توصي بنا؟"}})
    soon = timezone.now() + timedelta(days=30)
    invitation = factories.invitation(version=version, language="ar", expires_at=soon)

    html = client.get(f"/r/{token_of(invitation.ref)}/").content.decode()

    assert '<html lang="ar" dir="rtl">' in html
    assert "هل توصي بنا؟" in html
