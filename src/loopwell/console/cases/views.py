"""Staff pages: who waits for a call, and which answers open a case?"""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.access.queries import visible_units, visible_users
from loopwell.cases import queries
from loopwell.cases.enums import Tab
from loopwell.cases.rules import is_late, stage_of
from loopwell.console.cases.forms import FilterForm
from loopwell.console.door import StaffRequest, staff

PER_PAGE = 50


@staff(Right.READ_CASES)
def queue(request: StaffRequest) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    asked = request.GET.get("tab", "")
    tab = Tab(asked) if asked in Tab.values else Tab.MINE
    form = FilterForm(
        request.GET,
        units=[(unit.ref, unit.name) for unit in visible_units(actor)],
        owners=[(u.ref, str(u)) for u in visible_users(actor).filter(is_active=True)],
    )
    wanted = form.wanted(tab)
    page = Paginator(queries.queue(actor, now=now, wanted=wanted), PER_PAGE).get_page(
        request.GET.get("page")
    )
    counts = queries.counts(actor, now=now)
    rows = [{"case": c, "stage": stage_of(c, now), "late": is_late(c, now)} for c in page]
    context = {
        "rows": rows,
        "page": page,
        "tab": tab,
        "tabs": [(each, counts[each]) for each in Tab],
        "form": form,
        "filtered": bool(wanted.unit or wanted.owner or wanted.highest is not None),
        "mine": counts[Tab.MINE],
        "to_call": queries.to_call_count(actor, now),
        "late": counts[Tab.LATE],
        "now": now,
        "may_rule": actor.may(Right.RUN_SURVEYS),
    }
    return render(request, "console/cases/queue.html", context)
