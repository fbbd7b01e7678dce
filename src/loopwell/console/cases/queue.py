"""Staff pages: who waits for a call, and who of them first?"""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.cases import queries
from loopwell.cases.enums import Tab
from loopwell.cases.rules import is_late, stage_of
from loopwell.console.cases.queue_form import FilterForm
from loopwell.console.door import StaffRequest, staff

ACTIONS = {
    "give": gettext_lazy("Give to one person"),
    "turns": gettext_lazy("Give by turns to several"),
    "priority": gettext_lazy("Set the priority"),
    "note": gettext_lazy("Add a note"),
    "unreachable": gettext_lazy("Close as “Not reached”"),
    "no_contact": gettext_lazy("Close as “Did not want to talk”"),
}


def tab_of(asked: str) -> Tab:
    return Tab(asked) if asked in Tab.values else Tab.MINE


def first_tab(actor: Actor, counts: dict[Tab, int]) -> Tab:
    """Who leads others and has nobody to call sees the calls of their people at once."""
    leads = actor.may(Right.COACH) and not counts[Tab.MINE] and counts[Tab.UNITS]
    return Tab.UNITS if leads else Tab.MINE


@staff(Right.READ_CASES)
def queue(request: StaffRequest) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    counts = queries.counts(actor, now=now)
    tab = tab_of(request.GET["tab"]) if "tab" in request.GET else first_tab(actor, counts)
    form = FilterForm(request.GET, actor=actor)
    wanted = form.wanted(tab)
    asked = request.GET.get("page", "")
    part = queries.queue_part(
        actor, now=now, wanted=wanted, page=int(asked) if asked.isdecimal() else 1
    )
    folded = form.folded_in_use()
    context = {
        "rows": [{"case": c, "stage": stage_of(c, now), "late": is_late(c, now)}
                 for c in part.cases],
        "part": part,
        "tab": tab,
        "tabs": [(each, counts[each], counts[each] > queries.MOST_COUNTED and each == Tab.CLOSED)
                 for each in Tab if each != Tab.ESCALATED or counts[each] or tab == each],
        "most": queries.MOST_COUNTED,
        "form": form,
        "folded": folded,
        "filtered": bool(folded or wanted.search or wanted.account),
        "account": queries.account_name(actor, wanted.account) if wanted.account else "",
        "kept": request.GET.urlencode(),
        "mine": counts[Tab.MINE],
        "to_call": queries.to_call_count(actor, now),
        "late": counts[Tab.LATE],
        "now": now,
        "may_rule": actor.may(Right.RUN_SURVEYS),
        "may_work": actor.may(Right.WORK_CASES),
        "approvals": _approvals(),
        "actions": ACTIONS.items(),
    }  # fmt: skip
    return render(request, "console/cases/queue.html", context)


def _approvals() -> str:
    """Where redress above a limit is decided; empty while there is no such page."""
    try:
        return reverse("cases:approvals")
    except NoReverseMatch:
        return ""
