"""What does a developer read about the API? A page made from its OpenAPI document.

No script, nothing from outside: it works without network and under our content policy.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation

from loopwell.api.v1 import api


@dataclass(frozen=True)
class Parameter:
    name: str
    place: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True)
class Endpoint:
    """One operation as the page shows it."""

    id: str
    method: str
    path: str
    title: str
    words: str
    parameters: list[Parameter]
    body: list[Parameter]
    example: str
    answers: list[tuple[str, list[Parameter]]]


def document(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1, for programs that write programs."""
    return JsonResponse(_openapi())


def _openapi() -> dict[str, Any]:
    return api.get_openapi_schema(path_prefix="/api/v1/")


def page(request: HttpRequest) -> HttpResponse:
    document = _openapi()
    groups: dict[str, list[Endpoint]] = {}
    for path, methods in document["paths"].items():
        for method, what in methods.items():
            group = (what.get("tags") or ["API"])[0]
            groups.setdefault(group, []).append(_endpoint(document, path, method, what))
    context = {
        "document": document["info"],
        "paragraphs": [
            [(words, place % 2 == 1) for place, words in enumerate(text.split("`"))]
            for text in document["info"]["description"].split("\n\n")
        ],
        "groups": groups.items(),
        "base_url": settings.BASE_URL,
    }
    with translation.override(translation.get_language_from_request(request)):
        return render(request, "console/api/docs.html", context)


def _endpoint(document: Any, path: str, method: str, what: dict[str, Any]) -> Endpoint:
    body = what.get("requestBody", {}).get("content", {}).get("application/json", {})
    schema = _resolved(document, body.get("schema", {}))
    parameters = [
        Parameter(
            name=each["name"],
            place=each["in"],
            kind=_kind(document, each["schema"]),
            required=bool(each.get("required")),
            words=each["schema"].get("description", "") or each.get("description", ""),
        )
        for each in what.get("parameters", [])
    ]
    return Endpoint(
        id=what["operationId"],
        method=method.upper(),
        path=path,
        title=what.get("summary", ""),
        words=what.get("description", "") or schema.get("description", ""),
        parameters=parameters,
        body=_fields(document, schema),
        example=json.dumps(_example(document, schema), indent=2) if schema else "",
        answers=[
            (status, _fields(document, _schema_of(document, answer)))
            for status, answer in what["responses"].items()
            if str(status).startswith("2")
        ],
    )


def _schema_of(document: Any, answer: dict[str, Any]) -> dict[str, Any]:
    content = answer.get("content", {}).get("application/json", {})
    return _resolved(document, content.get("schema", {}))


def _resolved(document: Any, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself, through references and through "or null"."""
    for _step in range(10):
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[-1]
            said = {key: value for key, value in schema.items() if key != "$ref"}
            schema = {**document["components"]["schemas"][name], **said}
        elif "anyOf" in schema:
            real = [each for each in schema["anyOf"] if each.get("type") != "null"]
            said = {key: value for key, value in schema.items() if key != "anyOf"}
            schema = {**real[0], **said}
        else:
            break
    return schema


def _fields(document: Any, schema: dict[str, Any]) -> list[Parameter]:
    required = set(schema.get("required", []))
    found = []
    for name, raw in schema.get("properties", {}).items():
        field = _resolved(document, raw)
        words = raw.get("description", "") or field.get("description", "")
        found.append(Parameter(name, "body", _kind(document, raw), name in required, words))
    return found


def _kind(document: Any, raw: dict[str, Any]) -> str:
    schema = _resolved(document, raw)
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(document, schema.get('items', {}))}"
    if "properties" in schema:
        return "{" + ", ".join(schema["properties"]) + "}"
    return str(schema.get("format") or schema.get("type") or "any")


def _example(document: Any, raw: dict[str, Any], depth: int = 0) -> Any:
    schema = _resolved(document, raw)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "array":
        return [_example(document, schema.get("items", {}), depth + 1)]
    if "properties" in schema and depth < 4:
        return {
            name: _example(document, each, depth + 1)
            for name, each in schema["properties"].items()
            if "additionalProperties" not in _resolved(document, each)
        }
    plain = {"integer": 9, "boolean": True, "number": 100, "object": {}}
    if schema.get("format") == "date-time":
        return "2026-03-04T10:00:00Z"
    if schema.get("format") == "date":
        return "2026-12-31"
    return plain.get(str(schema.get("type")), "…")
