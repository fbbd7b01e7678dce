"""Staff pages: what happens when a link is closed or opened again?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.sampling.linking import operations, queries


@require_POST
@staff(Right.RUN_SURVEYS)
def close(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.link_by_ref(request.actor, ref)
    operations.close_link(actor=request.actor, link=found, now=timezone.now())
    messages.success(request, _("Closed. Whoever comes reads a friendly word; answers stay."))
    return redirect("links:link", ref)


@require_POST
@staff(Right.RUN_SURVEYS)
def reopen(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.link_by_ref(request.actor, ref)
    operations.reopen_link(actor=request.actor, link=found, now=timezone.now())
    messages.success(request, _("Open again, at the same address."))
    return redirect("links:link", ref)
