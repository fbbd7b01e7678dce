"""Staff pages: which initiatives are there, as a list, a board, and along time?"""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.enums import Right
from loopwell.console.answers.choices import Choice
from loopwell.console.door import StaffRequest, staff
from loopwell.console.initiatives import words
from loopwell.console.initiatives.timeline import timeline
from loopwell.console.templatetags import numbers
from loopwell.initiatives.enums import State
from loopwell.initiatives.queries import lists
from loopwell.initiatives.queries.seeing import may_propose
from loopwell.initiatives.rules.states import OPEN

PER_PAGE, MOST = 25, 150
VIEWS = ("list", "board", "timeline")


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "list"
    counts = lists.counts(actor)
    chosen, wanted = _wanted(request)
    shown = replace(wanted, states=()) if view == "board" else wanted
    rows = lists.listed(actor, shown, today)
    context: dict[str, Any] = {
        "view": view,
        "state": chosen,
        "tabs": _tabs(counts),
        "finding": _finding(counts, lists.late_count(actor, today)),
        "any": bool(counts),
        "may_propose": may_propose(actor),
        "choices": _choices(request, wanted),
        "late_only": wanted.late,
        "kept": _kept(request),
        "today": today,
    }
    if view == "board":
        context["columns"] = _columns(list(rows[:MOST]))
    elif view == "timeline":
        context["timeline"] = timeline(list(rows[:MOST]), today)
    else:
        context["page"] = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "console/initiatives/index.html", context)


def _wanted(request: StaffRequest) -> tuple[str, lists.Wanted]:
    """What the address chooses; without a state those that are open."""
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in State.values else "open"
    states = OPEN if chosen == "open" else (State(chosen),)
    return chosen, lists.Wanted(
        states=states,
        owner=request.GET.get("owner", ""),
        theme=request.GET.get("theme", ""),
        late="late" in request.GET,
    )


def _finding(counts: dict[str, int], late: int) -> str:
    still = sum(counts.get(state.value, 0) for state in OPEN)
    if not still:
        return _("Nothing is open now.")
    told = ngettext("%(count)s initiative is open", "%(count)s initiatives are open", still)
    said = told % {"count": numbers.grouped(still)}
    if not late:
        return _("%(open)s, and nothing is late.") % {"open": said}
    behind = ngettext("%(count)s is late", "%(count)s are late", late)
    return f"{said}, {behind % {'count': numbers.grouped(late)}}."


def _tabs(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    still = sum(counts.get(state.value, 0) for state in OPEN)
    rest = [(s.value, str(s.label), counts.get(s.value, 0)) for s in State]
    return [("open", _("Open"), still), *rest]


def _choices(request: StaffRequest, wanted: lists.Wanted) -> dict[str, list[Choice]]:
    owners, themes = lists.owners(request.actor), lists.themes(request.actor)
    return {
        "owner": [
            Choice("", _("All owners"), not wanted.owner),
            *(Choice(each.ref, str(each), each.ref == wanted.owner) for each in owners),
        ],
        "theme": [
            Choice("", _("All problems"), not wanted.theme),
            *(Choice(each.slug, str(each), each.slug == wanted.theme) for each in themes),
        ],
    }


def _kept(request: StaffRequest) -> str:
    """The filters, to be added to the addresses of tabs."""
    query = request.GET.copy()
    for name in ("view", "state", "page"):
        query.pop(name, None)
    return query.urlencode()


def _columns(rows: list[Any]) -> list[tuple[State, str, list[Any]]]:
    return [
        (state, words.ICONS[state], [row for row in rows if row.state == state]) for state in State
    ]
