"""The home page: what needs me today, how do we do, what changed and why?"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.answers import choices
from loopwell.console.answers.selection import today
from loopwell.console.door import StaffRequest, staff
from loopwell.console.home.first_steps import first_steps
from loopwell.console.home.groups import top_units
from loopwell.console.home.homes import NAMES, home_of, homes_of, rows_of
from loopwell.console.home.page import Page
from loopwell.console.home.sections import CALLS, TODAY, Section
from loopwell.console.use.counting import count_visit
from loopwell.digests.enums import Used
from loopwell.digests.operations import mark_heard
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.responses.queries import newest_answer_at, tally
from loopwell.responses.queries.naming import reads_every_name

Rows = list[list[Section]]
UNFILTERED = frozenset({"today", "cases", "accounts"})


@staff()
def index(request: StaffRequest) -> HttpResponse:
    """People who may not read answers (keys of other work) get the frame and a hint."""
    actor, now = request.actor, timezone.now()
    count_visit(request, Used.HOME, now)
    if not actor.may(Right.READ_ANSWERS):
        return render(request, "console/home/closed.html", {"now": now})
    page = Page(request, now, home_of(request))
    context = _frame(page)
    newest = newest_answer_at(actor)
    if newest is None:
        steps = first_steps(actor)
        context |= {"steps": steps, "next": next((s for s in steps if not s.done), None)}
        first = [
            [each for each in row if each in (TODAY, CALLS)] for row in rows_of(page.home, actor)
        ]
        context |= _read(page, first) | {"rows": [row for row in first if row]}
        return render(request, "console/home/empty.html", context)
    tops = top_units(actor)
    context |= {
        "choices": {
            "period": choices.periods(page.selection),
            "unit": choices.units(actor, page.selection),
            "kind": choices.kinds(page.selection),
        },
        "applied": [*choices.applied(page.actor, page.selection), *choices.hidden(page.selection)],
        "newest": newest,
        "place": tops[0] if len(tops) == 1 else "",
    }
    rows = rows_of(page.home, actor)
    context |= _read(page, _of(rows, numbers=False)) | _numbers(page, _of(rows, numbers=True))
    if not context.get("board") or not page.board.score.n:
        rows = _of(rows, numbers=False)
    context |= {"rows": rows, "filters_at": _filters_at(rows)}
    return render(request, "console/home/index.html", context)


def _frame(page: Page) -> dict[str, Any]:
    mine = homes_of(page.actor)
    return {
        "now": page.now,
        "home": page.home,
        "homes": [(name, NAMES[name], name == page.home) for name in mine],
        "calls": page.home == "caller",
        "selection": page.selection,
        "answers_query": page.selection.query(),
        "sees_customers": page.sees_customers,
        "sees_cases": page.sees_cases,
        "names_everybody": reads_every_name(page.actor),
    }


def _filters_at(rows: Rows) -> int:
    """The filters stand above the first row they hold for."""
    own = (each for each, row in enumerate(rows) if row[0].slug not in UNFILTERED)
    return next(own, len(rows))


def _of(rows: Rows, *, numbers: bool) -> Rows:
    """The part of a home that is read from the warehouse, or that is not."""
    found = [[each for each in row if each.numbers == numbers] for row in rows]
    return [row for row in found if row]


def _read(page: Page, rows: Rows) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in rows:
        for section in row:
            found |= section.context(page)
    return found


def _numbers(page: Page, rows: Rows) -> dict[str, Any]:
    """From the warehouse; without it the page says so and shows the rest."""
    try:
        found = _read(page, rows)
        if not page.board.score.n:
            found["not_yet"] = tally(page.actor, page.selection.for_answers()).n
    except WarehouseUnavailable as error:
        return {"trouble": str(error)}
    return found


@require_POST
@staff(Right.READ_ANSWERS)
def heard(request: StaffRequest) -> HttpResponse:
    """One of this week's comments or the call is marked as read."""
    ref = request.POST.get("ref", "").strip()
    if ref.isalnum():
        mark_heard(actor=request.actor, today=today(timezone.now()), ref=ref)
    return redirect("home:index")
