"""Staff pages: which messages wait, left or failed, and how does one read?"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.outbox.frames import framed
from loopwell.delivery import queries
from loopwell.delivery.again import send_again
from loopwell.delivery.enums import State
from loopwell.sampling.queries import wave_by_ref

PER_PAGE = 50
SHOWN_HEADERS = {
    "subject", "from", "to", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post",
    "auto-submitted", "content-language", "x-loopwell-message",
}  # fmt: skip


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    rows = queries.visible_to(request.actor)
    wave = None
    if request.GET.get("sending"):
        wave = wave_by_ref(request.actor, request.GET["sending"])
        rows = rows.filter(invitation__wave=wave)
    counts = queries.counts_by_state(rows)
    state = request.GET.get("state", "")
    if state in State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wave": wave,
        "state": state if state in State.values else "",
        "tabs": [(each, counts[each]) for each in State if counts.get(each)],
        "total": sum(counts.values()),
        "sees_never": request.actor.within(Right.RUN_SURVEYS).everything,
        "colleagues": [] if wave or state else queries.to_colleagues(request.actor),
    }
    return render(request, "console/outbox/list.html", context)


@staff(Right.RUN_SURVEYS)
def message(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.message_by_ref(request.actor, ref)
    written = queries.written(found)
    context = {
        "message": found,
        "written": written,
        "subject": dict(written.headers).get("Subject", ""),
        "headers": [each for each in written.headers if each[0].lower() in SHOWN_HEADERS],
    }
    return render(request, "console/outbox/message.html", context)


@staff(Right.RUN_SURVEYS)
def again(request: StaffRequest, ref: str) -> HttpResponse:
    """Sends one that was perhaps sent once more, because a person wants it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    send_again(actor=request.actor, ref=ref, now=timezone.now())
    messages.success(request, _("It is sent again."))
    return redirect("outbox:message", ref)


@staff(Right.RUN_SURVEYS)
def html(request: StaffRequest, ref: str) -> HttpResponse:
    """The HTML part in its own sandbox. Links of a message that only exists as a file work,
    since nobody else can click them."""
    written = queries.written(queries.message_by_ref(request.actor, ref))
    return framed(written.html, links=written.from_file)


@staff(Right.RUN_SURVEYS)
def colleague(request: StaffRequest, name: str) -> HttpResponse:
    """A mail to one of us, written to a file because no mail server is named."""
    written = queries.written_to_colleague(request.actor, name)
    headers = dict(written.headers)
    context = {
        "name": name,
        "written": written,
        "subject": headers.get("Subject", ""),
        "to": headers.get("To", ""),
    }
    return render(request, "console/outbox/colleague.html", context)


@staff(Right.RUN_SURVEYS)
def colleague_html(request: StaffRequest, name: str) -> HttpResponse:
    return framed(queries.written_to_colleague(request.actor, name).html, links=True)
