"""Staff pages: what does a target pay, tried on a stretch that is over, and for payroll?"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right, Role
from loopwell.console.answers.choices import Choice
from loopwell.console.answers.selection import today
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.targets import paying, payroll, words
from loopwell.console.targets.forms import PlanForm, StepSet, stretch_choices
from loopwell.console.targets.sheets import as_file
from loopwell.kit.errors import Invalid
from loopwell.targets.enums import Period, WithinMargin
from loopwell.targets.operations.planning import PlanDraft, add_plan, change_plan, retire_plan
from loopwell.targets.queries.bonuses import (
    bonus_plans,
    effects,
    last_stretch,
    plan_by_ref,
    steps_of,
)
from loopwell.targets.rules import Stretch

READY = ((-10.0, 0.0), (-5.0, 50.0), (0.0, 100.0), (5.0, 120.0))
"""Steps that a new plan begins with: to be changed, not to be believed."""


@staff(Right.SET_TARGETS)
def index(request: StaffRequest) -> HttpResponse:
    day = today(timezone.now())
    plans = [
        (
            plan,
            words.metric_words(plan.metric),
            paying.steps_words(steps_of(plan)),
            _spared_last_time(request, plan, day),
        )
        for plan in bonus_plans(request.actor)
    ]
    context = {"plans": plans, "may_declare": _may_declare(request)}
    return render(request, "console/targets/bonuses.html", context)


def _spared_last_time(request: StaffRequest, plan: Any, day: date) -> str:
    return paying.sparing_words(plan, effects(request.actor, plan, last_stretch(plan, day)))


@staff(Right.SET_TARGETS)
def new(request: StaffRequest) -> HttpResponse:
    return _edited(request, None)


@staff(Right.SET_TARGETS)
def change(request: StaffRequest, ref: str) -> HttpResponse:
    return _edited(request, plan_by_ref(request.actor, ref))


def _edited(request: StaffRequest, plan: Any) -> HttpResponse:
    names = ("name", "metric", "period", "role", "share", "within_margin")
    known = {name: getattr(plan, name) for name in names} if plan else {"metric": "nps"}
    given = [(s.against, s.pays) for s in steps_of(plan)] if plan else list(READY)
    lines = [{"against": against, "pays": pays} for against, pays in given]
    form = PlanForm(request.POST or None, initial=known)
    steps = StepSet(request.POST or None, initial=lines, prefix="steps")
    if request.method == "POST" and form.is_valid() and steps.is_valid():
        draft = _draft(form, steps)
        try:
            kept = _kept(request, plan, draft)
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved. Below is what it would have paid last time."))
            return redirect("targets:bonus", kept.ref)
    failed = request.method == "POST"
    context = {"form": form, "steps": steps, "plan": plan}
    return render(
        request, "console/targets/bonus_edit.html", context, status=422 if failed else 200
    )


def _draft(form: PlanForm, steps: Any) -> PlanDraft:
    told = form.cleaned_data
    return PlanDraft(
        name=told["name"],
        metric=told["metric"],
        period=Period(told["period"]),
        share=Decimal(str(round(told["share"], 2))),
        steps=[step for line in steps if (step := line.step()) is not None],
        within_margin=WithinMargin(told["within_margin"]),
        role=Role(told["role"]) if told["role"] else None,
    )


def _kept(request: StaffRequest, plan: Any, draft: PlanDraft) -> Any:
    if plan is None:
        return add_plan(actor=request.actor, now=timezone.now(), draft=draft)
    return change_plan(actor=request.actor, now=timezone.now(), plan=plan, draft=draft)


@staff(Right.SET_TARGETS)
def plan(request: StaffRequest, ref: str) -> HttpResponse:
    """The plan in words, and its try-out on one stretch."""
    found = plan_by_ref(request.actor, ref)
    day = today(timezone.now())
    stretch = _stretch(request, found, day)
    told = effects(request.actor, found, stretch)
    context = {
        "plan": found,
        "metric": words.metric_words(found.metric),
        "steps": paying.steps_words(steps_of(found)),
        "when": words.stretch_words(found.period, stretch.start, stretch.end),
        "is_over": stretch.end <= day,
        "chosen": stretch.start.isoformat(),
        "lines": [paying.line(found, each) for each in told],
        "warning": paying.sparing_words(found, told),
        "choices": [
            Choice(
                each.start.isoformat(),
                words.stretch_words(found.period, each.start, each.end),
                each == stretch,
            )
            for each in stretch_choices(Period(found.period), day)
        ],
        "may_declare": _may_declare(request),
    }
    return render(request, "console/targets/bonus.html", context)


def _stretch(request: StaffRequest, plan: Any, day: date) -> Stretch:
    wanted = request.GET.get("start", "")
    known = {each.start.isoformat(): each for each in stretch_choices(Period(plan.period), day)}
    return known.get(wanted) or last_stretch(plan, day)


@require_POST
@staff(Right.SET_TARGETS)
def retire(request: StaffRequest, ref: str) -> HttpResponse:
    found = plan_by_ref(request.actor, ref)
    name = found.name
    retire_plan(actor=request.actor, now=timezone.now(), plan=found)
    messages.success(request, _("“%(plan)s” pays nothing any more.") % {"plan": name})
    return redirect("targets:bonuses")


@staff(Right.SET_TARGETS)
def export(request: StaffRequest, ref: str) -> HttpResponse:
    """A line for each person, CSV or XLSX."""
    found = plan_by_ref(request.actor, ref)
    stretch = _stretch(request, found, today(timezone.now()))
    rows = payroll.rows(found, stretch, effects(request.actor, found, stretch))
    name = f"{found.ref}-{stretch.start:%Y-%m}"
    return as_file(rows, name, request.GET.get("as", ""))


def _may_declare(request: StaffRequest) -> bool:
    return request.actor.within(Right.SET_TARGETS).everything
