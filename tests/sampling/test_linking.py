"""Do links, QR codes and kiosks come to be for whoever may, and only with sensible choices?"""

from datetime import datetime
from typing import Any

import pytest

from loopwell.access.enums import Role, UnitKind
from loopwell.access.operations import create_unit, create_user
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from loopwell.journal.models import Entry
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound
from loopwell.people.models import Property
from loopwell.sampling.enums import LinkKind, ProgrammeKind
from loopwell.sampling.linking import operations, queries
from loopwell.sampling.linking.addresses import address_of, answer_ref, answer_token
from loopwell.sampling.linking.opening import known_properties, opened
from loopwell.sampling.linking.settings import LinkSettings, checked, lines, origin_of
from loopwell.sampling.links import token_of
from loopwell.sampling.models import Link, Programme
from tests.conftest import Company
from tests.factories import survey, version


@pytest.fixture
def programme(company: Company, now: datetime) -> Programme:
    return operations.create_link_programme(
        actor=company.actor("alice"), survey=version().survey, now=now
    )


def add(company: Company, programme: Programme, now: datetime, **fields: Any) -> Link:
    return operations.add_link(
        **{
            "actor": company.actor("alice"),
            "programme": programme,
            "kind": LinkKind.LINK,
            "name": "In the newsletter",
            "now": now,
            **fields,
        }
    )


def test_a_survey_has_one_programme_of_links(company: Company, now: datetime) -> None:
    shown = version()
    alice = company.actor("alice")
    first = operations.create_link_programme(actor=alice, survey=shown.survey, now=now)
    again = operations.create_link_programme(actor=alice, survey=shown.survey, now=now)
    assert first == again
    assert (first.kind, first.started_at, first.unit) == (ProgrammeKind.LINK, now, None)


def test_a_survey_nobody_published_has_no_way_in(company: Company, now: datetime) -> None:
    with pytest.raises(operations.NotPublished):
        operations.create_link_programme(actor=company.actor("alice"), survey=survey(), now=now)


def test_who_runs_no_surveys_opens_no_link(
    company: Company, programme: Programme, now: datetime
) -> None:
    with pytest.raises(Forbidden):
        add(company, programme, now, actor=company.actor("mark"), unit=company.north)


def test_who_runs_surveys_in_one_unit_opens_links_there_only(
    company: Company, programme: Programme, now: datetime
) -> None:
    person = create_user(
        actor=SYSTEM, email="p@acme.example", name="P", unit=company.north, roles=[Role.PROGRAMME]
    )
    actor = actor_for(person)
    mine = add(company, programme, now, actor=actor, unit=company.north)
    theirs = add(company, programme, now, unit=company.south)
    for unit in (company.south, None):
        with pytest.raises(Forbidden):
            add(company, programme, now, actor=actor, unit=unit)
    assert list(queries.visible_to(actor)) == [mine]
    with pytest.raises(NotFound):
        queries.link_by_ref(actor, theirs.ref)
    with pytest.raises(Forbidden):
        operations.close_link(actor=actor, link=theirs, now=now)


def test_links_for_all_units_are_made_once(
    company: Company, programme: Programme, now: datetime
) -> None:
    alice = company.actor("alice")
    units = queries.units_at_work(alice, None)
    arguments = {"actor": alice, "programme": programme, "kind": LinkKind.QR, "now": now}
    made = operations.add_links_for_units(units=units, **arguments)
    assert [(link.name, link.unit) for link in made] == [
        ("North", company.north),
        ("South", company.south),
    ]
    desk = create_unit(
        actor=SYSTEM, name="Desk", parent=company.south, kind=UnitKind.TEAM, external_id="D"
    )
    later = operations.add_links_for_units(units=queries.units_at_work(alice, None), **arguments)
    assert [link.unit for link in later] == [desk]
    assert Entry.objects.filter(type="link.opened").count() == 3


def test_links_for_people_carry_them_and_their_unit(
    company: Company, programme: Programme, now: datetime
) -> None:
    alice = company.actor("alice")
    people = queries.people_at_work(alice, company.north)
    made = operations.add_links_for_people(
        actor=alice, programme=programme, kind=LinkKind.QR, people=people, now=now
    )
    assert [(link.employee, link.unit) for link in made] == [
        (company.fiona, company.north),
        (company.mark, company.north),
    ]


def test_a_closed_link_stays_closed_until_reopened(
    company: Company, programme: Programme, now: datetime
) -> None:
    alice, link = company.actor("alice"), add(company, programme, now)
    operations.close_link(actor=alice, link=link, now=now)
    with pytest.raises(Conflict):
        operations.close_link(actor=alice, link=link, now=now)
    found = opened(link.ref)
    assert found is not None
    assert not found.is_open
    operations.reopen_link(actor=alice, link=link, now=now)
    found = opened(link.ref)
    assert found is not None
    assert found.is_open
    assert list(Entry.objects.order_by("pk").values_list("type", flat=True))[-3:] == [
        "link.opened",
        "link.closed",
        "link.reopened",
    ]


@pytest.mark.parametrize("field", ["paused_at", "ended_at"])
def test_a_programme_that_rests_closes_its_links(
    company: Company, programme: Programme, now: datetime, field: str
) -> None:
    link = add(company, programme, now)
    Programme.objects.filter(pk=programme.pk).update(**{field: now})
    found = opened(link.ref)
    assert found is not None
    assert not found.is_open


def test_a_link_asks_the_newest_version(
    company: Company, programme: Programme, now: datetime
) -> None:
    link = add(company, programme, now)
    newer = version(survey=programme.survey, number=2, texts={"en": {"question": "New?"}})
    version(survey=programme.survey, number=3, published_at=None)
    found = opened(link.ref)
    assert found is not None
    assert found.version == newer
    assert found.texts("en")["question"] == "New?"


def test_the_language_wished_wins_if_the_survey_speaks_it(company: Company, now: datetime) -> None:
    shown = version(texts={"en": {}, "ru": {}, "pl": {}})
    alice = company.actor("alice")
    programme = operations.create_link_programme(actor=alice, survey=shown.survey, now=now)
    found = opened(add(company, programme, now, language="pl").ref)
    assert found is not None
    assert found.spoken("ru-RU", "en") == "ru"
    assert found.spoken("de", "") == "pl"


def test_a_website_must_be_named(company: Company, programme: Programme, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        add(company, programme, now, kind=LinkKind.EMBED)
    assert list(caught.value.fields) == ["sites"]
    link = add(
        company,
        programme,
        now,
        kind=LinkKind.EMBED,
        settings=LinkSettings(sites=("WWW.Example.com/shop", "http://127.0.0.1:8000")),
    )
    assert link.settings == {"sites": ["https://www.example.com", "http://127.0.0.1:8000"]}


def test_numbers_that_make_no_sense_are_named() -> None:
    with pytest.raises(Invalid) as caught:
        checked(LinkKind.KIOSK, LinkSettings(seconds=0, share=101))
    assert set(caught.value.fields) == {"seconds", "share"}


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("example.com", "https://example.com"),
        ("https://Example.com:443/a?b", "https://example.com"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("ftp://example.com", None),
        ("https://exa mple.com", None),
        ("https://example.com:99999", None),
        ("", None),
    ],
)
def test_sites_are_written_as_browsers_name_them(text: str, origin: str | None) -> None:
    assert origin_of(text) == origin


def test_settings_survive_being_stored() -> None:
    wanted = LinkSettings(sites=("https://a.example",), delay=9, only_on=tuple(lines(" /a \n\n/b")))
    assert LinkSettings.from_json({**wanted.to_json(), "gone": 1}) == wanted
    assert LinkSettings().to_json() == {}
    assert LinkSettings().believed(LinkKind.KIOSK) == 40
    assert LinkSettings().believed(LinkKind.QR) == 20
    assert LinkSettings(most_at_once=500).believed(LinkKind.KIOSK) == 500


def test_an_invitations_token_opens_no_answer_of_a_link() -> None:
    ref = "abcdefgh234567"
    assert answer_ref(answer_token(ref)) == ref
    assert answer_ref(token_of(ref)) is None


def test_a_kiosk_has_a_door_of_its_own() -> None:
    assert address_of("abc", LinkKind.KIOSK).endswith("/k/abc/")
    assert address_of("abc", LinkKind.QR).endswith("/l/abc/")


@pytest.mark.django_db
def test_unknown_properties_of_a_visitor_are_dropped() -> None:
    Property.objects.create(name="segment", label="Segment")
    given = {"evil": "x", "segment": "  gold\x00 \n" + "y" * 300, "": 1}
    assert known_properties(given) == {"segment": ("gold " + "y" * 300)[:200]}


def test_open_ones_come_first(company: Company, programme: Programme, now: datetime) -> None:
    alice = company.actor("alice")
    add(company, programme, now, name="A", kind=LinkKind.QR)
    operations.close_link(
        actor=alice, link=add(company, programme, now, name="Gone", kind=LinkKind.EMBED,
                              settings=LinkSettings(sites=("a.example",))), now=now
    )  # fmt: skip
    assert [link.name for link in queries.links_listed(alice)] == ["A", "Gone"]
