"""The OpenAPI document, the page made from it, and bodies nobody thought of."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loopwell.api.v1 import api
from loopwell.api.v1.errors import CODES
from tests.api.conftest import Program, Programs
from tests.conftest import Company
from tests.factories import customer, response, survey

DOCUMENT = api.get_openapi_schema(path_prefix="/api/v1/")
WRITING = sorted(
    (method.upper(), path.removeprefix("/api/v1"))
    for path, methods in DOCUMENT["paths"].items()
    for method, what in methods.items()
    if "requestBody" in what
)


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*(references(each) for each in value.values()))
    if isinstance(value, list):
        return set().union(*(references(each) for each in value))
    return set()


def test_the_document_is_served_and_hangs_together(client: Client) -> None:
    served = client.get("/api/v1/openapi.json").json()

    assert served["openapi"].startswith("3.1")
    named = {f"#/components/schemas/{name}" for name in served["components"]["schemas"]}
    assert references(served) <= named
    operations = [what for methods in served["paths"].values() for what in methods.values()]
    ids = [what["operationId"] for what in operations]
    assert len(ids) == len(set(ids)) == 84
    for what in operations:
        assert what["security"] == [{"ApiKey": []}]
        assert what["summary"]
        assert {"401", "403", "422"} <= {str(status) for status in what["responses"]}
    assert served["components"]["securitySchemes"]["ApiKey"]["scheme"] == "bearer"


def test_every_parameter_in_a_path_is_declared() -> None:
    for path, methods in DOCUMENT["paths"].items():
        wanted = set(re.findall(r"{(\w+)}", path))
        for what in methods.values():
            declared = {p["name"] for p in what.get("parameters", []) if p["in"] == "path"}
            assert declared == wanted, path


@pytest.mark.django_db
def test_the_page_names_every_endpoint_and_needs_nothing_from_outside(client: Client) -> None:
    page = client.get("/api/v1/docs")

    text = page.content.decode()
    for path, methods in DOCUMENT["paths"].items():
        for method, what in methods.items():
            assert f"<code>{method.upper()} {path}</code>" in text
            assert f'id="{what["operationId"]}"' in text
    sources = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert [source for source in sources if not source.startswith(("/", "#"))] == []
    assert "<script>" not in text
    assert "style=" not in text


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)
    | st.sampled_from(["", "\x00", "a@b.example", "N1", "2026-03-04T10:00:00Z", 10**400, -1]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def _names(schema: dict[str, Any]) -> list[str]:
    if "requestBody" not in schema:  # what is deleted needs no words
        return ["anything"]
    ref = schema["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    return list(DOCUMENT["components"]["schemas"][ref.rsplit("/", 1)[-1]]["properties"])


FIELDS = {
    (method, path): _names(DOCUMENT["paths"][f"/api/v1{path}"][method.lower()])
    for method, path in WRITING
}


@pytest.fixture
def refs(company: Company, now: Any) -> dict[str, str]:
    who = customer(unit=company.north)
    return {"customers": who.ref, "responses": response(customer=who).ref, "surveys": survey().ref}


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(data=st.data())
def test_no_body_breaks_the_server(
    data: st.DataObject, program: Programs, refs: dict[str, str]
) -> None:
    method, path = data.draw(st.sampled_from(WRITING))
    names = st.sampled_from(FIELDS[method, path])
    body = data.draw(st.dictionaries(names, ODD, max_size=5))
    if data.draw(st.booleans()) and "survey" in FIELDS[method, path]:
        body |= {"survey": refs["surveys"], "score": 5}
    if data.draw(st.booleans()) and "customer" in FIELDS[method, path]:
        body |= {"customer": {"ref": refs["customers"]}}
    address = path.replace("{ref}", refs.get(path.split("/")[1], "abcdefgh234567"))

    answer = _send(program, method, address, body)

    assert answer.status_code < 500, (method, address, body, answer.content)
    if answer.status_code >= 400:
        assert set(answer.json()["error"]) == {"code", "message", "fields"}


_made: list[tuple[int, Program]] = []


def _send(program: Programs, method: str, address: str, body: Any) -> Any:
    """One key for all examples of one test: making it is slow."""
    if not _made or _made[0][0] != id(program):
        _made[:] = [(id(program), program())]
    text = json.dumps(body)
    return _made[0][1].call(method, address, text.encode())


def test_the_written_documentation_lists_every_endpoint_and_error() -> None:
    text = (Path(__file__).parents[2] / "docs" / "api" / "README.md").read_text(encoding="utf-8")

    rows = re.findall(r"^\| `(\w+) (\S+)` \|", text, re.MULTILINE)
    described = [
        (method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods
    ]
    assert sorted(rows) == sorted(described)
    codes = dict(re.findall(r"^\| (\d{3}) \| `(\w+)` \|", text, re.MULTILINE))
    assert codes == {str(status): name for status, name in CODES.items()}
