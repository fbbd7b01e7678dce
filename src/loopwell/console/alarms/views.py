"""Staff pages: the inbox of alarms, and the team channels of one's units."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.access.queries import unit_by_ref
from loopwell.console.alarms.bell import bell_for
from loopwell.console.alarms.forms import TeamForm
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid
from loopwell.notify import operations, queries
from loopwell.notify.enums import CHAT


@staff()
def inbox(request: StaffRequest) -> HttpResponse:
    page = Paginator(queries.inbox(request.actor), 50).get_page(request.GET.get("page"))
    now = timezone.now()
    shown = {
        "page": page,
        "alarms": queries.tidings(page),
        "unread": queries.unread_count(request.actor),
        "unsent": queries.unsent_of(request.actor, now).count(),
        "now": now,
        "may_lead": request.actor.may(Right.COACH),
    }
    return render(request, "console/alarms/inbox.html", shown)


@staff()
def count(request: StaffRequest) -> HttpResponse:
    """For the bell: how many are not read, as a number and in words."""
    bell = bell_for(request.actor)
    return JsonResponse({"unread": bell.unread, "words": bell.words})


@staff()
def open_alarm(request: StaffRequest, ref: str) -> HttpResponse:
    """To what it is about; who went there has read it."""
    if request.method != "POST":
        queries.alarm_by_ref(request.actor, ref)
        return redirect("alarms:inbox")
    alarm = operations.mark_read(actor=request.actor, now=timezone.now(), ref=ref)
    return redirect(queries.tidings([alarm])[0].path)


@require_POST
@staff()
def read(request: StaffRequest, ref: str) -> HttpResponse:
    operations.mark_read(actor=request.actor, now=timezone.now(), ref=ref)
    return redirect("alarms:inbox")


@require_POST
@staff()
def read_all(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    operations.mark_all_read(
        actor=request.actor, now=now, up_to=_moment(request.POST.get("up_to", ""))
    )
    messages.success(request, _("All read."))
    return redirect("alarms:inbox")


def _moment(said: str) -> datetime | None:
    """What came after the page was made stays unread; nonsense counts as now."""
    try:
        found = parse_datetime(said)
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


@staff()
def unsent(request: StaffRequest) -> HttpResponse:
    """What did not leave: one's own, and for who reads the status everybody's in scope."""
    rows = queries.troubled(request.actor, timezone.now()).order_by("-id")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "console/alarms/unsent.html", {"page": page})


@staff(Right.COACH)
def teams(request: StaffRequest) -> HttpResponse:
    rows = queries.unit_targets(request.actor)
    return render(request, "console/alarms/teams.html", {"targets": rows})


@staff(Right.COACH)
def add_team(request: StaffRequest) -> HttpResponse:
    form = TeamForm(request.POST or None, actor=request.actor)
    if request.method != "POST":
        return render(request, "console/alarms/add_team.html", {"form": form})
    if form.is_valid():
        facts = form.cleaned_data
        try:
            target = operations.add_unit_target(
                actor=request.actor,
                now=timezone.now(),
                channel=CHAT,
                name=facts["name"],
                address=facts["address"],
                unit=unit_by_ref(request.actor, facts["unit"]),
            )
        except Invalid as error:
            blame(form, error)
        else:
            words = _("Added: %(name)s. Send a test to see whether it arrives.")
            messages.success(request, words % {"name": target.name})
            return redirect("alarms:teams")
    return render(request, "console/alarms/add_team.html", {"form": form}, status=422)
