"""Staff pages: what customers say about me, and a manager's note about an answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases import operations
from loopwell.cases.queries.coaching import (
    note_by_ref,
    own_feedback,
    own_notes,
    team_feedback,
)
from loopwell.console.cases.helping_forms import CoachingForm
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid
from loopwell.responses.queries import answer_by_ref

PER_PAGE = 30
TEAM_SHOWN = 20
NOTES_SHOWN = 30


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    answers = own_feedback(request.actor)
    context = {
        "page": Paginator(answers, PER_PAGE).get_page(request.GET.get("page")),
        "notes": own_notes(request.actor)[:NOTES_SHOWN],
        "team": team_feedback(request.actor)[:TEAM_SHOWN],
        "sees_customers": request.actor.may(Right.READ_CUSTOMERS),
        "now": timezone.now(),
    }
    return render(request, "console/coaching/index.html", context)


@require_POST
@staff(Right.READ_ANSWERS)
def read(request: StaffRequest, ref: str) -> HttpResponse:
    note = note_by_ref(request.actor, ref)
    operations.mark_read(actor=request.actor, now=timezone.now(), note=note)
    return redirect("coaching:index")


@require_POST
@staff(Right.READ_ANSWERS, Right.COACH)
def write(request: StaffRequest, ref: str) -> HttpResponse:
    """From the page of an answer."""
    answer = answer_by_ref(request.actor, ref)
    form = CoachingForm(request.POST)
    try:
        note = operations.write_coaching(
            actor=request.actor,
            now=timezone.now(),
            answer=answer,
            text=form.data.get("text", "")[:5000],
        )
    except Invalid as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is told of your note.") % {"name": note.employee})
    return redirect("answers:answer", ref=ref)
