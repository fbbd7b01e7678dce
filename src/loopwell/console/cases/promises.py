"""Staff pages: what somebody promised to customers, what waits for approval, the limits."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right, Role
from loopwell.cases import operations, queries
from loopwell.cases.queries.actions import action_by_ref, is_overdue, own_actions
from loopwell.cases.queries.redress import UNLIMITED, limits, may_decide, waiting_redress
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import ExpectedError, Invalid

PER_PAGE = 50


class LimitsForm(forms.Form):
    """For each role an amount, or no limit at all."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for role, amount in limits().items():
            endless = amount == UNLIMITED
            self.fields[role.value] = forms.DecimalField(
                label=role.label,
                min_value=0,
                max_digits=12,
                decimal_places=2,
                required=False,
                initial=None if endless else format(amount.normalize(), "f"),
                widget=forms.NumberInput(
                    attrs={"inputmode": "decimal", "step": "0.01", "min": "0"}
                ),
            )
            self.fields[f"{role.value}_endless"] = forms.BooleanField(
                label=gettext_lazy("Without limit"), required=False, initial=endless
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[role.value], self[f"{role.value}_endless"]) for role in limits()]

    def amounts(self) -> dict[Role, Any]:
        found = self.cleaned_data
        return {
            role: None if found[f"{role.value}_endless"] else found[role.value] or 0
            for role in limits()
        }


@staff(Right.RUN_SURVEYS)
def limits_page(request: StaffRequest) -> HttpResponse:
    form = LimitsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            operations.save_limits(actor=request.actor, amounts=form.amounts())
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved. The limits hold from now on."))
            return redirect("cases:limits")
    context = {"form": form, "currency": queries.policy().currency}
    status = 422 if form.is_bound else 200
    return render(request, "console/cases/limits.html", context, status=status)


@staff(Right.READ_CASES, Right.WORK_CASES)
def approvals(request: StaffRequest) -> HttpResponse:
    rows = [(row, may_decide(request.actor, row)) for row in waiting_redress(request.actor)[:100]]
    context = {
        "mine": [row for row, mine in rows if mine],
        "others": [row for row, mine in rows if not mine],
        "may_rule": request.actor.may(Right.RUN_SURVEYS),
        "now": timezone.now(),
    }
    return render(request, "console/cases/approvals.html", context)


@staff(Right.READ_CASES)
def actions(request: StaffRequest) -> HttpResponse:
    """What the person promised or was given: open ones all, done ones page by page."""
    now = timezone.now()
    rows = own_actions(request.actor)
    done = Paginator(rows.exclude(done_at=None).order_by("-done_at", "-pk"), PER_PAGE)
    open_rows = rows.filter(done_at=None).order_by("due_on", "pk")[:200]
    context = {
        "open": [(row, is_overdue(row, now)) for row in open_rows],
        "page": done.get_page(request.GET.get("page")),
        "now": now,
    }
    return render(request, "console/cases/actions.html", context)


@require_POST
@staff(Right.READ_CASES)
def finish(request: StaffRequest, action: str) -> HttpResponse:
    row = action_by_ref(request.actor, action)
    try:
        operations.finish_action(
            actor=request.actor,
            now=timezone.now(),
            action=row,
            outcome=request.POST.get("outcome", ""),
        )
    except ExpectedError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done. Well kept."))
    if "from_list" in request.POST:
        return redirect("cases:actions")
    return redirect("cases:case", ref=row.case.ref)
