"""What does a person read when a page cannot be shown, and what can they do about it?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from loopwell.kit.errors import ExpectedError


def titles() -> dict[int, str]:
    return {
        400: _("This request cannot be read"),
        403: _("This is not open to you"),
        404: _("There is nothing here"),
        409: _("Somebody was faster"),
        422: _("Something is missing or wrong"),
    }


def show(request: HttpRequest, error: object, status: int) -> HttpResponse:
    """A whole page, or for a partial update one notice at the top of the page."""
    if request.headers.get("HX-Request") == "true":
        response = render(request, "console/_error.html", {"error": error}, status=status)
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML show:window:top"
        return response
    context = {
        "error": error,
        "title": titles().get(status, _("This did not work")),
        "back": _back(request),
    }
    return render(request, "console/error.html", context, status=status)


def _back(request: HttpRequest) -> str:
    """Where the person came from, if that was a page of ours."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return came_from if ours and came_from != request.build_absolute_uri() else "/"


def show_expected(request: HttpRequest, error: ExpectedError) -> HttpResponse:
    return show(request, error, error.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Rendered without the request: its host or its form may be what is wrong."""
    words = _("The address or the form sent was not understood. Go back and try again.")
    context = {"title": titles()[400], "error": words, "company": "Loopwell"}
    return HttpResponse(render_to_string("console/error.html", context), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show(request, _("Ask an administrator if you need it."), 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    words = _("The page was moved or never existed, or it belongs to another unit.")
    return show(request, words, 404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's secret did not match: an old tab, or cookies switched off."""
    words = _(
        "This form was open for too long, or your browser refuses cookies. "
        "Go back, load the page again and send it once more."
    )
    return show(request, words, 403)


def broken(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: whatever broke might break them too."""
    words = _(
        "That is our mistake, and it was written to the server's log. "
        "What you saved before is safe. Try again in a moment."
    )
    context = {"title": _("Something broke"), "error": words, "company": "Loopwell"}
    return HttpResponse(render_to_string("console/error.html", context), status=500)
