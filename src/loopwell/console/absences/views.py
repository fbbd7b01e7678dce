"""Staff pages: when am I away, when are my people, and who stands in?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access import operations
from loopwell.access.queries import absence_by_ref, absences, led_people
from loopwell.console.absences.forms import AbsenceForm
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid, NotFound

MOST_CHOICES = 500


@staff()
def index(request: StaffRequest) -> HttpResponse:
    """One's own; `person` in the address leads to somebody else's."""
    wanted = request.GET.get("person", "")
    if wanted:
        return redirect("absences:person", wanted)
    return _page(request, request.user)


@staff()
def person(request: StaffRequest, ref: str) -> HttpResponse:
    known = led_people(request.actor).filter(ref=ref).first()
    if known is None and getattr(request.user, "ref", "") == ref:
        return redirect("absences:index")
    if known is None:
        raise NotFound(_("There is no such person."))
    return _page(request, known)


def _page(request: StaffRequest, known: Any) -> HttpResponse:
    now = timezone.now()
    form = AbsenceForm(request.POST or None, person=known, initial={"starts_on": now.date()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.enter_absence(actor=request.actor, now=now, person=known, leave=form.leave())
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Entered. What is due in these days goes elsewhere."))
            return redirect(request.path)
    own = known.pk == request.actor.user_id
    people = list(led_people(request.actor)[:MOST_CHOICES])
    context = {
        "form": form,
        "person": known,
        "own": own,
        "today": now.date(),
        "rows": absences(request.actor, now),
        "people": people,
    }
    status = 422 if form.errors else 200
    return render(request, "console/absences/index.html", context, status=status)


@staff()
@require_POST
def cancel(request: StaffRequest, ref: str) -> HttpResponse:
    known = absence_by_ref(request.actor, ref)
    operations.cancel_absence(actor=request.actor, now=timezone.now(), absence=known)
    messages.success(request, _("Cancelled. What went to others stays with them."))
    return redirect("absences:index")
