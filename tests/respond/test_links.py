"""Does whoever comes through a link, a code or to a kiosk get the question, and does it count?"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from loopwell.respond import links_limits
from loopwell.responses.models import HeldAnswer, Response
from loopwell.sampling.enums import LinkKind, ProgrammeKind
from loopwell.sampling.linking.addresses import answer_token
from loopwell.sampling.models import Link, Programme
from tests.conftest import Company
from tests.factories import version

QUESTIONS = [
    {"key": "nps", "type": "nps", "required": True},
    {"key": "why", "type": "comment"},
    {"key": "consent", "type": "consent"},
    {"key": "campaign", "type": "hidden", "source": "utm"},
]
TEXTS = {
    "en": {"question": "Would you recommend {company}?", "thanks": "Bye!"},
    "ru": {"question": "Порекомендуете {company}?"},
}


@pytest.fixture(autouse=True)
def nobody_came_before() -> None:
    cache.clear()


def way_in(company: Company, kind: LinkKind = LinkKind.LINK, **fields: Any) -> Link:
    shown = version(texts=TEXTS, questions=fields.pop("questions", QUESTIONS))
    programme = Programme.objects.create(
        name="Always", survey=shown.survey, kind=ProgrammeKind.LINK
    )
    return Link.objects.create(
        **{"programme": programme, "kind": kind, "name": "X", "unit": company.north, **fields}
    )


def words(html: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


def press(client: Client, link: Link, score: int, **fields: str) -> str:
    """The address of what comes after the score."""
    door = "k" if link.kind == LinkKind.KIOSK else "l"
    answer = client.post(f"/{door}/{link.ref}/", {"score": score, **fields})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def test_opening_records_nothing(company: Company, client: Client) -> None:
    link = way_in(company)
    for method in (client.get, client.head):
        assert method(f"/l/{link.ref}/?score=9").status_code == 200
    assert not Response.objects.exists()


def test_the_page_is_one_small_request_without_cookies(company: Company, client: Client) -> None:
    page = client.get(f"/l/{way_in(company).ref}/")
    assert len(page.content) < 15 * 1024
    assert b"<script" not in page.content
    assert b" style=" not in page.content
    assert not page.cookies
    assert "Would you recommend Acme?" in words(page.content)


def test_the_way_through(company: Company, client: Client) -> None:
    link = way_in(company, unit=company.north, employee=company.fiona)
    address = press(client, link, 3)
    row = Response.objects.get()
    assert (row.score, row.source, row.unit, row.employee) == (
        3,
        "link",
        company.north,
        company.fiona,
    )
    assert "Saved: 3. Thank you!" in words(client.get(address).content)
    after = client.post(
        address, {"chosen": "3", "comment": "Cold.", "contact": "yes", "finish": "1"}
    )
    reach = after.headers["Location"]
    assert reach == f"{address}?at=reach"
    assert "How can we reach you?" in words(client.get(reach).content)
    end = client.post(address, {"step": "reach", "reach": "+48 22 555 01 02", "finish": "1"})
    assert end.headers["Location"] == f"{address}?at=done"
    assert "Bye!" in words(client.get(end.headers["Location"]).content)
    row.refresh_from_db()
    assert (row.comment, row.contact_consent) == ("Cold.", True)
    assert row.answers == {"reach": "+48 22 555 01 02"}


def test_nobody_must_say_how_to_reach_them(company: Company, client: Client) -> None:
    link = way_in(company)
    address = press(client, link, 3)
    client.post(address, {"chosen": "3", "contact": "yes", "finish": "1"})
    wrong = client.post(address, {"step": "reach", "reach": "call me", "finish": "1"})
    assert wrong.status_code == 422
    assert "Write a phone number or an e-mail address." in words(wrong.content)
    skipped = client.post(address, {"step": "reach", "reach": "call me", "skip": "1"})
    assert skipped.headers["Location"] == f"{address}?at=done"
    assert Response.objects.get().answers == {}


def test_a_link_may_leave_out_how_to_reach(company: Company, client: Client) -> None:
    address = press(client, way_in(company, settings={"ask_reach": False}), 3)
    after = client.post(address, {"chosen": "3", "contact": "yes", "finish": "1"})
    assert after.headers["Location"] == f"{address}?at=done"


def test_another_score_replaces_the_first(company: Company, client: Client) -> None:
    address = press(client, way_in(company), 3)
    again = client.post(address, {"score": "8", "chosen": "3"})
    assert (again.status_code, again.headers["Location"]) == (303, address)
    row = Response.objects.get()
    assert (row.score, row.revisions.get().score) == (8, 3)


def test_a_required_question_can_be_passed_over_at_the_second_try(
    company: Company, client: Client
) -> None:
    questions = [*QUESTIONS[:1], {"key": "why", "type": "comment", "required": True}]
    address = press(client, way_in(company, questions=questions), 5)
    wanted = client.post(address, {"chosen": "5", "comment": "", "finish": "1"})
    assert wanted.status_code == 422
    assert "Go on without it" in words(wanted.content)
    skipped = client.post(address, {"chosen": "5", "comment": "", "skip": "1"})
    assert skipped.headers["Location"] == f"{address}?at=done"


def test_hidden_fields_come_from_the_address(company: Company, client: Client) -> None:
    link = way_in(company)
    page = client.get(f"/l/{link.ref}/?utm=spring+sale&evil=1").content.decode()
    assert '<input type="hidden" name="q.campaign" value="spring sale">' in page
    assert "evil" not in page
    press(client, link, 9, **{"q.campaign": "spring sale", "q.evil": "1"})
    assert Response.objects.get().answers == {"campaign": "spring sale"}


@pytest.mark.parametrize(
    ("own", "query", "browser", "seen"),
    [
        ("", "", "ru-RU,ru;q=0.9,en;q=0.5", "Порекомендуете"),
        ("", "", "de,en;q=0.5", "Would you"),
        ("ru", "", "en", "Порекомендуете"),
        ("ru", "?lang=en", "ru", "Would you"),
        ("", "?lang=xx", "de", "Would you"),
    ],
)
def test_the_language_is_the_readers(
    company: Company, client: Client, own: str, query: str, browser: str, seen: str
) -> None:
    link = way_in(company, language=own)
    page = client.get(f"/l/{link.ref}/{query}", headers={"Accept-Language": browser})
    assert seen in words(page.content)


def test_a_closed_link_says_so_kindly(company: Company, client: Client) -> None:
    link = way_in(company, closed_at=timezone.now())
    for answer in (client.get(f"/l/{link.ref}/"), client.post(f"/l/{link.ref}/", {"score": 9})):
        assert answer.status_code == 410
        assert "This survey is closed" in words(answer.content)
    assert not Response.objects.exists()


def test_an_address_typed_from_paper_needs_no_last_stroke(company: Company, client: Client) -> None:
    link = way_in(company)
    assert client.get(f"/l/{link.ref}", follow=True).redirect_chain == [(f"/l/{link.ref}/", 301)]


@pytest.mark.django_db
def test_an_address_that_never_was(client: Client) -> None:
    assert client.get("/l/abcdefgh234567/").status_code == 404
    assert client.get("/l/%00%F0%9F%98%80/").status_code == 404


def test_nobody_changes_an_answer_with_a_made_up_address(company: Company, client: Client) -> None:
    link = way_in(company)
    press(client, link, 9)
    row = Response.objects.get()
    forged = answer_token(row.ref)[:-1] + "2"
    if forged == answer_token(row.ref):
        forged = forged[:-1] + "3"
    for token in (forged, row.ref, answer_token("abcdefgh234567")):
        assert client.post(f"/l/{link.ref}/{token}/", {"score": 0}).status_code == 410
    row.refresh_from_db()
    assert row.score == 9


def test_an_answer_of_yesterday_stays(company: Company, client: Client) -> None:
    link = way_in(company)
    address = press(client, link, 9)
    Response.objects.update(answered_at=timezone.now() - timedelta(hours=25))
    assert client.get(address).status_code == 410
    assert client.post(address, {"score": "0"}).status_code == 410
    assert Response.objects.get().score == 9


@pytest.mark.parametrize("score", ["", "11", "-1", "٣", "9.0", "nine"])
def test_what_is_no_score_is_asked_again(company: Company, client: Client, score: str) -> None:
    link = way_in(company)
    answer = client.post(f"/l/{link.ref}/", {"score": score})
    assert answer.status_code == 422
    assert "Please choose a number from 0 to 10." in words(answer.content)
    assert not Response.objects.exists()


def test_the_same_phone_is_held_and_sees_no_difference(company: Company, client: Client) -> None:
    link = way_in(company, LinkKind.QR)
    press(client, link, 9)
    address = press(client, link, 0)
    assert "Saved: 0. Thank you!" in words(client.get(address).content)
    client.post(address, {"chosen": "0", "comment": "Again me", "finish": "1"})
    held = HeldAnswer.objects.get()
    assert (held.doubt, held.given["score"], held.given["comment"]) == ("repeated", 0, "Again me")
    assert Response.objects.count() == 1


def test_too_much_from_one_place_waits(
    company: Company, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links_limits, "MOST_A_MINUTE", 2)
    link = way_in(company, LinkKind.KIOSK)
    press(client, link, 9)
    press(client, link, 9)
    answer = client.post(f"/k/{link.ref}/", {"score": 9})
    assert answer.status_code == 429
    assert "Please wait a minute" in words(answer.content)
    other = client.post(f"/k/{link.ref}/", {"score": 9}, REMOTE_ADDR="203.0.113.7")
    assert other.status_code == 303


def test_a_kiosk_begins_anew(company: Company, client: Client) -> None:
    link = way_in(company, LinkKind.KIOSK, settings={"seconds": 5, "idle_seconds": 30})
    begin = f"/k/{link.ref}/"
    page = client.get(begin)
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert b"http-equiv" not in page.content
    address = press(client, link, 10)
    half = client.get(address).content.decode()
    assert f'<noscript><meta http-equiv="refresh" content="30;url={begin}"></noscript>' in half
    assert f'data-idle="30" data-begin="{begin}"' in half
    done = client.get(f"{address}?at=done").content.decode()
    assert f'<noscript><meta http-equiv="refresh" content="5;url={begin}"></noscript>' in done
    assert f'data-idle="5" data-begin="{begin}"' in done
    assert Response.objects.get().source == "kiosk"


def test_a_kiosk_has_no_way_out(company: Company, client: Client) -> None:
    link = way_in(company, LinkKind.KIOSK)
    address = press(client, link, 10)
    for page in (f"/k/{link.ref}/", address, f"{address}?at=done"):
        ways = re.findall(r'<a[^>]* href="([^"]+)"', client.get(page).content.decode())
        assert all(way.startswith(("?lang=", f"/k/{link.ref}/")) for way in ways), ways


def test_a_kiosk_is_found_at_its_own_door(company: Company, client: Client) -> None:
    kiosk, link = way_in(company, LinkKind.KIOSK), way_in(company)
    assert client.get(f"/l/{kiosk.ref}/").headers["Location"] == f"/k/{kiosk.ref}/"
    assert client.get(f"/k/{link.ref}/").headers["Location"] == f"/l/{link.ref}/"


def test_a_machine_that_fills_in_everything_is_held(company: Company, client: Client) -> None:
    press(client, way_in(company), 9, website="https://spam.example")
    assert HeldAnswer.objects.get().doubt == "honeypot"
    assert not Response.objects.exists()


def test_enter_in_a_text_field_sends_and_gives_no_score(company: Company, client: Client) -> None:
    page = client.get(press(client, way_in(company), 9)).content.decode()
    first = re.search(r"<button[^>]*>", page)
    assert first is not None
    assert 'name="finish"' in first[0]
