"""Does whoever runs surveys in one part of the company see or change what another part asks?

Nora runs surveys in North, Sven in South; every thing below belongs to North.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.models import User
from loopwell.access.operations import create_user
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM, Actor
from loopwell.delivery.models import Nudge
from loopwell.integrations.sql.models import Source
from loopwell.kit.errors import ExpectedError, Forbidden, NotFound
from loopwell.people import operations as people
from loopwell.people.models import HeldInteraction, Interaction
from loopwell.responses.holding import accept_held, receive, refuse_held
from loopwell.responses.models import HeldAnswer
from loopwell.responses.rules import Answer
from loopwell.sampling import operations as sampling
from loopwell.sampling.enums import LinkKind, ProgrammeKind
from loopwell.sampling.linking import operations as linking
from loopwell.sampling.models import Decision, Invitation, Link, Programme, Run, Wave
from tests import factories
from tests.conftest import Company


@dataclass(frozen=True)
class North:
    """One of everything that is asked, held, decided or called in North."""

    wave: Wave
    programme: Programme
    link: Link
    held_answer: HeldAnswer
    held_contact: HeldInteraction
    call: Invitation
    reminder: Invitation


@pytest.fixture
def moment() -> datetime:
    return timezone.now()


@pytest.fixture
def north(company: Company, moment: datetime) -> North:
    now, unit, version = moment, company.north, factories.version()
    wave = Wave.objects.create(name="Northern wave", version=version, unit=unit, seed=1)
    programme = Programme.objects.create(
        name="Northern programme", survey=version.survey, unit=unit,
        kind=ProgrammeKind.RELATIONSHIP, started_at=now,
    )  # fmt: skip
    ways_in = Programme.objects.create(
        name="Northern ways in", survey=version.survey, unit=unit,
        kind=ProgrammeKind.LINK, started_at=now,
    )  # fmt: skip
    link = Link.objects.create(
        programme=ways_in, kind=LinkKind.LINK, name="Northern link", unit=unit
    )
    who = factories.customer(name="Northern customer", unit=unit, phone="+48601234567")
    run = Run.objects.create(programme=programme, at=now, seed=1)
    Decision.objects.create(run=run, customer=who, outcome="asked_lately")
    asked = factories.invitation(customer=who, sent_at=now, expires_at=now + timedelta(days=30))
    receive(invitation_ref=asked.ref, answer=Answer(0, "Northern words"), now=now)
    held_contact = HeldInteraction.objects.create(
        unit=unit, email="northern@mail.example", origin="Northern file", received_at=now,
        given={"customer_email": "northern@mail.example", "touchpoint": "call"},
    )  # fmt: skip
    call = factories.invitation(
        customer=who, version=version, channel="phone", planned_at=now, sent_at=None,
        expires_at=now + timedelta(days=3),
    )  # fmt: skip
    client = factories.account(unit=unit, name="Northern client")
    silent = factories.customer(name="Northern contact", account=client, unit=unit)
    reminder = factories.invitation(
        customer=silent, account=client, version=version, wave=wave,
        sent_at=now - timedelta(days=9), expires_at=now + timedelta(days=20),
    )  # fmt: skip
    reminder.messages.create(purpose="invitation", to="x@mail.example", state="sent", sent_at=now)
    return North(wave, programme, link, HeldAnswer.objects.get(), held_contact, call, reminder)


@pytest.fixture
def nora(company: Company) -> User:
    return create_user(
        actor=SYSTEM, email="nora@acme.example", name="Nora", unit=company.north,
        roles=[Role.PROGRAMME],
    )  # fmt: skip


@pytest.fixture
def sven(company: Company) -> User:
    return create_user(
        actor=SYSTEM, email="sven@acme.example", name="Sven", unit=company.south,
        roles=[Role.PROGRAMME],
    )  # fmt: skip


LISTS = {
    "/sendings/": "Northern wave",
    "/programmes/": "Northern programme",
    "/links/": "Northern link",
    "/decisions/": "Northern customer",
    "/decisions/export/": "Northern customer",
    "/held/": "Northern words",
    "/sources/held/": "northern@mail.example",
    "/reminders/": "Northern contact",
    "/outbox/": "x@mail.example",
}


@pytest.mark.parametrize(("address", "words"), LISTS.items(), ids=LISTS)
def test_a_list_holds_ones_own_part_alone(
    address: str, words: str, client: Client, north: North, nora: User, sven: User
) -> None:
    def page(who: User) -> str:
        client.force_login(who)
        answer = client.get(address)
        assert answer.status_code == 200
        whole = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]  # a streaming response
        return whole.decode()

    assert words in page(nora)
    assert "Northern" not in page(sven)
    assert words not in page(sven)


def test_a_page_of_another_part_is_not_there(
    client: Client, north: North, nora: User, sven: User
) -> None:
    for address in (
        f"/sendings/{north.wave.ref}/",
        f"/sendings/{north.wave.ref}/weights/",
        f"/programmes/{north.programme.ref}/",
        f"/programmes/{north.programme.ref}/change/",
        f"/links/{north.link.ref}/",
        f"/decisions/?programme={north.programme.ref}",
        f"/decisions/?wave={north.wave.ref}",
    ):
        for who, status in ((nora, 200), (sven, 404)):
            client.force_login(who)
            assert client.get(address).status_code == status, (who.name, address)


def test_nothing_of_another_part_can_be_acted_on(client: Client, north: North, sven: User) -> None:
    client.force_login(sven)
    for address, form in (
        (f"/sendings/{north.wave.ref}/launch/", {}),
        (f"/sendings/{north.wave.ref}/discard/", {}),
        (f"/programmes/{north.programme.ref}/pause/", {}),
        (f"/links/{north.link.ref}/close/", {}),
        (f"/sources/held/{north.held_contact.ref}/", {"do": "discard"}),
        (f"/calls/{north.call.ref}/outcome/", {"outcome": "no_answer"}),
    ):
        assert client.post(address, form).status_code == 404, address
    client.post("/held/decide/", {"accept": north.held_answer.ref})
    client.post(f"/reminders/{north.reminder.ref}/", {"note": "x"})

    assert not Nudge.objects.exists()
    north.held_answer.refresh_from_db()
    north.programme.refresh_from_db()
    assert north.held_answer.decided_at is None
    assert north.programme.paused_at is None


Act = Callable[[Actor, North, datetime], object]
ACTS: dict[str, Act] = {
    "launch": lambda a, n, now: sampling.launch_wave(actor=a, wave=n.wave, now=now),
    "pause": lambda a, n, now: sampling.pause_wave(actor=a, wave=n.wave, now=now),
    "resume": lambda a, n, now: sampling.resume_wave(actor=a, wave=n.wave),
    "discard": lambda a, n, now: sampling.discard_wave(actor=a, wave=n.wave),
    "weight": lambda a, n, now: sampling.weight_wave(
        actor=a, wave=n.wave, properties=["unit"], now=now
    ),
    "pause programme": lambda a, n, now: sampling.pause_programme(
        actor=a, programme=n.programme, now=now
    ),
    "end programme": lambda a, n, now: sampling.end_programme(
        actor=a, programme=n.programme, now=now
    ),
    "close link": lambda a, n, now: linking.close_link(actor=a, link=n.link, now=now),
    "accept answer": lambda a, n, now: accept_held(actor=a, held=n.held_answer, now=now),
    "refuse answer": lambda a, n, now: refuse_held(actor=a, held=n.held_answer, now=now),
    "discard contact": lambda a, n, now: people.discard_held(
        actor=a, held=n.held_contact, now=now
    ),
    "create customer": lambda a, n, now: people.create_held_customer(
        actor=a, held=n.held_contact, now=now
    ),
    "link contact": lambda a, n, now: people.link_held(
        actor=a, held=n.held_contact, customer=n.call.customer, now=now
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_operations_themselves_refuse_outsiders(
    name: str, north: North, sven: User, moment: datetime
) -> None:
    """Whichever door they are called from."""
    with pytest.raises((Forbidden, NotFound)):
        ACTS[name](actor_for(sven), north, moment)
    assert Interaction.objects.count() == 0


def test_calls_of_another_part_are_not_taken(
    client: Client, company: Company, north: North, sven: User
) -> None:
    client.force_login(sven)
    assert client.post("/calls/next/").headers["Location"] == "/calls/"
    client.force_login(company.fiona)
    assert client.post("/calls/next/").headers["Location"] == f"/calls/{north.call.ref}/"


def test_sources_and_rules_of_the_company_are_not_a_parts(
    client: Client, north: North, nora: User, moment: datetime
) -> None:
    source = Source.objects.create(
        name="Everybody’s calls", variable="SHOP", query="SELECT 1", created_at=moment
    )
    client.force_login(nora)
    assert "Everybody’s calls" not in client.get("/sources/").content.decode()
    assert client.get(f"/sources/{source.ref}/").status_code == 404
    with pytest.raises(ExpectedError):
        sampling.set_contact_limit(actor=actor_for(nora), now=moment, most_per_day=1)
