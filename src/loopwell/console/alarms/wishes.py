"""Staff pages: what one is told, by which way, and when not."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from loopwell.console.alarms.forms import QuietForm, TargetForm
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid
from loopwell.notify import operations, queries
from loopwell.notify.enums import CHAT, EMAIL, IN_APP, How, Urgency
from loopwell.notify.operations.wishing import allowed_hows, own_user

IN_APP_WORDS = {How.NOW: gettext_lazy("Yes"), How.OFF: gettext_lazy("No")}
URGENCIES = {
    Urgency.AT_ONCE: gettext_lazy("Somebody waits for you"),
    Urgency.SOON: gettext_lazy("Good to know soon"),
    Urgency.MAY_WAIT: gettext_lazy("May wait"),
}


@staff()
def index(request: StaffRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    wanted = _wanted(request.POST)
    operations.set_preferences(actor=request.actor, now=timezone.now(), wanted=wanted)
    messages.success(request, _("Saved."))
    return redirect("my_alarms:index")


def _wanted(sent: QueryDict) -> dict[tuple[str, str], How]:
    """Fields are called "case.opened|email"; anything else on the form is not a wish."""
    found = {}
    for name, value in sent.items():
        kind, bar, channel = name.partition("|")
        if not bar:
            continue
        if value not in How.values:
            raise Invalid(_("This cannot be chosen: %(value)s.") % {"value": str(value)[:40]})
        found[kind, channel] = How(str(value))
    return found


@require_POST
@staff()
def quiet(request: StaffRequest) -> HttpResponse:
    form = QuietForm(request.POST)
    if form.is_valid():
        try:
            operations.set_quiet_hours(actor=request.actor, now=timezone.now(), quiet=form.quiet())
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("my_alarms:index")
    return _page(request, quiet_form=form, status=422)


@staff()
def add_target(request: StaffRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("my_alarms:index")
    form = TargetForm(request.POST)
    if form.is_valid():
        try:
            target = operations.add_own_target(
                actor=request.actor,
                now=timezone.now(),
                channel=CHAT,
                name=form.cleaned_data["name"],
                address=form.cleaned_data["address"],
            )
        except Invalid as error:
            blame(form, error)
        else:
            words = _("Added: %(name)s. Send a test to see whether it arrives.")
            messages.success(request, words % {"name": target.name})
            return redirect("my_alarms:index")
    return _page(request, target_form=form, status=422)


@require_POST
@staff()
def try_target(request: StaffRequest, ref: str) -> HttpResponse:
    problem = operations.try_target(actor=request.actor, now=timezone.now(), ref=ref)
    if problem:
        messages.error(request, _("The test did not leave: %(problem)s") % {"problem": problem})
    else:
        messages.success(request, _("The test left. Look whether it arrived."))
    return redirect(_back(request))


@require_POST
@staff()
def switch_target(request: StaffRequest, ref: str) -> HttpResponse:
    is_on = request.POST.get("on") == "1"
    operations.switch_target(actor=request.actor, now=timezone.now(), ref=ref, is_on=is_on)
    messages.success(request, _("Saved."))
    return redirect(_back(request))


@require_POST
@staff()
def remove_target(request: StaffRequest, ref: str) -> HttpResponse:
    operations.remove_target(actor=request.actor, now=timezone.now(), ref=ref)
    messages.success(request, _("Removed."))
    return redirect(_back(request))


def _back(request: StaffRequest) -> str:
    return "alarms:teams" if request.POST.get("back") == "teams" else "my_alarms:index"


def _page(request: StaffRequest, status: int = 200, **forms: Any) -> HttpResponse:
    now, actor = timezone.now(), request.actor
    user = own_user(actor)
    targets = queries.targets_of(actor)
    columns = [(IN_APP, _("In Loopwell")), (EMAIL, _("E-mail"))]
    columns += [(CHAT, _("Chat or phone"))] if targets else []
    rows = queries.wishes_of(user, [name for name, _label in columns], now)
    calm = queries.quiet_hours_of(user)
    initial = {
        "begins": calm.begins,
        "ends": calm.ends,
        "weekends": calm.weekends,
        "urgent_passes": calm.urgent_passes,
    }
    shown = {
        "columns": [label for _name, label in columns],
        "groups": _groups(rows, dict(columns)),
        "quiet_form": QuietForm(initial=initial),
        "target_form": TargetForm(),
        "targets": targets,
        "zone": (user.time_zone or settings.TIME_ZONE).replace("_", " "),
        "email": user.email,
        **forms,
    }
    return render(request, "console/alarms/wishes.html", shown, status=status)


def _groups(rows: Any, labels: dict[str, str]) -> list[dict[str, Any]]:
    """The most pressing first; each cell is a choice."""
    found = []
    for urgency, title in URGENCIES.items():
        lines = [
            {"kind": cells[0].kind, "cells": [_cell(wish, labels) for wish in cells]}
            for cells in rows
            if cells[0].kind.urgency is urgency
        ]
        if lines:
            found.append({"title": title, "lines": lines})
    return found


def _cell(wish: Any, labels: dict[str, str]) -> dict[str, Any]:
    words: Any = IN_APP_WORDS if wish.channel == IN_APP else dict(How.choices)
    return {
        "name": f"{wish.kind.name}|{wish.channel}",
        "label": labels[wish.channel],
        "fixed": wish.kind.always,
        "choices": [(how.value, words[how], how is wish.how) for how in allowed_hows(wish.channel)],
    }
