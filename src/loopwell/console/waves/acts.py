"""Staff pages: what happens when a sending is tested, started, paused or thrown away?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.delivery.operations import send_test
from loopwell.sampling import operations, queries


@require_POST
@staff(Right.RUN_SURVEYS)
def test(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.wave_by_ref(request.actor, ref)
    now = timezone.now()
    examples = queries.examples(found, now)
    customer = examples.get(request.POST.get("language", "")) or next(iter(examples.values()), None)
    if customer is None:
        messages.error(request, _("Nobody can be asked, so there is nobody to show as an example."))
        return redirect("waves:wave", ref)
    message = send_test(actor=request.actor, wave=found, customer=customer, now=now)
    messages.success(
        request,
        _("A test is on its way to %(address)s. Its answer counts nowhere.")
        % {"address": message.to},
    )
    return redirect("waves:wave", ref)


@require_POST
@staff(Right.RUN_SURVEYS)
def launch(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.wave_by_ref(request.actor, ref)
    operations.launch_wave(actor=request.actor, wave=found, now=timezone.now())
    return redirect("waves:wave", ref)


@require_POST
@staff(Right.RUN_SURVEYS)
def pause(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.wave_by_ref(request.actor, ref)
    operations.pause_wave(actor=request.actor, wave=found, now=timezone.now())
    return redirect("waves:wave", ref)


@require_POST
@staff(Right.RUN_SURVEYS)
def resume(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.wave_by_ref(request.actor, ref)
    operations.resume_wave(actor=request.actor, wave=found)
    return redirect("waves:wave", ref)


@require_POST
@staff(Right.RUN_SURVEYS)
def discard(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.wave_by_ref(request.actor, ref)
    operations.discard_wave(actor=request.actor, wave=found)
    messages.success(request, _("The plan was thrown away; nobody had been asked."))
    return redirect("waves:list")
