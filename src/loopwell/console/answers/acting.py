"""Staff pages: what can be done with an answer right in the list?"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases.operations import HasCase, open_by_hand, thank, thanked
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Conflict, Invalid


def acting_context(request: StaffRequest, page: Page[Any]) -> dict[str, Any]:
    """Which buttons the rows have; one query for the whole page."""
    if not request.actor.may(Right.WORK_CASES):
        return {"may_act": False}
    return {
        "may_act": True,
        "thanked": thanked([row.pk for row in page]),
        "propose_url": _story_url(),
        "back": request.get_full_path(),
    }


def _story_url() -> str:
    """Where stories are proposed; "" in an installation without them."""
    try:
        return reverse("stories:propose")
    except NoReverseMatch:
        return ""


@require_POST
@staff(Right.WORK_CASES)
def thanks(request: StaffRequest, ref: str) -> HttpResponse:
    write = request.POST.get("write") == "1"
    try:
        thank(actor=request.actor, now=timezone.now(), ref=ref, write=write)
    except (Conflict, Invalid) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thanks are recorded, and a letter is on its way.") if write
                         else _("It is recorded that somebody thanked."))  # fmt: skip
    return redirect(_back(request))


@require_POST
@staff(Right.WORK_CASES)
def open_case(request: StaffRequest, ref: str) -> HttpResponse:
    """The new case's page, or that of the one there is."""
    try:
        case = open_by_hand(actor=request.actor, now=timezone.now(), ref=ref)
    except HasCase as known:
        messages.info(request, str(known))
        return redirect("cases:case", known.ref)
    except Invalid as error:
        messages.error(request, str(error))
        return redirect(_back(request))
    messages.success(request, _("The case is open; it went to %(name)s.") % {"name": case.owner})
    return redirect("cases:case", case.ref)


def _back(request: StaffRequest) -> str:
    asked = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if safe else reverse("answers:list")
