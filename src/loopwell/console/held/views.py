"""Staff pages: which answers are held in doubt, and do they count after all?"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.held.words import reason_of
from loopwell.responses.holding import CannotDecide, accept_held, refuse_held
from loopwell.responses.queries.held import held_answers, held_by_refs

PER_PAGE = 50
DECIDED_SHOWN = 20


@staff(Right.WRITE_ANSWERS)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    page = Paginator(held_answers(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(each) for each in page],
        "decided": [
            _row(each) for each in held_answers(request.actor, decided=True)[:DECIDED_SHOWN]
        ],
        "sees_customers": request.actor.may(Right.READ_CUSTOMERS),
        "now": timezone.now(),
    }
    return render(request, "console/held/list.html", context)


@staff(Right.WRITE_ANSWERS)
@require_POST
def decide(request: StaffRequest) -> HttpResponse:
    """One by its own button, or all that are ticked."""
    post, actor, now = request.POST, request.actor, timezone.now()
    one = post.get("accept") or post.get("refuse")
    accepting = "accept" in post or post.get("ticked") == "accept"
    refs = [one] if one else post.getlist("ref")
    done, failed = 0, ""
    for held in held_by_refs(actor, refs):
        try:
            if accepting:
                accept_held(actor=actor, held=held, now=now)
            else:
                refuse_held(actor=actor, held=held, now=now)
            done += 1
        except CannotDecide as error:
            failed = str(error)
    _tell(request, accepting, done, failed)
    return redirect("held:list")


def _tell(request: StaffRequest, accepting: bool, done: int, failed: str) -> None:
    if failed:
        messages.error(request, failed)
    if not done:
        if not failed:
            messages.info(request, _("Nothing was chosen: tick the answers first."))
        return
    if accepting:
        words = ngettext("%(count)d answer counts now.", "%(count)d answers count now.", done)
    else:
        words = ngettext(
            "%(count)d answer was refused; it counts nowhere.",
            "%(count)d answers were refused; they count nowhere.",
            done,
        )
    messages.success(request, words % {"count": done})


def _row(held: Any) -> dict[str, Any]:
    """What the list shows of one: it came through an invitation or a link."""
    survey = held.invitation.version.survey if held.invitation else held.link.programme.survey
    return {
        "held": held,
        "given": held.given,
        "reason": reason_of(held.doubt, held.detail),
        "survey": survey,
        "customer": held.invitation.customer if held.invitation else None,
        "by_itself": held.decided_at is not None and held.decided_by is None and held.response,
        "further": len([each for each in held.given.get("answers", {}).values() if each]),
    }
