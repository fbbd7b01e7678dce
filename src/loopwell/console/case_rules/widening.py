"""Staff pages: how far does calling go, what does each step bring, and what does it change?"""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.access.enums import Right
from loopwell.cases import operations, queries
from loopwell.cases.queries import Step
from loopwell.console.case_rules.choices import property_labels
from loopwell.console.case_rules.views import may_change, said
from loopwell.console.door import StaffRequest, staff

STEPS = {
    Step.VERY_UNHAPPY: (
        gettext_lazy("The very unhappy, 0–3"),
        gettext_lazy("A good start: few calls, and those who are most in need of one."),
    ),
    Step.DETRACTORS: (
        gettext_lazy("All detractors, 0–6"),
        gettext_lazy("Every unhappy customer is called."),
    ),
    Step.PROMOTERS_10: (
        gettext_lazy("Also 10 % of the promoters"),
        gettext_lazy("To learn what they love, and to thank them."),
    ),
    Step.PROMOTERS_25: (gettext_lazy("Also 25 % of the promoters"), ""),
    Step.PROMOTERS_50: (gettext_lazy("Also half of the promoters"), ""),
    Step.PASSIVES: (
        gettext_lazy("Also the passives, 7–8"),
        gettext_lazy("To learn what is missing for them to recommend us."),
    ),
}
DOES = {
    "added": gettext_lazy("New rule"),
    "changed": gettext_lazy("Changes"),
    "on": gettext_lazy("Switched on"),
    "off": gettext_lazy("Switched off"),
}


@staff(Right.RUN_SURVEYS)
def steps(request: StaffRequest) -> HttpResponse:
    told = queries.widening(request.actor, now=timezone.now())
    context = {
        "rows": [
            {"told": each, "title": STEPS[each.step][0], "why": STEPS[each.step][1]}
            for each in told
        ],
        "capacity": told[0].forecast.capacity,
        "own": not any(each.in_use for each in told),
        "properties": list(property_labels().items()),
        "may_change": may_change(request),
        "here": "widen",
    }
    return render(request, "console/case_rules/widen.html", context)


@staff(Right.RUN_SURVEYS)
def confirm(request: StaffRequest, name: str) -> HttpResponse:
    """Says what changes before it does."""
    if name not in {step.value for step in Step}:
        raise Http404(name)
    step = Step(name)
    if request.method == "POST":
        operations.widen(actor=request.actor, now=timezone.now(), step=step)
        messages.success(request, _("Done. It holds for answers from now on."))
        return redirect("case_rules:widen")
    rows = [
        {
            "does": DOES[change.what],
            "what": change.what,
            "rule": change.after,
            "before": said(change.before)["when"] if change.before else "",
            **said(change.after),
        }
        for change in queries.step_changes(step, queries.all_rules())
    ]
    context = {
        "title": STEPS[step][0],
        "rows": rows,
        "step": step,
        "may_change": may_change(request),
        "here": "widen",
    }
    return render(request, "console/case_rules/step.html", context)
