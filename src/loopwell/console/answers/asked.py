"""Staff page: who was asked, and who of them has answered? Behind every response rate."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.answers import choices
from loopwell.console.answers.choices import Choice
from loopwell.console.answers.selection import Selection, read_selection
from loopwell.console.door import StaffRequest, staff
from loopwell.insights.questions import row_of
from loopwell.responses.queries import asked, asked_tally

PER_PAGE = 50


@staff(Right.READ_ANSWERS)
def list_asked(request: StaffRequest) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    selection = replace(
        read_selection(request.GET, actor, now),
        category="", score=None, weekday=None, comment=False, text="",
    )  # fmt: skip
    answered = request.GET.get("answered", "")
    counted = asked_tally(actor, selection.for_answers())
    parts = {"": counted.n, "yes": counted.answered, "no": counted.n - counted.answered}
    answered = answered if answered in parts else ""
    pages = Paginator(asked(actor, selection.for_answers(), answered), PER_PAGE)
    pages.count = parts[answered]
    context: dict[str, Any] = {
        "selection": selection,
        "rate": row_of("response_rate", (), {"n": counted.n, "answered": counted.answered}),
        "counted": counted,
        "silent": parts["no"],
        "links": {part: _query(selection, part) for part in parts},
        "page": pages.get_page(request.GET.get("page")),
        "choices": {
            "period": choices.periods(selection),
            "unit": choices.units(actor, selection),
            "kind": choices.kinds(selection),
            "answered": _answered(answered),
        },
        "applied": [*choices.applied(actor, selection), *choices.hidden(selection)],
        "sees_customers": actor.may(Right.READ_CUSTOMERS),
        "now": now,
    }
    return render(request, "console/answers/asked.html", context)


def _query(selection: Selection, answered: str) -> str:
    words = [*parse_qsl(selection.query()), ("answered", answered)]
    return urlencode([pair for pair in words if pair[1]])


def _answered(chosen: str) -> list[Choice]:
    names = [("", _("Everybody asked")), ("yes", _("Answered")), ("no", _("Not answered"))]
    return [Choice(value, name, value == chosen) for value, name in names]
