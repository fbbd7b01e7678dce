"""Staff page: where do channels and touchpoints of units really differ from the company?"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.answers import choices
from loopwell.console.answers.choices import Choice, property_labels
from loopwell.console.answers.selection import read_selection
from loopwell.console.door import StaffRequest, staff
from loopwell.console.targets import differing, words
from loopwell.insights.metrics import METRICS


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    selection = read_selection(request.GET, request.actor, timezone.now())
    metric = _metric(request.GET.get("metric", ""))
    across = _across(request.GET.get("across", ""))
    down = _down(request.GET.get("down", ""))
    grid = differing.grid(request.actor, selection, metric, across, down)
    context = {
        "selection": selection,
        "grid": grid,
        "metric": words.metric_words(metric),
        "whole_words": words.measured_words(metric, grid.whole.value),
        "may_see_bonus": request.actor.may(Right.SET_TARGETS),
        "whole": words.estimate_of(grid.whole),
        "may_set": request.actor.may(Right.SET_TARGETS),
        "finding": differing.finding(grid),
        "choices": {
            "period": choices.periods(selection),
            "unit": choices.units(request.actor, selection),
            "kind": choices.kinds(selection),
            "metric": [
                Choice(slug, words.metric_words(slug), slug == metric) for slug in _metrics()
            ],
            "across": [Choice(v, name, v == across) for v, name in _acrosses().items()],
            "down": [Choice(v, name, v == down) for v, name in _downs().items()],
        },
    }
    return render(request, "console/targets/differences.html", context)


def _metrics() -> list[str]:
    """Numbers of answers that can be told apart by chance."""
    return ["nps", "promoters", "detractors", "mean_score", "csat", "ces"]


def _metric(wanted: str) -> str:
    return wanted if wanted in _metrics() and wanted in METRICS else "nps"


def _acrosses() -> dict[str, str]:
    return {
        "touchpoint": _("Touchpoints"),
        "channel": _("Channels"),
        "product": _("Products"),
        "source": _("Ways in"),
    }


def _across(wanted: str) -> str:
    return wanted if wanted in _acrosses() else "touchpoint"


def _downs() -> dict[str, str]:
    """Units, or what is known of answers: a city, a segment."""
    return {
        "unit": _("Units"),
        **{f"property:{name}": label for name, label in property_labels().items()},
    }


def _down(wanted: str) -> str:
    return wanted if wanted in _downs() else "unit"
