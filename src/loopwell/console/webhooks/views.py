"""Staff pages: webhooks."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.webhooks.forms import EndpointForm
from loopwell.integrations.webhooks import operations, queries
from loopwell.integrations.webhooks.rules import TEST, TYPES
from loopwell.kit.errors import Invalid


@staff(Right.MANAGE_ACCESS)
def index(request: StaffRequest) -> HttpResponse:
    page = Paginator(queries.endpoints(request.actor), 50).get_page(request.GET.get("page"))
    return render(request, "console/webhooks/list.html", {"page": page})


@staff(Right.MANAGE_ACCESS)
def add(request: StaffRequest) -> HttpResponse:
    """The answer to the POST is the only page that ever shows the secret."""
    form = EndpointForm(request.POST or None, actor=request.actor)
    if request.method != "POST":
        return render(request, "console/webhooks/edit.html", {"form": form})
    if form.is_valid():
        try:
            made, secret = operations.add_endpoint(
                actor=request.actor, now=timezone.now(), wanted=form.wanted()
            )
        except Invalid as error:
            blame(form, error)
        else:
            return render(
                request, "console/webhooks/secret.html", {"endpoint": made, "secret": secret}
            )
    return render(request, "console/webhooks/edit.html", {"form": form}, status=422)


@staff(Right.MANAGE_ACCESS)
def change(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.endpoint_by_ref(request.actor, ref)
    initial = {
        "name": found.name,
        "url": found.url,
        "types": found.types,
        "unit": found.unit.ref,
        "with_comments": found.with_comments,
    }
    form = EndpointForm(request.POST or None, actor=request.actor, initial=initial)
    shown = {"form": form, "endpoint": found}
    if request.method != "POST":
        return render(request, "console/webhooks/edit.html", shown)
    if form.is_valid():
        try:
            operations.change_endpoint(
                actor=request.actor, now=timezone.now(), ref=ref, wanted=form.wanted()
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("webhooks:endpoint", ref=ref)
    return render(request, "console/webhooks/edit.html", shown, status=422)


@staff(Right.MANAGE_ACCESS)
def endpoint(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.endpoint_by_ref(request.actor, ref)
    rows = queries.deliveries_to(request.actor, found)
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    words = {**TYPES, TEST: _("A test")}
    shown = {
        "endpoint": found,
        "page": page,
        "rows": [
            (delivery, words.get(delivery.type, delivery.type), list(delivery.attempts.all()))
            for delivery in page
        ],
        "types": [words[each] for each in found.types if each in words],
        "now": timezone.now(),
    }
    return render(request, "console/webhooks/endpoint.html", shown)


@require_POST
@staff(Right.MANAGE_ACCESS)
def test(request: StaffRequest, ref: str) -> HttpResponse:
    attempt = operations.send_test(actor=request.actor, now=timezone.now(), ref=ref)
    if attempt.status is not None and 200 <= attempt.status < 300:
        words = _("The test arrived: the other side answered %(status)d.")
        messages.success(request, words % {"status": attempt.status})
    else:
        why = attempt.error or f"{attempt.status} {attempt.reply}"
        messages.error(request, _("The test did not arrive: %(why)s") % {"why": why})
    return redirect("webhooks:endpoint", ref=ref)


@staff(Right.MANAGE_ACCESS)
def secret(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.endpoint_by_ref(request.actor, ref)
    if request.method != "POST":
        return render(request, "console/webhooks/rotate.html", {"endpoint": found})
    made, new = operations.rotate_secret(actor=request.actor, now=timezone.now(), ref=ref)
    shown = {"endpoint": made, "secret": new, "replaced": True}
    return render(request, "console/webhooks/secret.html", shown)


@require_POST
@staff(Right.MANAGE_ACCESS)
def switch(request: StaffRequest, ref: str) -> HttpResponse:
    is_on = request.POST.get("on") == "1"
    operations.switch_endpoint(actor=request.actor, now=timezone.now(), ref=ref, is_on=is_on)
    messages.success(request, _("Switched on.") if is_on else _("Switched off."))
    return redirect("webhooks:endpoint", ref=ref)


@require_POST
@staff(Right.MANAGE_ACCESS)
def resume(request: StaffRequest, ref: str) -> HttpResponse:
    count = operations.resume_endpoint(actor=request.actor, now=timezone.now(), ref=ref)
    words = ngettext(
        "It goes on: %(count)d event is sent now.",
        "It goes on: %(count)d events are sent now.",
        count,
    )
    messages.success(request, words % {"count": count})
    return redirect("webhooks:endpoint", ref=ref)


@staff(Right.MANAGE_ACCESS)
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.endpoint_by_ref(request.actor, ref)
    if request.method != "POST":
        return render(request, "console/webhooks/remove.html", {"endpoint": found})
    operations.remove_endpoint(actor=request.actor, now=timezone.now(), ref=ref)
    messages.success(request, _("Removed: %(name)s.") % {"name": found.name})
    return redirect("webhooks:list")


@require_POST
@staff(Right.MANAGE_ACCESS)
def again(request: StaffRequest, ref: str) -> HttpResponse:
    delivery = operations.send_again(actor=request.actor, now=timezone.now(), ref=ref)
    messages.success(request, _("It is sent again in a moment."))
    return redirect("webhooks:endpoint", ref=delivery.endpoint.ref)
