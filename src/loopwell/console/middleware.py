"""In whose language and time zone is a page shown, and how does it tell an expected error?"""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from loopwell.console.errors import show_expected
from loopwell.kit.errors import ExpectedError

Next = Callable[[HttpRequest], HttpResponse]
PUBLIC = ("/r/", "/api/", "/static/", "/u/")


class PersonalSettings:
    """The person's own language and zone, else the browser's language and the company's zone."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PUBLIC):
            return self.get_response(request)
        user = request.user
        language = getattr(user, "language", "") or translation.get_language_from_request(request)
        zone = getattr(user, "time_zone", "") or settings.TIME_ZONE
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            return self.get_response(request)


class ExpectedErrors:
    """Turns errors a person can mend into a page that says how, with the right status."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ExpectedError):
            return None
        return show_expected(request, error)
