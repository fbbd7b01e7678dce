"""Staff page: what our own people say, beside what customers say."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.calc.disclosure import LEAST
from loopwell.console.answers import choices
from loopwell.console.answers.selection import read_selection
from loopwell.console.door import StaffRequest, staff
from loopwell.console.employees.beside import board


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    """No cut but by unit, and nothing of fewer than five people: colleagues could guess."""
    asked = request.GET.copy()
    for name in list(asked):
        if name not in ("period", "from", "to", "unit"):
            del asked[name]
    if "period" not in asked and "from" not in asked:
        asked["period"] = "12m"
    selection = read_selection(asked, request.actor, timezone.now())
    context = {
        "selection": selection,
        "choices": {
            "period": choices.periods(selection),
            "unit": choices.units(request.actor, selection),
        },
        "found": board(request.actor, selection),
        "least": LEAST,
        "may_ask": request.actor.may(Right.RUN_SURVEYS),
    }
    return render(request, "console/employees/index.html", context)
