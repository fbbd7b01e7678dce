"""Staff pages: by which channels do messages leave, does it work, and what is to be set up?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.delivery import channel_tests
from loopwell.delivery.channels import CHANNELS
from loopwell.integrations.addresses import hooks_of, sms_preview
from loopwell.integrations.imap.queries import mailbox
from loopwell.kit.errors import ExpectedError, NotFound


@require_safe
@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    return _page(request)


@require_POST
@staff(Right.RUN_SURVEYS)
def test(request: StaffRequest, name: str) -> HttpResponse:
    """One message to the person themselves, at once."""
    channel = CHANNELS.get(name)
    if channel is None:
        raise NotFound(_("There is no such channel."))
    try:
        said = channel_tests.send_test(
            actor=request.actor,
            channel=channel,
            address=request.POST.get("address", ""),
            now=timezone.now(),
        )
    except ExpectedError as error:
        return _page(request, failed=name, words=str(error), status=error.status)
    if not said.arrived:
        return _page(request, failed=name, words=said.detail, status=502)
    messages.success(request, _("The test left. Is it there?"))
    return redirect("channels:index")


def _page(
    request: StaffRequest, *, failed: str = "", words: str = "", status: int = 200
) -> HttpResponse:
    actor = request.actor
    secrets = actor.may(Right.MANAGE_ACCESS)
    context = {
        "channels": [
            {
                "name": each.name,
                "label": each.label,
                "set_up": each.set_up(),
                "provider": each.provider(),
                "errors": channel_tests.last_errors(actor, each.name),
                "hooks": hooks_of(each.name) if secrets else [],
                "test_to": channel_tests.own_address(actor, each),
                "wrong": words if failed == each.name else "",
                "is_own": each.name in ("email", "sms"),
            }
            for each in CHANNELS.values()
        ],
        "mailbox": mailbox(actor),
        "sms": sms_preview(),
        "may_set_up": secrets,
    }
    return render(request, "console/channels/index.html", context, status=status)
