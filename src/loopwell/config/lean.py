"""Which pages need no session, no login and no messages? Those of customers and providers.

They are the busiest and carry their permission in the address, so the middleware of staff pages
would only cost them time: without it a third more answers are stored each second.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from loopwell.kit.errors import ExpectedError

CUSTOMERS = ("/r/", "/p/", "/l/", "/k/", "/e/", "/embed/", "/hooks/")


class CustomersPassBy:
    """Hands customers' requests straight to their view; an address that leads nowhere takes the
    long way, where a missing slash is added or the page of errors shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(CUSTOMERS):
            return self.get_response(request)
        try:
            found = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        request.resolver_match = found
        try:
            response: HttpResponse = found.func(request, *found.args, **found.kwargs)
        except ExpectedError as error:
            return HttpResponse(str(error), status=error.status, content_type="text/plain")
        return response
