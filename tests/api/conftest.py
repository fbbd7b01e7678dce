"""A program with a key: `api("alice", …)` calls as a key of that unit with those rights."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.operations import create_api_key
from loopwell.access.rules import SYSTEM
from tests.conftest import Company


@dataclass
class Program:
    """Calls /api/v1 with one key."""

    secret: str

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        client = Client(raise_request_exception=False)
        options: dict[str, Any] = {"headers": {**self.headers, **headers}}
        if body is not None:
            options |= {"data": body, "content_type": "application/json"}
        return client.generic(method, f"/api/v1{path}", **_encoded(options))

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any) -> Any:
        return self.call("PATCH", path, body)


def _encoded(options: dict[str, Any]) -> dict[str, Any]:
    import json

    body = options.get("data")
    if body is not None and not isinstance(body, bytes | str):
        options["data"] = json.dumps(body)
    return options


Programs = Callable[..., Program]


@pytest.fixture
def program(company: Company, now: datetime) -> Programs:
    def make(unit: Unit | None = None, rights: Iterable[Right] = tuple(Right)) -> Program:
        _key, secret = create_api_key(
            actor=SYSTEM,
            name="Shop",
            rights=rights,
            unit=unit or company.root,
            user=company.alice,
            now=now,
        )
        return Program(secret)

    return make
