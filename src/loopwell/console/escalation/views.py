"""Staff pages: who learns that a case is late, and after how long?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases import operations
from loopwell.cases.queries import ladder, late_count, step_by_ref
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.escalation.forms import StepForm
from loopwell.console.escalation.wording import when_in_words, whom_in_words
from loopwell.kit.errors import Invalid

NEXT_RUNG = 9


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    return _shown(request)


@staff(Right.RUN_SURVEYS)
@require_POST
def save(request: StaffRequest, ref: str = "") -> HttpResponse:
    step = step_by_ref(ref) if ref else None
    form = StepForm(request.POST, actor=request.actor, auto_id=f"id_{ref or 'new'}_%s")
    if form.is_valid():
        try:
            operations.save_step(
                actor=request.actor, now=timezone.now(), step=step, wanted=form.rung()
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved. It holds for what is late from now on."))
            return redirect("escalation:index")
    return _shown(request, broken=(ref, form))


@staff(Right.RUN_SURVEYS)
@require_POST
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    operations.remove_step(actor=request.actor, now=timezone.now(), step=step_by_ref(ref))
    messages.success(request, _("The step is gone. Who was told by it stays told."))
    return redirect("escalation:index")


def _shown(request: StaffRequest, *, broken: tuple[str, StepForm] | None = None) -> HttpResponse:
    """Every rung with its form; the one that could not be saved keeps what was typed."""
    ref, wrong = broken or ("-", None)
    rows = [
        {
            "step": step,
            "when": when_in_words(step),
            "whom": whom_in_words(step),
            "form": wrong if wrong and step.ref == ref else _form_of(request, step),
        }
        for step in ladder()
    ]
    new = StepForm(
        initial={"after_working_hours": NEXT_RUNG}, actor=request.actor, auto_id="id_new_%s"
    )
    context = {
        "rows": rows,
        "new": wrong if wrong and not ref else new,
        "late": late_count(request.actor, timezone.now()),
        "may_rule": True,
    }
    return render(request, "console/escalation/index.html", context, status=422 if broken else 200)


def _form_of(request: StaffRequest, step: Any) -> StepForm:
    first = {
        "after_working_hours": step.after_working_hours,
        "whom": step.whom,
        "person": step.person.email if step.person else "",
        "takes_over": step.takes_over,
    }
    return StepForm(initial=first, actor=request.actor, auto_id=f"id_{step.ref}_%s")
