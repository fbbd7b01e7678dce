"""Staff pages: how many answers are needed, how many invitations is that, how long does it take?"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.planner.forms import PlannerForm
from loopwell.sampling import queries
from loopwell.sampling.rules import CustomerFilter

START = {
    "goal": "margin",
    "points": "5",
    "kind": "relationship",
    "channel": "email",
    "groups": "1",
}


def _totals(form: PlannerForm, plan: queries.AnswerPlan | None) -> dict[str, object]:
    """Over all groups of the form; comparing two needs both."""
    if plan is None:
        return {}
    groups = form.cleaned_data["groups"]
    return {
        "groups": groups,
        "goal": form.cleaned_data["goal"],
        "points": form.cleaned_data["points"],
        "all_answers": plan.answers * plan.groups * groups,
        "all_invitations": plan.invitations.expected * groups,
    }


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    """The address is the plan: it can be kept and sent on."""
    form = PlannerForm(request.GET if "goal" in request.GET else START)
    plan = None
    if form.is_valid():
        given = form.cleaned_data
        everybody = queries.candidates(
            request.actor.within(Right.RUN_SURVEYS), CustomerFilter()
        ).count()
        groups = given["groups"]
        plan = queries.plan_answers(
            actor=request.actor,
            kind=given["kind"],
            channel=given["channel"],
            now=timezone.now(),
            population=given["base"] or everybody // groups,
            margin=given["points"] if given["goal"] == "margin" else None,
            difference=given["points"] if given["goal"] == "difference" else None,
            per_day=given["per_day"] / groups if given["per_day"] else None,
        )
    context = {"form": form, "plan": plan, "here": "planner", **_totals(form, plan)}
    template = "console/planner/_plan.html" if request.headers.get("HX-Request") else None
    status = 422 if form.errors and template is None else 200
    return render(request, template or "console/planner/index.html", context, status=status)
