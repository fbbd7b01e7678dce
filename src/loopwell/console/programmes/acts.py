"""Staff pages: what happens when a programme is started, paused, resumed or ended?"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import ExpectedError, NotFound
from loopwell.sampling import operations, queries

VERBS: dict[str, tuple[Callable[..., Any], Promise]] = {
    "start": (operations.start_programme, gettext_lazy("It runs from now on.")),
    "pause": (
        operations.pause_programme,
        gettext_lazy("Paused: nothing leaves any more. Answers still come in."),
    ),
    "resume": (operations.resume_programme, gettext_lazy("It goes on.")),
    "end": (
        operations.end_programme,
        gettext_lazy("Ended. Its answers stay, and who was asked can still answer."),
    ),
}


@require_POST
@staff(Right.RUN_SURVEYS)
def act(request: StaffRequest, ref: str, verb: str) -> HttpResponse:
    """Who comes too late reads why, on the programme's own page."""
    if verb not in VERBS:
        raise NotFound(_("A programme cannot do that."))
    found = queries.programme_by_ref(request.actor, ref)
    operation, words = VERBS[verb]
    try:
        operation(actor=request.actor, programme=found, now=timezone.now())
        messages.success(request, str(words))
    except ExpectedError as error:
        messages.error(request, str(error))
    return redirect("programmes:programme", ref)
