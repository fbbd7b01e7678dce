"""Staff page: how units and other groups really stand among each other."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.console.answers import choices
from loopwell.console.answers.choices import Choice
from loopwell.console.answers.selection import read_selection
from loopwell.console.door import StaffRequest, staff
from loopwell.console.ranking.comparing import compared
from loopwell.console.ranking.groups import BELOW, cuts, metrics_of


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    selection = read_selection(request.GET, request.actor, timezone.now())
    known = cuts()
    by = request.GET.get("by", BELOW)
    by = by if by in known else BELOW
    metrics = metrics_of(selection, by)
    metric = request.GET.get("metric", "nps")
    metric = metric if metric in metrics else "nps"
    context = {
        "selection": selection,
        "found": compared(request.actor, selection, by, metric),
        "choices": {
            "by": [Choice(name, str(label), name == by) for name, label in known.items()],
            "metric": [Choice(slug, name, slug == metric) for slug, name in metrics.items()],
            "period": choices.periods(selection),
            "unit": choices.units(request.actor, selection),
            "kind": choices.kinds(selection),
        },
    }
    return render(request, "console/ranking/index.html", context)
