"""Which answers are held, what becomes of them, and that machines never make one."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.cases.models import Case
from loopwell.delivery.enums import Purpose
from loopwell.delivery.letters import write_letter
from loopwell.journal.reading import consume_all
from loopwell.kit.errors import Forbidden
from loopwell.responses.doubts import Signs, doubt_about
from loopwell.responses.enums import Doubt
from loopwell.responses.holding import CannotDecide, accept_held, receive, refuse_held
from loopwell.responses.models import HeldAnswer, Response
from loopwell.responses.queries.held import held_answers, held_count
from loopwell.responses.rules import Answer, Effect
from loopwell.sampling.links import token_of
from loopwell.sampling.models import Invitation
from tests import factories
from tests.conftest import NOW, Company

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("defaults")]
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def invite(**fields: Any) -> Invitation:
    later = timezone.now() + timedelta(days=30)
    return factories.invitation(**{"expires_at": later, **fields})


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


@pytest.mark.parametrize(
    ("signs", "doubt"),
    [
        (Signs(), None),
        (Signs(trapped=True), (Doubt.HONEYPOT, "")),
        (Signs(scanned_at=NOW - seconds(119)), (Doubt.SCANNER, "119")),
        (Signs(scanned_at=NOW - seconds(120)), None),
        (Signs(arrived_at=NOW - seconds(4)), (Doubt.TOO_SOON, "4")),
        (Signs(arrived_at=NOW - seconds(5)), None),
        (Signs(lately=3, believed=4), None),
        (Signs(lately=4, believed=4), (Doubt.BURST, "5")),
        (Signs(answered_before=True), (Doubt.REPEATED, "")),
    ],
)
def test_the_rules(signs: Signs, doubt: object) -> None:
    assert doubt_about(signs, NOW) == doubt


@pytest.mark.parametrize(
    ("fields", "held"),
    [
        ({"sent_at": NOW - seconds(4)}, Doubt.TOO_SOON),
        ({"sent_at": NOW - seconds(60), "delivered_at": NOW - seconds(4)}, Doubt.TOO_SOON),
        ({"sent_at": NOW - seconds(6)}, None),
        ({"sent_at": None}, None),
        ({"sent_at": NOW - seconds(90), "scanned_at": NOW - seconds(60)}, Doubt.SCANNER),
        ({"sent_at": NOW - seconds(600), "scanned_at": NOW - seconds(121)}, None),
        ({"sent_at": NOW - seconds(1), "is_test": True}, None),
    ],
)
def test_the_statement_agrees_with_the_rules(fields: dict[str, Any], held: str | None) -> None:
    asked = invite(**fields)

    effect = receive(invitation_ref=asked.ref, answer=Answer(0), now=NOW)

    assert effect is (Effect.HELD if held else Effect.NEW)
    assert Response.objects.count() == (0 if held else 1)
    assert [each.doubt for each in HeldAnswer.objects.all()] == ([held] if held else [])


def test_one_row_while_nobody_has_decided() -> None:
    asked = invite(sent_at=NOW)
    receive(invitation_ref=asked.ref, answer=Answer(0, answers={"a": 1}), now=NOW)
    receive(invitation_ref=asked.ref, answer=Answer(1, "Bad", answers={"b": 2}), now=NOW)

    row = HeldAnswer.objects.get()
    assert row.given == {
        "score": 1,
        "comment": "Bad",
        "contact_consent": None,
        "answers": {"a": 1, "b": 2},
    }


def test_a_later_answer_that_is_believed_counts_by_itself() -> None:
    asked = invite(sent_at=NOW)
    receive(invitation_ref=asked.ref, answer=Answer(0), now=NOW)
    receive(invitation_ref=asked.ref, answer=Answer(9), now=NOW + seconds(30))

    row, response = HeldAnswer.objects.get(), Response.objects.get()
    assert response.score == 9
    assert (row.response, row.decided_by, row.decided_at) == (response, None, NOW + seconds(30))


def test_the_trap_holds_even_a_change() -> None:
    asked = invite(sent_at=NOW - seconds(60))
    receive(invitation_ref=asked.ref, answer=Answer(9), now=NOW)

    effect = receive(invitation_ref=asked.ref, answer=Answer(0), now=NOW, trapped=True)

    assert effect is Effect.HELD
    assert Response.objects.get().score == 9


def test_a_closed_survey_holds_nothing() -> None:
    asked = invite(sent_at=NOW, expires_at=NOW)

    assert receive(invitation_ref=asked.ref, answer=Answer(0), now=NOW) is Effect.REFUSED
    assert HeldAnswer.objects.count() == 0


def test_accepting_counts_as_of_its_time_and_opens_the_case(company: Company) -> None:
    asked = invite(sent_at=NOW, unit=company.north)
    receive(invitation_ref=asked.ref, answer=Answer(2, "Late"), now=NOW)
    later = NOW + timedelta(days=2)

    response = accept_held(actor=company.actor("alice"), held=HeldAnswer.objects.get(), now=later)
    consume_all(now=later)

    assert (response.score, response.comment, response.answered_at) == (2, "Late", NOW)
    asked.refresh_from_db()
    assert asked.answered_at == NOW
    row = HeldAnswer.objects.get()
    assert (row.decided_by, row.response, row.decided_at) == (company.alice, response, later)
    assert Case.objects.get().response == response
    with pytest.raises(CannotDecide):
        refuse_held(actor=company.actor("alice"), held=row, now=later)


def test_refusing_keeps_it_uncounted(company: Company) -> None:
    asked = invite(sent_at=NOW, unit=company.north)
    receive(invitation_ref=asked.ref, answer=Answer(2), now=NOW)
    alice = company.actor("alice")
    assert held_count(alice) == 1

    refuse_held(actor=alice, held=HeldAnswer.objects.get(), now=NOW)

    assert Response.objects.count() == 0
    assert (held_count(alice), held_answers(alice, decided=True).count()) == (0, 1)


def test_only_who_may_write_answers_decides(company: Company) -> None:
    receive(invitation_ref=invite(sent_at=NOW).ref, answer=Answer(2), now=NOW)
    held = HeldAnswer.objects.get()

    with pytest.raises(Forbidden):
        accept_held(actor=company.actor("mark"), held=held, now=NOW)
    assert held_count(company.actor("mark")) == 0


def test_a_scanner_that_opens_and_posts_everything_makes_no_answer(client: Client) -> None:
    """It follows every link of a real letter, by HEAD and GET, and then sends the forms."""
    asked = invite(sent_at=timezone.now())
    letter = write_letter(
        version=asked.version, purpose=Purpose.INVITATION, language="en", name="Ann",
        token=token_of(asked.ref), company="Acme",
    )  # fmt: skip
    links = {each.split("/r/")[1] for each in re.findall(r'href="([^"]*/r/[^"]+)"', letter.html)}
    assert len(links) >= 12
    for link in links | {f"{token_of(asked.ref)}/all/"}:
        for visit in (client.head, client.get):
            assert visit(f"/r/{link}", headers={"User-Agent": AGENT}).status_code == 200
        client.get(f"/r/{link}", headers={"User-Agent": AGENT, "Sec-Purpose": "prefetch"})
    assert (Response.objects.count(), HeldAnswer.objects.count()) == (0, 0)

    page = client.post(f"/r/{token_of(asked.ref)}/", {"score": "0"}, follow=True)

    assert "Saved: 0" in page.content.decode()
    assert Response.objects.count() == 0
    assert HeldAnswer.objects.get().doubt == Doubt.SCANNER
    asked.refresh_from_db()
    assert asked.scanned_at is not None
    assert asked.started_at is None


@pytest.mark.parametrize(
    ("headers", "person"),
    [
        ({"User-Agent": AGENT}, True),
        ({}, False),
        ({"User-Agent": "Mozilla/5.0 (compatible; bingbot/2.0)"}, False),
        ({"User-Agent": "python-requests/2"}, False),
        ({"User-Agent": AGENT, "Sec-Purpose": "prefetch;prerender"}, False),
        ({"User-Agent": AGENT, "Purpose": "prefetch"}, False),
    ],
)
def test_who_looks_like_a_person_has_started(
    client: Client, headers: dict[str, str], person: bool
) -> None:
    asked = invite(sent_at=timezone.now() - seconds(60))

    client.get(f"/r/{token_of(asked.ref)}/", headers=headers)

    asked.refresh_from_db()
    assert (asked.started_at is not None) is person


def test_nobody_starts_within_seconds_of_the_sending(client: Client) -> None:
    asked = invite(sent_at=timezone.now() - seconds(3))

    client.get(f"/r/{token_of(asked.ref)}/", headers={"User-Agent": AGENT})

    asked.refresh_from_db()
    assert asked.started_at is None


def test_the_trap_in_the_form(client: Client) -> None:
    asked = invite(sent_at=timezone.now() - seconds(60))
    address = f"/r/{token_of(asked.ref)}/"
    assert 'name="website"' in client.get(address).content.decode()

    client.post(address, {"score": "10", "website": "https://spam.example"})

    assert Response.objects.count() == 0
    assert HeldAnswer.objects.get().doubt == Doubt.HONEYPOT
