"""How is a request's body read so that nothing in it can break a database or a page?"""

import json
import math
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from loopwell.api.v1.errors import Unreadable, UnsupportedMedia
from loopwell.kit.errors import Invalid


class StrictParser(Parser):
    """JSON in UTF-8, nothing else: no NaN, no NUL, no half characters, no endless numbers."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != "application/json":
            raise UnsupportedMedia(_("Send JSON with “Content-Type: application/json”."))
        try:
            body = json.loads(request.body.decode("utf-8-sig"), parse_constant=_refuse)
        except UnicodeDecodeError as error:
            words = _("The body is not UTF-8: byte %(place)d cannot be read.")
            raise Unreadable(words % {"place": error.start}) from error
        except json.JSONDecodeError as error:
            words = _("The body is not JSON: line %(line)d, column %(column)d.")
            where = {"line": error.lineno, "column": error.colno}
            raise Unreadable(words % where) from error
        except RequestDataTooBig:
            raise
        except (ValueError, RecursionError) as error:
            raise Unreadable(_("The body has a number or a nesting that is too large.")) from error
        _check(body)
        if not isinstance(body, dict):
            message = _("Send a JSON object: {…}.")
            raise Invalid(message, fields={"body": [message]})
        return body


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _check(body: Any) -> None:
    """Walks without recursion; names the place of the first text that cannot be stored."""
    waiting = [("body", body)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                _check_text(place, key)
                waiting.append((f"{place}.{key}", inner))
        elif isinstance(value, list):
            waiting += [(f"{place}[{index}]", inner) for index, inner in enumerate(value)]
        elif isinstance(value, str):
            _check_text(place, value)
        elif isinstance(value, float) and not math.isfinite(value):
            _wrong(place, _("This number is too large."))


def _check_text(place: str, text: str) -> None:
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        _wrong(place, _("This text contains a character that cannot be stored."))


def _wrong(place: str, message: str) -> None:
    place = place.encode("utf-8", "replace").decode().replace("\x00", "?")
    raise Invalid(f"{place}: {message}", fields={place: [message]})
