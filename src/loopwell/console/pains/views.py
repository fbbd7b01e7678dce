"""Staff pages: the pain map, and one problem."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.answers import choices
from loopwell.console.answers.choices import Choice
from loopwell.console.answers.selection import Selection, read_selection
from loopwell.console.door import StaffRequest, staff
from loopwell.console.pains import one, showing
from loopwell.initiatives.queries.seeing import may_propose
from loopwell.insights.pains import CALL, COMMENT, pain_map, voices
from loopwell.themes import queries


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    selection = read_selection(_with_period(request), request.actor, timezone.now())
    speaking = voices(selection.for_numbers(), request.actor)
    voice = _voice(request, speaking)
    delights = request.GET.get("show") == "delights"
    found = pain_map(selection.for_numbers(), voice, request.actor)
    shown = found.delights if delights else found.pains
    lines = showing.lines(shown, selection, voice, request.actor)
    said = _("Reach, and points gained") if delights else showing.headline(found)
    context = {
        "selection": selection,
        "found": found,
        "lines": lines,
        "voice": voice,
        "speaking": speaking,
        "delights": delights,
        "headline": "" if delights else said,
        "base": showing.base_words(found),
        "has_money": any(line.pain.revenue is not None for line in lines),
        "picture": showing.picture(lines, said, delights=delights),
        "choices": _choices(request, selection),
        "may_change": request.actor.may(Right.RUN_SURVEYS),
    }
    return render(request, "console/pains/index.html", context)


@staff(Right.READ_ANSWERS)
def problem(request: StaffRequest, slug: str) -> HttpResponse:
    theme = queries.theme_by_slug(slug)
    selection = read_selection(_with_period(request), request.actor, timezone.now())
    speaking = voices(selection.for_numbers(), request.actor)
    voice = _voice(request, speaking)
    context = {
        "topic": theme,
        "selection": selection,
        "voice": voice,
        "choices": _choices(request, selection),
        "may_change": request.actor.may(Right.RUN_SURVEYS),
        "may_propose": may_propose(request.actor),
        **one.about(request.actor, selection, theme, voice),
    }
    return render(request, "console/pains/problem.html", context)


def _with_period(request: StaffRequest) -> QueryDict:
    """A year where the address says nothing: causes are rare, a month shows none of them."""
    query = request.GET.copy()
    if not {"period", "from", "to"} & set(query):
        query["period"] = "12m"
    return query


def _voice(request: StaffRequest, speaking: dict[str, int]) -> str:
    wanted = request.GET.get("voice", "")
    if wanted in (CALL, COMMENT):
        return wanted
    return COMMENT if speaking.get(COMMENT) or not speaking.get(CALL) else CALL


def _choices(request: StaffRequest, selection: Selection) -> dict[str, list[Choice]]:
    found: dict[str, Any] = {
        "period": choices.periods(selection),
        "unit": choices.units(request.actor, selection),
        "kind": choices.kinds(selection),
        "touchpoint": choices.touchpoints_of(request.actor, selection),
    }
    return found
