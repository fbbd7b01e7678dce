"""Staff pages: which targets are there, are they on track, and how is one set or removed?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.answers.selection import today
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.targets import lists, words
from loopwell.console.targets.forms import TargetForm
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.targets.enums import Period
from loopwell.targets.operations import TargetDraft, remove_target, set_target
from loopwell.targets.queries import standings, target_by_ref, units_to_aim_for


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    """Targets of the stretch that runs, or of the year chosen, with how they stand."""
    now = timezone.now()
    wanted = lists.read_wanted(request.GET, request.actor, today(now))
    found = lists.listed(request.actor, wanted, today(now))
    context = {
        "groups": lists.by_stretch(found),
        "finding": lists.finding(found),
        "warning": lists.margins_too_wide(found),
        "wanted": wanted,
        "choices": lists.choices_of(request.actor, wanted, today(now)),
        "may_set": request.actor.may(Right.SET_TARGETS),
        "may_import": request.actor.may(Right.SET_TARGETS) and request.actor.may(Right.IMPORT_DATA),
        "any": bool(found) or lists.has_any(request.actor),
    }
    return render(request, "console/targets/index.html", context)


@staff(Right.SET_TARGETS)
def new(request: StaffRequest) -> HttpResponse:
    day = today(timezone.now())
    initial = {
        "metric": request.GET.get("metric", "nps"),
        "period": request.GET.get("period", Period.QUARTER),
        "unit": request.GET.get("unit", ""),
        "day": day,
    }
    units = _unit_choices(request)
    form = TargetForm(request.POST or None, initial=initial, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            found = set_target(actor=request.actor, now=timezone.now(), draft=_draft(request, form))
        except Invalid as error:
            blame(form, error)
        except Forbidden as error:
            form.add_error("unit", str(error))
        else:
            messages.success(request, _("The target is set."))
            return redirect("targets:target", found.ref)
    context = {"form": form, "units": units}
    status = 422 if form.errors else 200
    return render(request, "console/targets/new.html", context, status=status)


def _unit_choices(request: StaffRequest) -> list[tuple[str, str]]:
    found = lists.unit_choices(request.actor)
    if request.actor.within(Right.SET_TARGETS).everything:
        return [("", _("The whole company")), *found]
    return found


def _draft(request: StaffRequest, form: TargetForm) -> TargetDraft:
    told = form.cleaned_data
    unit = units_to_aim_for(request.actor).filter(ref=told["unit"] or None).first()
    return TargetDraft(
        metric=told["metric"],
        period=Period(told["period"]),
        day=told["day"],
        value=told["value"],
        unit=unit,
        kind=told["kind"],
        channel=told["channel"].strip(),
        touchpoint=told["touchpoint"].strip(),
    )


@staff(Right.READ_ANSWERS)
def target(request: StaffRequest, ref: str) -> HttpResponse:
    """One target: how it stands, who set it when, what was handed down from it."""
    found = target_by_ref(request.actor, ref)
    day = today(timezone.now())
    status = 200
    error = ""
    if request.method == "POST":
        try:
            return _changed(request, found)
        except Invalid as problem:
            error, status = str(problem), 422
    below = lists.below(request.actor, found, day)
    context: dict[str, Any] = {
        "target": found,
        "line": lists.line(standings(request.actor, [found], day)[0]),
        "below": below,
        "history": lists.history(found),
        "may_set": lists.may_set(request.actor, found),
        "may_hand_down": lists.may_hand_down(request.actor, found),
        "error": error,
        "typed": request.POST.get("value", ""),
    }
    return render(request, "console/targets/target.html", context, status=status)


def _changed(request: StaffRequest, found: Any) -> HttpResponse:
    """The same target with another value."""
    value = lists.read_value(request.POST.get("value", ""))
    if value is None:
        message = _("Give the target as a number.")
        raise Invalid(message, fields={"value": [message]})
    draft = TargetDraft(
        metric=found.metric,
        period=Period(found.period),
        day=found.start,
        value=value,
        unit=found.unit,
        kind=found.kind,
        channel=found.channel,
        touchpoint=found.touchpoint,
        above=found.above,
    )
    set_target(actor=request.actor, now=timezone.now(), draft=draft)
    messages.success(request, _("Saved."))
    return redirect("targets:target", found.ref)


@require_POST
@staff(Right.SET_TARGETS)
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    found = target_by_ref(request.actor, ref)
    remove_target(actor=request.actor, now=timezone.now(), target=found)
    gone = {
        "metric": words.metric_words(found.metric),
        "unit": words.place_words(found.unit),
        "when": words.stretch_words(found.period, found.start, found.end),
    }
    messages.success(request, _("The target for %(metric)s, %(unit)s, %(when)s is gone.") % gone)
    return redirect("targets:index")
