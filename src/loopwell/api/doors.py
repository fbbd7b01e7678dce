"""How do Ninja's addresses get what all of ours have: uniform errors, a limit for bodies?"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from loopwell.api.v1 import errors

View = Callable[..., Any]


def guarded(prefix: str, api: NinjaAPI) -> list[URLPattern]:
    """Ninja's patterns under `prefix`; without its empty root address."""
    return [
        path(f"{prefix}{pattern.pattern}", _guard(pattern.callback), name=pattern.name)
        for pattern in api.urls[0]
        if isinstance(pattern, URLPattern) and str(pattern.pattern)
    ]


def _guard(view: View) -> View:
    @csrf_exempt
    @wraps(view)
    def guarded_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return errors.error_response(
                413, _("The body is larger than 10 MB: send it in several parts.")
            )
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            return errors.error_response(
                411, _("Send the body in one piece, with its length in “Content-Length”.")
            )
        response: HttpResponse = view(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = ", ".join(sorted(response.headers["Allow"].split(", ")))
            words = _("This address takes %(methods)s.") % {"methods": allowed}
            response = errors.error_response(405, words)
            response.headers["Allow"] = allowed
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded_view


def _length(request: HttpRequest) -> int:
    said = request.headers.get("Content-Length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


@csrf_exempt
def nothing_here(request: HttpRequest, **parts: Any) -> HttpResponse:
    return errors.not_found(request)
