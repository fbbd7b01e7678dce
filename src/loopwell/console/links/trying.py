"""Staff pages: how does the question look on a web page, before it stands on the real one?"""

from django.http import HttpResponse
from django.shortcuts import render

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import NotFound
from loopwell.sampling.enums import LinkKind
from loopwell.sampling.linking import queries


@staff(Right.RUN_SURVEYS)
def page(request: StaffRequest, ref: str) -> HttpResponse:
    """A made-up shop page of our own; answers given here are tests and count nowhere."""
    found = queries.link_by_ref(request.actor, ref)
    if found.kind != LinkKind.EMBED:
        raise NotFound
    return render(request, "console/links/try.html", {"link": found})
