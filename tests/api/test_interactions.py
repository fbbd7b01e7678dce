"""Interactions by API: one or many, once each, every mistake named in its place."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.access.rules import SYSTEM
from loopwell.people.enums import UnknownCustomers
from loopwell.people.models import Customer, HeldInteraction, Interaction, KeptReply
from loopwell.people.operations import choose_unknown_customers
from loopwell.people.operations.replies import forget_replies
from tests.api.conftest import Programs
from tests.conftest import NOW, Company
from tests.factories import customer

GOOD = {"external_id": "I1", "customer": {"external_id": "C7"}, "touchpoint": "call",
        "at": "2026-03-04T09:00:00Z"}  # fmt: skip


def choose(rule: UnknownCustomers) -> None:
    choose_unknown_customers(actor=SYSTEM, now=NOW, rule=rule)


def test_an_unknown_customer_is_held_made_or_refused(company: Company, program: Programs) -> None:
    mine = program()

    held = mine.post("/interactions", GOOD)
    assert (held.status_code, held.json()["state"]) == (202, "held")
    assert HeldInteraction.objects.get().origin == "API"

    choose(UnknownCustomers.REFUSE)
    refused = mine.post("/interactions", GOOD | {"external_id": "I2"})
    assert list(refused.json()["error"]["fields"]) == ["body.customer.external_id"]

    choose(UnknownCustomers.CREATE)
    made = mine.post("/interactions", GOOD)
    assert made.status_code == 201
    assert made.json()["customer"]["external_id"] == "C7"
    assert HeldInteraction.objects.get().interaction == Interaction.objects.get()
    assert Customer.objects.count() == 1


def test_many_are_taken_each_by_itself(company: Company, program: Programs) -> None:
    mine = program()
    customer(external_id="C7", unit=company.north)
    items: list[Any] = [
        GOOD,
        GOOD | {"external_id": "I2", "at": "2099-01-01T00:00:00Z"},
        GOOD | {"external_id": "I3", "touchpoint": 7},
        GOOD | {"external_id": "I4", "employe": "x"},
        GOOD | {"external_id": "I5", "unit": "Nowhere", "employee": "nobody"},
        GOOD | {"external_id": "I6", "customer": {"external_id": "stranger"}},
        GOOD | {"external_id": "I7", "customer": {}},
        "nonsense",
        GOOD,
    ]

    answer = mine.post("/interactions/bulk", {"interactions": items})

    told = answer.json()
    assert answer.status_code == 200
    assert [each["state"] for each in told["items"]] == [
        "new", "refused", "refused", "refused", "refused", "held", "refused", "refused", "same",
    ]  # fmt: skip
    assert (told["new"], told["same"], told["held"], told["refused"]) == (1, 1, 1, 6)
    fields = [[p["field"] for p in each["problems"]] for each in told["items"]]
    assert fields[1:8] == [
        ["at"], ["touchpoint"], ["employe"], ["unit", "employee"], [], ["customer"], [""],
    ]  # fmt: skip
    assert told["items"][3]["problems"][0]["message"] == "There is no such field."
    assert Interaction.objects.get().external_id == "I1"


def test_a_thousand_at_once_and_no_more(program: Programs) -> None:
    mine = program()
    customer(external_id="C7")
    items = [GOOD | {"external_id": f"I{n}"} for n in range(1001)]

    assert mine.post("/interactions/bulk", {"interactions": items}).status_code == 422
    assert mine.post("/interactions/bulk", {"interactions": items[:1000]}).json()["new"] == 1000
    assert mine.post("/interactions/bulk", {"interactions": []}).status_code == 422


def test_the_same_key_gets_the_same_answer(program: Programs) -> None:
    mine = program()
    customer(external_id="C7")
    body = {"interactions": [GOOD]}

    first = mine.post("/interactions/bulk", body, **{"Idempotency-Key": "k1"})
    again = mine.post("/interactions/bulk", body, **{"Idempotency-Key": "k1"})
    other = mine.post("/interactions/bulk", {"interactions": [GOOD, GOOD]},
                      **{"Idempotency-Key": "k1"})  # fmt: skip

    assert (first.json(), first.json()["new"]) == (again.json(), 1)
    assert other.status_code == 409
    single = mine.post("/interactions", GOOD, **{"Idempotency-Key": "k2"})
    assert mine.post("/interactions", GOOD, **{"Idempotency-Key": "k2"}).json() == single.json()
    assert program().post("/interactions", GOOD, **{"Idempotency-Key": "k1"}).status_code == 201


def test_a_refused_request_keeps_no_key(program: Programs) -> None:
    mine = program()
    customer(external_id="C7")

    wrong = mine.post("/interactions", GOOD | {"at": "2099-01-01T00:00:00Z"},
                      **{"Idempotency-Key": "k"})  # fmt: skip
    mended = mine.post("/interactions", GOOD, **{"Idempotency-Key": "k"})

    assert (wrong.status_code, mended.status_code) == (422, 201)


def test_keys_are_forgotten_after_a_day(program: Programs) -> None:
    mine = program()
    customer(external_id="C7")
    mine.post("/interactions", GOOD, **{"Idempotency-Key": "k"})

    assert forget_replies(timezone.now() + timedelta(hours=23)) == 0
    assert forget_replies(timezone.now() + timedelta(hours=25)) == 1
    assert not KeptReply.objects.exists()


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b'{"interactions": [', 400, "not JSON"),
        (b'{"interactions": ["\xff"]}', 400, "not UTF-8"),
        ('{"interactions": []}'.encode("utf-16"), 400, "not UTF-8"),
        (b"[]", 422, "JSON object"),
        (json.dumps({"interactions": [{"touchpoint": "x\0"}]}).encode(), 422, "cannot be stored"),
        (json.dumps({"items": []}).encode(), 422, "interactions"),
        (b'{"interactions": ["' + b"x" * 10 * 1024 * 1024 + b'"]}', 413, "larger than 10 MB"),
    ],
)
def test_bad_bodies_are_told_in_words(
    program: Programs, body: bytes, status: int, words: str
) -> None:
    answer = program().call("POST", "/interactions/bulk", body)

    assert answer.status_code == status
    assert words in answer.json()["error"]["message"]
    assert not Interaction.objects.exists()


def test_a_key_of_a_unit_stays_in_it(company: Company, program: Programs) -> None:
    mine = program(company.south)
    customer(external_id="C7", unit=company.north)

    foreign = mine.post("/interactions", GOOD)
    unplaced = mine.post("/interactions", GOOD | {"customer": {"external_id": "X"}})
    placed = mine.post("/interactions", GOOD | {"customer": {"external_id": "X"}, "unit": "S1"})

    assert foreign.status_code == 422
    assert list(unplaced.json()["error"]["fields"]) == ["body.unit"]
    assert placed.status_code == 202
    assert not Interaction.objects.exists()


def test_reading_is_not_writing(program: Programs) -> None:
    reader = program(rights=[Right.READ_CUSTOMERS])

    assert reader.post("/interactions/bulk", {"interactions": [GOOD]}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_moment_works_once(program: Programs) -> None:
    mine = program()
    customer(external_id="C7")
    body = {"interactions": [GOOD, GOOD | {"external_id": "I2"}]}

    def send(_number: int) -> Any:
        try:
            return mine.post("/interactions/bulk", body, **{"Idempotency-Key": "k"}).json()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(send, range(4)))

    assert [each["new"] for each in told] == [2, 2, 2, 2]
    assert Interaction.objects.count() == 2
