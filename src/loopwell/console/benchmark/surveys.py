"""Staff pages: which survey of ours asks about brands, and how is it taken as a benchmark?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.benchmarks import operations, queries
from loopwell.benchmarks.operations import SurveyDraft
from loopwell.console.benchmark.forms import SurveyForm
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid


@staff(Right.SET_TARGETS)
def declare(request: StaffRequest) -> HttpResponse:
    return _edited(request, None)


@staff(Right.SET_TARGETS)
def change(request: StaffRequest, ref: str) -> HttpResponse:
    return _edited(request, queries.declared_by_ref(request.actor, ref))


def _edited(request: StaffRequest, declared: Any) -> HttpResponse:
    operations.check_may_bring(request.actor)
    known = {
        f"{survey.ref}:{key}": (survey, key, f"{survey}: {words}")
        for survey, asked in queries.could_be_declared(request.actor)
        for key, words in asked
        if declared is None or survey == declared.survey
    }
    choices = [(value, words) for value, (_survey, _key, words) in known.items()]
    form = SurveyForm(request.POST or None, initial=_initial(declared), asked=choices)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        survey, key, _words = known[told.pop("asked")]
        draft = SurveyDraft(survey=survey, brand_question=key, **told)
        try:
            operations.declare_survey(actor=request.actor, now=timezone.now(), draft=draft)
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved: its answers stand in the benchmark."))
            return redirect("benchmark:panels")
    status = 422 if form.errors else 200
    context = {"declared": declared, "form": form}
    return render(request, "console/benchmark/survey.html", context, status=status)


def _initial(declared: Any) -> dict[str, Any]:
    if declared is None:
        return {}
    told = {name: getattr(declared, name) for name in ("market", "provider", "double_blind")}
    return {"asked": f"{declared.survey.ref}:{declared.brand_question}", **told}


@require_POST
@staff(Right.SET_TARGETS)
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.declared_by_ref(request.actor, ref)
    name = str(found)
    operations.withdraw_survey(actor=request.actor, now=timezone.now(), declared=found)
    messages.success(request, _("“%(survey)s” is no benchmark any more.") % {"survey": name})
    return redirect("benchmark:panels")
