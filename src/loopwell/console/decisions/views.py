"""Staff pages: why was this customer asked, or why not?"""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.tables.writing import csv_lines
from loopwell.sampling import queries
from loopwell.sampling.queries import candidates, outcome_label
from loopwell.sampling.rules import CustomerFilter

PER_PAGE = 50


def _selected(request: StaffRequest) -> tuple[Any, dict[str, Any]]:
    """The wanted decisions, and what the page shows of the choice."""
    asked = request.GET
    programme = asked.get("programme", "")
    wave = asked.get("wave", "")
    run = asked.get("run", "")
    rows = queries.decisions(
        request.actor,
        programme=queries.programme_by_ref(request.actor, programme) if programme else None,
        wave=queries.wave_by_ref(request.actor, wave) if wave else None,
        outcome=asked.get("outcome", ""),
    )
    if wanted := asked.get("q", "").strip():
        people = candidates(request.actor.within(Right.RUN_SURVEYS), CustomerFilter(search=wanted))
        rows = rows.filter(customer__in=people)
    if run.isascii() and run.isdigit():
        rows = rows.filter(run_id=int(run))
    shown = {
        "search": asked.get("q", ""),
        "programme": programme,
        "wave": wave,
        "run": run,
        "outcome": asked.get("outcome", ""),
    }
    return rows, shown


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    rows, shown = _selected(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(each, outcome_label(each.outcome)) for each in page],
        "programmes": queries.programmes(request.actor),
        "outcomes": [(check.outcome, check.label) for check in queries.order_of_checks()],
        "query": request.GET.urlencode(),
        "here": "decisions",
        **shown,
    }
    return render(request, "console/decisions/list.html", context)


@staff(Right.RUN_SURVEYS)
def export(request: StaffRequest) -> StreamingHttpResponse:
    rows, _shown = _selected(request)
    lines = csv_lines(queries.decision_rows(rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="decisions.csv"'
    return response
