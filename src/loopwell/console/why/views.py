"""Staff pages: what changed and why, and what goes together with the score."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.console.answers import choices
from loopwell.console.answers.choices import Choice
from loopwell.console.answers.selection import Selection, read_selection
from loopwell.console.door import StaffRequest, staff
from loopwell.console.why.changing import changed, judged
from loopwell.console.why.driving import driving, of_one_survey
from loopwell.insights.phrasing import names_of_cuts

CUTS = ("unit", "touchpoint", "channel", "product", "kind", "survey", "language", "employee")


@staff(Right.READ_ANSWERS)
def change(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    selection = read_selection(request.GET, request.actor, now)
    known = _cuts()
    by = request.GET.get("by", "unit")
    by = by if by in known else "unit"
    context = {
        "selection": selection,
        "found": changed(request.actor, selection, by),
        "judged": judged(request.actor, selection, now),
        "choices": {
            "by": [Choice(name, str(label), name == by) for name, label in known.items()],
            **_choices(request, selection),
        },
    }
    return render(request, "console/why/change.html", context)


@staff(Right.READ_ANSWERS)
def drivers(request: StaffRequest) -> HttpResponse:
    asked = request.GET if {"period", "from"} & set(request.GET) else _year(request)
    selection = of_one_survey(request.actor, read_selection(asked, request.actor, timezone.now()))
    context = {
        "selection": selection,
        "found": driving(request.actor, selection),
        "choices": {
            "survey": choices.surveys(request.actor, selection)[bool(selection.survey) :],
            **_choices(request, selection),
        },
    }
    return render(request, "console/why/drivers.html", context)


def _year(request: StaffRequest):  # type: ignore[no-untyped-def]  # Django's own dictionary
    words = request.GET.copy()
    words["period"] = "12m"
    return words


def _cuts() -> dict[str, str]:
    known = names_of_cuts()
    return {
        name: str(label)
        for name, label in known.items()
        if name in CUTS or name.startswith("property:")
    }


def _choices(request: StaffRequest, selection: Selection) -> dict[str, list[Choice]]:
    return {
        "period": choices.periods(selection),
        "unit": choices.units(request.actor, selection),
        "kind": choices.kinds(selection),
    }
