"""How does every error of the API look? {"error": {"code", "message", "fields"}}, right status."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from loopwell.kit.errors import ExpectedError, Invalid

log = logging.getLogger("loopwell.api")
CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    411: "length_required",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    500: "internal",
    503: "unavailable",
}
CHALLENGE = 'Bearer realm="Loopwell API"'
PLACES = ("body", "query", "path", "header")


class UnsupportedMedia(ExpectedError):
    status = 415


class Unreadable(ExpectedError):
    """The body is not JSON."""


def error_response(
    status: int, message: str, fields: Mapping[str, list[str]] | None = None
) -> JsonResponse:
    error = {"code": CODES[status], "message": message, "fields": dict(fields or {})}
    response = JsonResponse({"error": error}, status=status)
    if status == 401:
        response.headers["WWW-Authenticate"] = CHALLENGE
    return response


def expected(request: HttpRequest, error: ExpectedError) -> HttpResponse:
    if not isinstance(error, Invalid):
        return error_response(error.status, str(error))
    fields = {_in_body(name): texts for name, texts in error.fields.items()}
    return error_response(error.status, str(error), fields)


def _in_body(name: str) -> str:
    """Operations name fields as their drafts do: the caller sent them in the body."""
    if name == "__all__":
        return "body"
    return name if name.split(".")[0].split("[")[0] in PLACES else f"body.{name}"


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields: dict[str, list[str]] = {}
    for each in error.errors:
        text = told(each)
        fields.setdefault(place_of(each["loc"]), []).append(text)
    first, texts = next(iter(fields.items()), ("body", [""]))
    said = {"place": first, "problem": texts[0]}
    return error_response(422, _("%(place)s: %(problem)s") % said, fields)


def told(error: Mapping[str, Any]) -> str:
    """What pydantic found wrong, as a sentence."""
    if error["type"] == "extra_forbidden":
        return _("There is no such field.")
    return str(error["msg"]).removeprefix("Value error, ")


def place_of(steps: Iterable[Any]) -> str:
    """“body.customers[3].email” from what pydantic calls ("body", "body", "customers", 3, …)."""
    parts = list(steps)
    if parts and parts[0] in PLACES:  # the second names the function's argument
        parts = [parts[0], *(parts[2:] if parts[0] == "body" else parts[-1:])]
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, ExpectedError):  # raised by our parser, wrapped by Ninja
        return expected(request, error.__cause__)
    return error_response(error.status_code, str(error))


def unauthorized(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return error_response(
        401, _("Send a valid API key: “Authorization: Bearer lw_…”. Keys are made in Settings.")
    )


def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return error_response(413, _("The body is larger than 10 MB: send it in several parts."))


def not_found(request: HttpRequest, error: object = None) -> HttpResponse:
    return error_response(404, _("There is nothing at this address of the API."))


def race(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    words = "two requests wrote the same: %s %s"
    log.warning(words, request.method, request.path, exc_info=error)
    return error_response(409, _("Another request wrote the same at this moment: send it again."))


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("API failed: %s %s", request.method, request.path, exc_info=error)
    return error_response(500, _("That is our mistake, and it was written to the server's log."))


def register(api: NinjaAPI) -> None:
    handlers: dict[type[Exception], Any] = {
        ExpectedError: expected,
        ValidationError: invalid,
        AuthenticationError: unauthorized,
        HttpError: http_error,
        RequestDataTooBig: too_big,
        Http404: not_found,
        IntegrityError: race,
        Exception: broken,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
