"""Staff page: how the company closes loops: tries, reopening, costs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.cases import operations, queries
from loopwell.console.blame import blame
from loopwell.console.case_rules.forms import PolicyForm
from loopwell.console.case_rules.views import may_change
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    now, status = timezone.now(), 200
    row = queries.policy()
    form = PolicyForm(initial={name: getattr(row, name) for name in PolicyForm.base_fields})
    if request.method == "POST":
        form, status = PolicyForm(request.POST), 422
        if form.is_valid():
            try:
                operations.save_policy(actor=request.actor, now=now, wanted=form.change())
            except Invalid as error:
                blame(form, error)
            else:
                messages.success(request, _("Saved. It holds from now on."))
                return redirect("case_rules:policy")
    context = {
        "form": form,
        "capacity": queries.capacity(now=now),
        "may_change": may_change(request),
        "here": "policy",
    }
    return render(request, "console/case_rules/policy.html", context, status=status)
