"""Staff pages: which dashboards are there, and what do they show?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.answers import choices
from loopwell.console.answers.choices import Choice
from loopwell.console.answers.selection import read_selection
from loopwell.console.dashboards.cards import shown_card
from loopwell.console.dashboards.filtering import Wanted, page_filters
from loopwell.console.door import StaffRequest, staff
from loopwell.insights.dashboards import dashboard_by_ref, dashboards
from loopwell.insights.phrasing import period_choices
from loopwell.insights.ready import READY, ReadyDashboard, ready_dashboard
from loopwell.kit.errors import NotFound

AGAIN = 300
"""Seconds after which a screen on the wall looks again."""


@dataclass(frozen=True)
class Shown:
    """A dashboard, ready or somebody's, as the page needs it."""

    name: str
    about: str
    cards: Sequence[Wanted]
    url: str
    ref: str = ""
    slug: str = ""
    owner: str = ""
    is_mine: bool = False


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    """One's own, those shared with one, and the ready ones, those for one's role first."""
    kept = dashboards(request.actor)
    roles = request.actor.roles
    shared = [each for each in kept if each.owner_id != request.actor.user_id]
    shared.sort(key=lambda each: not roles & set(each.roles))
    ready = sorted(READY.values(), key=lambda each: not each.roles & roles)
    context = {
        "mine": [each for each in kept if each.owner_id == request.actor.user_id],
        "shared": [(each, bool(roles & set(each.roles))) for each in shared],
        "ready": [(each, bool(each.roles & roles), len(each.cards)) for each in ready],
    }
    return render(request, "console/dashboards/index.html", context)


@staff(Right.READ_ANSWERS)
def show(request: StaffRequest, ref: str) -> HttpResponse:
    return _page(request, kept(request, ref))


@staff(Right.READ_ANSWERS)
def show_ready(request: StaffRequest, slug: str) -> HttpResponse:
    return _page(request, ready(slug))


@staff(Right.READ_ANSWERS)
def card(request: StaffRequest, ref: str, number: int) -> HttpResponse:
    return _card(request, kept(request, ref), number)


@staff(Right.READ_ANSWERS)
def ready_card(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    return _card(request, ready(slug), number)


def kept(request: StaffRequest, ref: str) -> Shown:
    found = dashboard_by_ref(request.actor, ref)
    cards = [
        Wanted(
            each.title or (each.question.name if each.question else ""),
            each.question.address if each.question else each.address,
            each.width,
        )
        for each in found.cards.all()
    ]
    return Shown(
        found.name,
        found.about,
        cards,
        reverse("dashboards:show", args=[found.ref]),
        ref=found.ref,
        owner=str(found.owner or ""),
        is_mine=found.owner_id == request.actor.user_id,
    )


def ready(slug: str) -> Shown:
    found: ReadyDashboard | None = ready_dashboard(slug)
    if found is None:
        raise NotFound(_("There is no such dashboard."))
    cards = [Wanted(str(each.title), each.address, each.width) for each in found.cards]
    url = reverse("dashboards:ready", args=[slug])
    return Shown(str(found.name), str(found.about), cards, url, slug=slug)


def _page(request: StaffRequest, shown: Shown) -> HttpResponse:
    """The frame at once and each card as soon as it is known; all together where the browser
    runs no scripts (`whole`) and on a screen on the wall (`tv`)."""
    filters = page_filters(request.GET)
    query = urlencode(filters)
    tv, whole = request.GET.get("tv") == "1", request.GET.get("whole") == "1"
    now = timezone.now()
    frames = [
        {
            "data_id": f"card-{number}",
            "wanted": each,
            "url": f"{shown.url}card/{number}/?{query}",
            "card": shown_card(each, filters, request.actor, now) if tv or whole else None,
        }
        for number, each in enumerate(shown.cards)
    ]
    context: dict[str, Any] = {
        "shown": shown,
        "frames": frames,
        "choices": _choices(request, filters),
        "whole": whole,
        "again": AGAIN,
        "now": now,
        "here": f"{shown.url}?{query}" if query else shown.url,
        "tv_url": f"{shown.url}?{urlencode({**filters, 'tv': 1})}",
        "whole_url": f"{shown.url}?{urlencode({**filters, 'whole': 1})}",
    }
    name = "tv" if tv else "dashboard"
    return render(request, f"console/dashboards/{name}.html", context)


def _card(request: StaffRequest, shown: Shown, number: int) -> HttpResponse:
    if number >= len(shown.cards):
        raise NotFound(_("There is no such card."))
    found = shown_card(
        shown.cards[number], page_filters(request.GET), request.actor, timezone.now()
    )
    context = {"card": found, "data_id": f"card-{number}"}
    return render(request, "console/dashboards/_card.html", context)


def _choices(request: StaffRequest, filters: dict[str, str]) -> dict[str, list[Choice]]:
    selection = read_selection(request.GET, request.actor, timezone.now())
    period = filters.get("period", "")
    periods = [Choice(each, words, each == period) for each, words in period_choices().items()]
    return {
        "period": [Choice("", _("Each card’s own time"), not period), *periods],
        "unit": choices.units(request.actor, selection),
        "kind": choices.kinds(selection),
        "touchpoint": choices.touchpoints_of(request.actor, selection),
    }
