"""Staff pages: who else has this case open, and what did they change meanwhile?"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases import operations, queries
from loopwell.console.cases.merging import merging_context
from loopwell.console.cases.wording import tell
from loopwell.console.door import StaffRequest, staff


def presence_context(request: StaffRequest, case: Any) -> dict[str, Any]:
    """As of the moment the page is made; presence.js keeps it fresh."""
    now = timezone.now()
    operations.look_at(actor=request.actor, now=now, case=case)
    return {
        "present": queries.present(request.actor, case, now),
        "last_entry": queries.last_entry(case),
        **merging_context(request, case),
    }


@require_POST
@staff(Right.READ_CASES)
def poll(request: StaffRequest, ref: str) -> HttpResponse:
    """Notes that this page is open and answers with who else is there and what is new."""
    actor, now = request.actor, timezone.now()
    found = queries.case_by_ref(actor, ref)
    if "left" in request.POST:
        operations.leave(actor=actor, case=found)
        return HttpResponse(status=204)
    operations.look_at(actor=actor, now=now, case=found, typing="typing" in request.POST)
    since = request.POST.get("since", "")
    context = {
        "case": found,
        "present": queries.present(actor, found, now),
        "news": _news(request, found, int(since) if since.isdecimal() else None),
        "now": now,
    }
    return render(request, "console/cases/_present.html", context)


def _news(request: StaffRequest, case: Any, since: int | None) -> Any:
    """The last thing somebody else did since the page was made, in words."""
    if since is None or since > 2**62:
        return None
    lines = [
        line
        for line in queries.timeline(case, after=since)
        if line.by != request.actor.label and not line.of
    ]
    told = [said for line in lines if (said := tell(line))]
    return told[-1] if told else None
