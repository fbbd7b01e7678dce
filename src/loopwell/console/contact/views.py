"""Staff pages: how often may customers be asked, and what would another rule change?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.contact.forms import LimitsForm, RuleForm
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid
from loopwell.sampling import operations, queries
from loopwell.sampling.enums import After

LIMITS = (
    "most_per_day",
    "quiet_from",
    "quiet_to",
    "quiet_sundays",
    "holidays_of",
    "decisions_kept_days",
)


@staff(Right.RUN_SURVEYS)
def rules(request: StaffRequest) -> HttpResponse:
    return _page(request)


def _page(
    request: StaffRequest,
    *,
    new: RuleForm | None = None,
    changing: tuple[int, RuleForm] | None = None,
    limits_form: LimitsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = []
    for rule in queries.contact_rules(request.actor):
        form = RuleForm(
            initial={"days": rule.days, "after": rule.after, "kind": rule.kind,
                     "channel": rule.channel},
            auto_id=f"rule{rule.pk}_%s",
        )  # fmt: skip
        if changing is not None and changing[0] == rule.pk:
            form = changing[1]
        words = queries.in_words(rule)
        rows.append({"rule": rule, "words": words, "form": form, "effect": f"effect-{rule.pk}"})
    limit = queries.contact_limit()
    context = {
        "rows": rows,
        "new": new or RuleForm(auto_id="new_%s"),
        "adding": new is not None,
        "limits": limits_form
        or LimitsForm(initial={name: getattr(limit, name) for name in LIMITS}),
        "checks": queries.order_of_checks(),
        "exceptions": queries.exceptions_allowed(request.actor),
        "may_change": request.actor.within(Right.RUN_SURVEYS).everything,
        "here": "contact",
    }
    return render(request, "console/contact/rules.html", context, status=status)


def _given(form: RuleForm) -> dict[str, Any]:
    return {**form.cleaned_data, "after": After(form.cleaned_data["after"])}


@require_POST
@staff(Right.RUN_SURVEYS)
def add(request: StaffRequest) -> HttpResponse:
    form = RuleForm(request.POST, auto_id="new_%s")
    if form.is_valid():
        try:
            operations.add_rule(actor=request.actor, now=timezone.now(), **_given(form))
            messages.success(request, _("Added. It holds from now on."))
            return redirect("contact:rules")
        except Invalid as error:
            blame(form, error)
    return _page(request, new=form, status=422)


@require_POST
@staff(Right.RUN_SURVEYS)
def change(request: StaffRequest, number: int) -> HttpResponse:
    rule = queries.rule_by_id(request.actor, number)
    form = RuleForm(request.POST, auto_id=f"rule{rule.pk}_%s")
    if form.is_valid():
        try:
            operations.change_rule(
                actor=request.actor, rule=rule, now=timezone.now(), **_given(form)
            )
            messages.success(request, _("Saved. It holds from now on."))
            return redirect("contact:rules")
        except Invalid as error:
            blame(form, error)
    return _page(request, changing=(number, form), status=422)


@require_POST
@staff(Right.RUN_SURVEYS)
def move(request: StaffRequest, number: int) -> HttpResponse:
    rule = queries.rule_by_id(request.actor, number)
    operations.move_rule(
        actor=request.actor, rule=rule, up="up" in request.POST, now=timezone.now()
    )
    return redirect("contact:rules")


@staff(Right.RUN_SURVEYS)
def remove(request: StaffRequest, number: int) -> HttpResponse:
    """Asks once: customers may be asked sooner afterwards."""
    rule = queries.rule_by_id(request.actor, number)
    if request.method == "POST":
        operations.remove_rule(actor=request.actor, rule=rule, now=timezone.now())
        messages.success(request, _("Removed. Customers may be asked sooner now."))
        return redirect("contact:rules")
    words = queries.in_words(rule)
    return render(request, "console/contact/remove.html", {"rule": rule, "words": words})


@require_POST
@staff(Right.RUN_SURVEYS)
def limits(request: StaffRequest) -> HttpResponse:
    form = LimitsForm(request.POST)
    if form.is_valid():
        try:
            operations.set_contact_limit(
                actor=request.actor, now=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("Saved. It holds for every message from now on."))
            return redirect("contact:rules")
        except Invalid as error:
            blame(form, error)
    return _page(request, limits_form=form, status=422)


@staff(Right.RUN_SURVEYS)
def effect(request: StaffRequest) -> HttpResponse:
    """What the running programmes would ask with one rule different; stores nothing."""
    form = RuleForm(request.GET)
    instead = request.GET.get("instead", "")
    context: dict[str, Any] = {"programmes": None}
    if form.is_valid():
        rules = [queries.RuleDraft(**_given(form))]
        rules += [
            each
            for each, stored in zip(
                queries.stored_rules(), queries.contact_rules(request.actor), strict=True
            )
            if str(stored.pk) != instead
        ]
        context["programmes"] = queries.simulate_rules(
            actor=request.actor, rules=rules, now=timezone.now()
        )
    return render(request, "console/contact/_effect.html", context)
