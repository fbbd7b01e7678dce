"""Staff pages: status."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.status.reading import everything
from loopwell.jobs import operations as jobs
from loopwell.journal import operations as journal
from loopwell.kit.errors import NotFound


@staff(Right.READ_STATUS)
def index(request: StaffRequest) -> HttpResponse:
    return render(request, "console/status/index.html", everything(timezone.now(), request.actor))


@staff(Right.READ_STATUS)
@require_POST
def retry_parked(request: StaffRequest) -> HttpResponse:
    said = request.POST.get("parked", "")
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise NotFound(_("This entry is not parked any more."))
    try:
        journal.retry_parked(actor=request.actor, now=timezone.now(), parked_id=int(said))
    except journal.StillFailing as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The entry was handled."))
    return redirect("status:index")


@staff(Right.READ_STATUS)
@require_POST
def retry_job(request: StaffRequest, ref: str) -> HttpResponse:
    jobs.retry_job(actor=request.actor, now=timezone.now(), ref=ref)
    messages.success(request, _("The job runs again."))
    return redirect("status:index")
