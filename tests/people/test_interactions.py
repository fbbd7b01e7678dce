"""Do interactions come in by file: understood, held or refused, once however often?"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from loopwell.access.rules import SYSTEM, Actor
from loopwell.journal.reading import consume_all
from loopwell.people.enums import UnknownCustomers, UploadKind
from loopwell.people.importing.kinds import interactions_for
from loopwell.people.importing.runner import Run
from loopwell.people.importing.source import open_upload, rejects_path
from loopwell.people.models import Customer, HeldInteraction, Interaction, Upload
from loopwell.people.operations import (
    choose_unknown_customers,
    create_all_held,
    create_held_customer,
    discard_held,
    link_held,
    save_customer,
)
from loopwell.people.operations.held import NotWaiting
from loopwell.people.queries import held_interactions
from loopwell.people.rules.drafts import CustomerDraft
from loopwell.people.rules.fields import INTERACTION_FIELDS, guess_mapping
from loopwell.people.rules.happening import InteractionReading, read_interaction
from loopwell.people.rules.reading import Cells
from tests.conftest import NOW, Company
from tests.factories import customer

pytestmark = pytest.mark.django_db
FILE = """Номер заказа;Событие;Дата и время;Код клиента;E-mail;Телефон;Сотрудник;Филиал;Товар;К2
A1;delivery;03.02.2026 14:30;C1;;;fiona@acme.example;;Sofa;x
A2;delivery;03.02.2026 15:00;;ben@mail.example;;;S1;Chair;y
A3;call;04.02.2026;;;+48 601 234 567;;N1;;
A4;visit;31.12.2026 10:00;C1;;;;N1;;
A5;visit;04.02.2026 25:00;C1;;;;N1;;
A6;;04.02.2026 10:00;C1;;;;N1;;
A7;visit;04.02.2026 10:00;;;;;N1;;
A8;visit;04.02.2026 10:00;C1;;;nobody@acme.example;Atlantis;;
A9;visit;04.02.2026 10:00;stranger;;;;N1;;
"""


@pytest.fixture
def bring(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.MEDIA_ROOT, settings.TIME_ZONE = tmp_path, "Europe/Warsaw"
    monkeypatch.setattr("loopwell.people.importing.kinds.timezone.now", lambda: NOW)

    def run(text: str, actor: Actor = SYSTEM, *, write: bool = True, **options: Any) -> Any:
        path = tmp_path / "events.csv"
        path.write_text(text, encoding="utf-8")
        upload = Upload(kind=UploadKind.INTERACTIONS, filename="events.csv", path=str(path))
        upload.options = options
        upload.mapping = guess_mapping(INTERACTION_FIELDS, open_upload(upload).columns)
        upload.save()
        outcome = Run(
            upload=upload, make=interactions_for(actor), write=write, job_ref="j", now=NOW,
            progress=lambda *_: None,
        ).go()  # fmt: skip
        return outcome | {"rejects": rejects_path(upload, "import" if write else "trial")}

    return run


@pytest.fixture
def cast(company: Company) -> list[Customer]:
    return [
        customer(external_id="C1", email="anna@mail.example", unit=company.north),
        customer(external_id="C2", email="ben@mail.example", unit=company.north),
        customer(external_id="C3", email="cal@mail.example", phone="+48601234567"),
    ]


def test_a_file_is_understood_row_by_row(company: Company, cast: Any, bring: Any) -> None:
    outcome = bring(FILE)

    assert outcome["counts"] == {"new": 3, "changed": 0, "same": 0, "refused": 5, "held": 1}
    first, second, third = Interaction.objects.order_by("external_id")
    assert first.at == datetime(2026, 2, 3, 13, 30, tzinfo=UTC)  # Warsaw's clock
    assert (first.customer.external_id, first.unit, first.employee) == (
        "C1", company.north, company.fiona)  # fmt: skip
    assert (second.customer.external_id, second.unit, second.product) == (
        "C2", company.south, "Chair")  # fmt: skip
    assert (third.customer.external_id, third.at.hour) == ("C3", 11)  # noon
    told = outcome["rejects"].read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [line.split(",")[0] for line in told] == ["5", "6", "7", "8", "9"]
    for line, reason in zip(
        told, ["still to come", "not a time of day", "no touchpoint", "nothing says whose", "unit"],
        strict=True,
    ):  # fmt: skip
        assert reason in line


def test_the_same_file_again_changes_nothing(cast: Any, bring: Any) -> None:
    bring(FILE)
    before = list(Interaction.objects.order_by("id").values())

    again = bring(FILE)

    assert again["counts"] == {"new": 0, "changed": 0, "same": 4, "refused": 5}
    assert list(Interaction.objects.order_by("id").values()) == before
    assert HeldInteraction.objects.count() == 1


def test_an_external_id_updates_and_without_one_the_moment_tells(cast: Any, bring: Any) -> None:
    bring("id,touchpoint,at,customer id\nA,call,2026-02-03 10:00,C1\n,visit,2026-02-03 10:00,C1\n")

    again = bring(
        "id,touchpoint,at,customer id,product\n"
        "A,call,2026-02-03 11:00,C1,Tea\n,visit,2026-02-03 10:00,C1,Cake\n"
    )

    assert again["counts"] == {"new": 0, "changed": 2, "same": 0, "refused": 0}
    rows = Interaction.objects.order_by("id").values_list("external_id", "product", "at")
    assert list(rows) == [
        ("A", "Tea", datetime(2026, 2, 3, 10, tzinfo=UTC)),
        (None, "Cake", datetime(2026, 2, 3, 9, tzinfo=UTC)),
    ]


def test_of_two_rows_of_one_event_the_last_counts(cast: Any, bring: Any) -> None:
    outcome = bring(
        "id,touchpoint,at,customer id\nA,call,2026-02-03 10:00,C1\nA,visit,2026-02-03 10:00,C1\n"
    )

    assert outcome["counts"] == {"new": 1, "changed": 0, "same": 0, "refused": 1}
    assert Interaction.objects.get().touchpoint == "visit"


def test_another_customers_interaction_is_not_taken_over(cast: Any, bring: Any) -> None:
    bring("id,touchpoint,at,customer id\nA,call,2026-02-03 10:00,C1\n")

    again = bring("id,touchpoint,at,customer id\nA,call,2026-02-03 10:00,C2\n")

    assert again["counts"]["refused"] == 1
    assert Interaction.objects.get().customer.external_id == "C1"


def test_a_trial_writes_nothing(cast: Any, bring: Any) -> None:
    outcome = bring(FILE, write=False)

    assert outcome["counts"]["new"] == 3
    assert outcome["counts"]["held"] == 1
    assert not Interaction.objects.exists()
    assert not HeldInteraction.objects.exists()


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-02-03T10:00:00Z", "Europe/Warsaw", "2026-02-03T10:00"),
        ("2026-02-03 10:00", "Europe/Warsaw", "2026-02-03T09:00"),
        ("2026-02-03T10:00:00.5+05:30", "Europe/Warsaw", "2026-02-03T04:30"),
        ("03.02.2026 2:05 pm", "UTC", "2026-02-03T14:05"),
        ("03.02.2026 10:00 +0300", "UTC", "2026-02-03T07:00"),
        ("4 March 2026", "UTC", "2026-03-04T10:00"),  # today's noon is still to come: now
        ("2026-03-04T10:01:30Z", "UTC", "2026-03-04T10:00"),  # a clock a little ahead
        ("2026-03-04T10:03:00Z", "UTC", "still to come"),
        ("1899-01-01 10:00", "UTC", "before 1990"),
        ("2026-02-30 10:00", "UTC", "not a date"),
        ("03.02.2026 13:05 pm", "UTC", "not a time of day"),
        ("03/02/2026", "UTC", "choose the order"),
        ("", "UTC", "no time"),
    ],
)
def test_moments(text: str, zone: str, expected: str) -> None:
    from zoneinfo import ZoneInfo

    cells = Cells({"at": text, "touchpoint": "call", "customer_id": "C1"})

    draft = read_interaction(cells, InteractionReading(ZoneInfo(zone), NOW))

    if draft.at is None:
        assert expected in cells.problems[0].reason
    else:
        assert draft.at.astimezone(UTC).isoformat()[:16] == expected


def test_unknown_customers_are_made_when_the_company_wants_it(company: Company, bring: Any) -> None:
    choose_unknown_customers(actor=SYSTEM, now=NOW, rule=UnknownCustomers.CREATE)

    outcome = bring(
        "touchpoint,at,customer id,email,phone,name,unit\n"
        "call,2026-02-03 10:00,N7,new@mail.example,,New One,N1\n"
        "call,2026-02-04 10:00,N7,new@mail.example,,New One,N1\n"
        "call,2026-02-04 10:00,,,+48601234567,,N1\n"
        "call,2026-02-04 10:00,N8,,,,Atlantis\n"
    )

    assert outcome["counts"] == {"new": 2, "changed": 0, "same": 0, "refused": 1, "held": 1}
    assert outcome["extra"] == {"customers": 1}
    made = Customer.objects.get()
    assert (made.external_id, made.name, made.unit) == ("N7", "New One", company.north)
    assert made.interactions.count() == 2


def test_unknown_customers_are_refused_when_the_company_wants_it(bring: Any) -> None:
    choose_unknown_customers(actor=SYSTEM, now=NOW, rule=UnknownCustomers.REFUSE)

    outcome = bring("touchpoint,at,customer id\ncall,2026-02-03 10:00,N7\n")

    assert outcome["counts"]["refused"] == 1
    assert not HeldInteraction.objects.exists()


HELD = "id,touchpoint,at,customer id,email,phone,unit\nA,call,2026-02-03 10:00,{},{},{},N1\n"


@pytest.mark.parametrize("told", [("N7", "", ""), ("", "n7@mail.example", ""),
                                  ("", "", "+48601234567")])  # fmt: skip
def test_what_waits_is_taken_when_the_customer_comes(
    company: Company, bring: Any, told: tuple[str, str, str]
) -> None:
    bring(HELD.format(*told))
    draft = CustomerDraft(external_id="N7", email="n7@mail.example", phone="+48601234567")

    save_customer(actor=SYSTEM, now=NOW, draft=draft)
    consume_all(now=NOW)
    consume_all(now=NOW)

    held = HeldInteraction.objects.get()
    assert held.interaction == Interaction.objects.get()
    assert held.interaction is not None
    assert held.interaction.customer.external_id == "N7"
    assert not held_interactions(SYSTEM).exists()
    assert bring(HELD.format(*told))["counts"]["same"] == 1


def test_held_ones_are_made_linked_or_thrown_away(company: Company, cast: Any, bring: Any) -> None:
    alice = company.actor("alice")
    rows = "".join(f"A{n},call,2026-02-03 10:00,N{n},,,N1\n" for n in range(3))
    text = "id,touchpoint,at,customer id,email,phone,unit\n" + rows
    bring(text)
    made, linked, gone = HeldInteraction.objects.order_by("id")

    create_held_customer(actor=alice, now=NOW, held=made)
    link_held(actor=alice, now=NOW, held=linked, customer=cast[0])
    discard_held(actor=alice, now=NOW, held=gone)

    customers = Interaction.objects.order_by("external_id").values_list(
        "external_id", "customer__external_id"
    )
    assert list(customers) == [("A0", "N0"), ("A1", "C1")]
    assert not held_interactions(alice).exists()
    with pytest.raises(NotWaiting):
        discard_held(actor=alice, now=NOW, held=gone)
    assert bring(text)["counts"] == {"new": 0, "changed": 0, "same": 3, "refused": 0}


def test_all_held_are_made_at_once(company: Company, bring: Any) -> None:
    bring(HELD.format("N7", "", "") + "B,call,2026-02-03 10:00,,,+48600000001,N1\n")

    assert create_all_held(actor=company.actor("alice"), now=NOW) == (1, 1)

    assert Interaction.objects.get().customer.external_id == "N7"


def test_held_ones_are_seen_within_ones_part_of_the_company(company: Company, bring: Any) -> None:
    bring(HELD.format("N7", "", ""))

    assert held_interactions(company.actor("alice")).count() == 1
    assert held_interactions(company.actor("oscar")).count() == 0


def test_a_customers_time_zone_is_checked(company: Company) -> None:
    from loopwell.people.rules.problems import CannotSave

    saved = save_customer(
        actor=SYSTEM, now=NOW, draft=CustomerDraft(external_id="Z", time_zone="europe/warsaw")
    )

    assert saved.thing.time_zone == "Europe/Warsaw"
    with pytest.raises(CannotSave) as caught:
        save_customer(actor=SYSTEM, now=NOW, draft=CustomerDraft(external_id="Z", time_zone="Mars"))
    assert list(caught.value.fields) == ["time_zone"]


def test_few_queries_however_many_rows(
    company: Company, bring: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(50):
        customer(external_id=f"Q{number}", unit=company.north)
    head = "id,touchpoint,at,customer id\n"
    rows = "".join(f"E{n},call,2026-02-03 10:00,Q{n % 50}\n" for n in range(500))

    with django_assert_max_num_queries(20):
        outcome = bring(head + rows)

    assert outcome["counts"]["new"] == 500
