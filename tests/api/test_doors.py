"""Who gets in: nobody, a wrong key, a revoked one, one without the right, another unit's."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.access.models import ApiKey
from loopwell.access.operations import revoke_api_key
from loopwell.access.rules import SYSTEM
from loopwell.api.v1 import api
from tests.api.conftest import Program, Programs
from tests.conftest import Company
from tests.factories import account, customer, response, survey

SCHEMA = api.get_openapi_schema(path_prefix="/")
ENDPOINTS = [
    (method.upper(), path.replace("{ref}", "abcdefgh234567"))
    for path, methods in SCHEMA["paths"].items()
    for method in methods
]


def code(answer: Any) -> tuple[int, str]:
    assert set(answer.json()["error"]) == {"code", "message", "fields"}
    return answer.status_code, answer.json()["error"]["code"]


def test_every_resource_has_endpoints() -> None:
    assert len(ENDPOINTS) == 84


def test_nobody_and_wrong_keys_are_sent_away(company: Company) -> None:
    for secret in ("", "lw_", "lw_" + "x" * 43, "nonsense", "lw_\x7f" + "x" * 40):
        for method, path in ENDPOINTS:
            answer = Program(secret).call(method, path, {} if method != "GET" else None)

            assert code(answer) == (401, "unauthorized"), (method, path)
            assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Loopwell API"'


def test_a_key_without_the_right_is_told_so(program: Programs) -> None:
    idle = program(rights=[Right.READ_STATUS])

    for method, path in ENDPOINTS:
        answer = idle.call(method, path, {} if method != "GET" else None)
        assert code(answer) == (403, "forbidden"), (method, path)


def test_a_revoked_key_is_sent_away(company: Company, program: Programs) -> None:
    mine = program()
    assert mine.get("/customers").status_code == 200

    revoke_api_key(actor=SYSTEM, key=ApiKey.objects.get(), now=timezone.now())

    assert mine.get("/customers").status_code == 401


def test_a_key_of_another_unit_learns_nothing(company: Company, program: Programs) -> None:
    who = customer(unit=company.north)
    of = account(unit=company.north)
    said = response(customer=who)
    south, north = program(company.south), program(company.north)

    for path in (f"/customers/{who.ref}", f"/accounts/{of.ref}", f"/responses/{said.ref}"):
        assert north.get(path).status_code == 200
        assert code(south.get(path)) == (404, "not_found")
    for path in ("/customers", "/accounts", "/responses", "/interactions", "/cases"):
        assert south.get(path).json()["items"] == []
    unknown = south.post("/interactions", {"customer": {"ref": who.ref}, "touchpoint": "call",
                                           "at": "2026-01-01T10:00:00Z"})  # fmt: skip
    assert list(unknown.json()["error"]["fields"]) == ["body.customer.ref"]
    assert code(south.patch(f"/customers/{who.ref}", {"name": "Mine"})) == (404, "not_found")


def test_use_is_noted_once_a_minute(program: Programs) -> None:
    mine = program()
    mine.get("/customers")
    first = ApiKey.objects.get().last_used_at
    mine.get("/customers")
    assert ApiKey.objects.get().last_used_at == first

    ApiKey.objects.update(last_used_at=first - timedelta(seconds=61))  # type: ignore[operator]  # set above
    mine.get("/customers")

    assert ApiKey.objects.get().last_used_at > first  # type: ignore[operator]  # set above


def test_keys_are_never_logged(program: Programs, caplog: pytest.LogCaptureFixture) -> None:
    mine = program(rights=[Right.READ_STATUS])
    with caplog.at_level(logging.DEBUG):
        mine.get("/customers")
        Program(mine.secret + "x").get("/customers")
        mine.get("/nowhere")

    assert mine.secret[12:] not in caplog.text


def test_unknown_addresses_answer_in_json(program: Programs) -> None:
    mine = program()
    for path in ("/nowhere", "/customers/a/b", "/", ""):
        assert code(mine.get(path)) == (404, "not_found")


def test_a_wrong_method_says_which_are_right(program: Programs) -> None:
    answer = program().call("DELETE", "/customers")

    assert code(answer) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, POST"


def test_bodies_that_are_not_json(program: Programs) -> None:
    mine = program()
    post = Client(raise_request_exception=False).post

    form = post("/api/v1/customers", {"email": "a@b.example"}, headers=mine.headers)
    assert code(form) == (415, "unsupported_media_type")
    assert code(mine.post("/customers", b'{"email": ')) == (400, "bad_request")
    assert code(mine.post("/customers", b'{"email": "\xff\xfe"}')) == (400, "bad_request")
    assert code(mine.post("/customers", b'{"name": NaN}')) == (400, "bad_request")
    assert code(mine.post("/customers", b'{"name": 1' + b"0" * 5000 + b"}")) == (400, "bad_request")
    assert code(mine.post("/customers", b"[" * 100_000)) == (400, "bad_request")
    assert code(mine.post("/customers", b"[]")) == (422, "invalid")


def test_a_body_over_ten_megabytes(program: Programs) -> None:
    huge = b'{"name": "' + b"x" * (10 * 1024 * 1024) + b'"}'

    assert code(program().post("/customers", huge)) == (413, "too_large")


def test_a_body_without_its_length_is_not_taken_for_empty(program: Programs) -> None:
    answer = program().post("/customers", b"", **{"Transfer-Encoding": "chunked"})

    assert code(answer) == (411, "length_required")


@pytest.mark.parametrize("text", [r"a\u0000b", r"\ud800"])
def test_characters_that_cannot_be_stored_are_named(text: str, program: Programs) -> None:
    body = b'{"customers": [{"email": "a@b.example"}, {"name": "%s"}]}' % text.encode()

    answer = program().post("/customers/bulk", body)

    assert code(answer) == (422, "invalid")
    assert list(answer.json()["error"]["fields"]) == ["body.customers[1].name"]


def test_odd_references_are_not_found(program: Programs) -> None:
    mine = program()
    body = {
        "outcome": "busy",
        "result": "solved",
        "reason": "x",
        "owner": "x",
        "decision": "accept",
        "action": "start",
        "days": [0],
        "start": "09:00",
        "end": "17:00",
        "read": True,
        "state": "new",
        "values": [{"unit": "x", "month": "2026-03", "value": 1}],
        "answers": [{"person": "x", "brand": "x", "score": 1}],
        "to": "running",
        "version": 1,
        "unit": "x",
        "on": "2026-03-01",
        "text": "x",
    }
    for method, path in ENDPOINTS:
        for odd in ("%00", "ABC", "1" * 14, "a" * 5000, "%F0%9F%98%80"):
            if "abcdefgh" in path:
                address = path.replace("abcdefgh234567", odd)
                answer = mine.call(method, address, None if method == "GET" else body)
                assert code(answer) == (404, "not_found"), (method, address)


def test_odd_filters_are_refused_by_name(program: Programs) -> None:
    survey()
    for query, place in (
        ("limit=0", "query.limit"),
        ("limit=x", "query.limit"),
        ("cursor=x", "query.cursor"),
        ("cursor=%00", "query.cursor"),
        ("updated_since=yesterday", "query.updated_since"),
        ("updated_since=2026-01-01T10:00:00", "query.updated_since"),
        ("updated_since=0001-01-01T00:00:00%2B14:00", "query.updated_since"),
        ("unit=nowhere", "query.unit"),
        ("unit=%00", "query.unit"),
    ):
        answer = program().get(f"/customers?{query}")
        assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, [place])
