"""Who calls, and may they? An API key in the header, a right for each endpoint."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from loopwell.access.enums import Right
from loopwell.access.operations import use_api_key
from loopwell.access.rules import Actor, require


class ApiKey(HttpBearer):
    """`Authorization: Bearer lw_…`; checked before the body is read, operations check again."""

    def __init__(self, *rights: Right) -> None:
        self.rights = rights
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = use_api_key(secret=token.strip(), now=timezone.now())
        if actor is not None:
            for right in self.rights:
                require(actor, right)
        return actor


def caller(request: HttpRequest) -> Actor:
    """The actor whom the endpoint's ApiKey let in."""
    return cast("Actor", getattr(request, "auth"))  # noqa: B009 set by Ninja, unknown to types
