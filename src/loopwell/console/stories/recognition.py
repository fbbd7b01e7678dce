"""Staff pages: whom customers praised, and who is honoured for it."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.stories.forms import HonourForm
from loopwell.kit.errors import Conflict, Invalid
from loopwell.stories import operations, queries
from loopwell.stories.rules import quarter_after, quarter_before, quarter_of

SHOWN = 40


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    today = timezone.localdate()
    quarter = _quarter(request.GET.get("quarter", ""), today)
    may = actor.may(Right.PUBLISH)
    found = queries.candidates(actor, quarter) if may else []
    people = {each.user.ref: each.user for each in found}
    form = HonourForm(
        request.POST or None,
        people=[(key, str(user)) for key, user in people.items()],
        initial={"employee": request.GET.get("who", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.honour(
                actor=actor,
                now=now,
                employee=people[form.cleaned_data["employee"]],
                quarter=quarter,
                reason=form.cleaned_data["reason"],
            )
        except Invalid as error:
            blame(form, error)
        except Conflict as error:
            form.add_error("employee", str(error))
        else:
            messages.success(request, _("Everybody can read it now, and the person is told."))
            return redirect("stories:recognition")
    later = quarter_after(quarter)
    context = {
        "honoured": queries.honoured(actor)[:SHOWN],
        "candidates": found,
        "may_publish": may,
        "form": form,
        "quarter": quarter_words(quarter),
        "before": quarter_before(quarter).isoformat(),
        "after": later.isoformat() if later <= today else "",
    }
    status = 422 if form.errors else 200
    return render(request, "console/stories/recognition.html", context, status=status)


@require_POST
@staff(Right.PUBLISH)
def take_back(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.recognition_by_ref(request.actor, ref)
    operations.take_back(actor=request.actor, now=timezone.now(), recognition=found)
    messages.success(request, _("Taken back."))
    return redirect("stories:recognition")


def quarter_words(quarter: date) -> str:
    """ "July – September 2026"."""
    last = date.fromordinal(quarter_after(quarter).toordinal() - 1)
    return f"{date_format(quarter, 'F')} – {date_format(last, 'F Y')}"


def _quarter(text: str, today: date) -> date:
    """What the address says, if it is a quarter that has begun; else the present one."""
    try:
        wanted = quarter_of(date.fromisoformat(text))
    except ValueError:
        return quarter_of(today)
    return wanted if wanted <= today else quarter_of(today)
