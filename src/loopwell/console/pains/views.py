"""Staff pages: the pain map, and one problem."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.answers import choices
from loopwell.console.answers.choices import Choice
from loopwell.console.answers.selection import Selection
from loopwell.console.door import StaffRequest, staff
from loopwell.console.pains import one, showing
from loopwell.console.pains.asked import read_asked
from loopwell.initiatives.queries.seeing import may_propose
from loopwell.insights.complaining import complained
from loopwell.insights.pains import AREA, pain_map
from loopwell.themes import queries
from loopwell.themes.queries.taxonomy import has_levels

SHOWN = ("delights", "quiet")


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    asked = read_asked(request)
    selection, voice, by = asked.selection, asked.voice, asked.by
    show = request.GET.get("show", "")
    delights = show == "delights"
    filters = selection.for_numbers()
    found = pain_map(filters, voice, request.actor, by)
    shown = found.delights if delights else found.pains
    told = {} if delights else complained(filters, voice, request.actor, shown, by)
    lines = showing.lines(shown, selection, voice, request.actor, told)
    quiet = [line for line in lines if line.is_quiet]
    only_quiet = show == "quiet"
    lines = quiet if only_quiet else lines
    said = _("Reach, and points gained") if delights else showing.headline(found)
    context = {
        "selection": selection,
        "found": found,
        "lines": lines,
        "voice": voice,
        "speaking": asked.speaking,
        "delights": delights,
        "only_quiet": only_quiet,
        "quiet": quiet,
        "has_complaints": bool(told),
        "level": by == AREA,
        "at_level": "&level=areas" if by == AREA else "",
        "showing": f"&show={show}" if show in SHOWN else "",
        "has_areas": has_levels(),
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
    asked = read_asked(request)
    selection, voice = asked.selection, asked.voice
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


def _choices(request: StaffRequest, selection: Selection) -> dict[str, list[Choice]]:
    found: dict[str, Any] = {
        "period": choices.periods(selection),
        "unit": choices.units(request.actor, selection),
        "kind": choices.kinds(selection),
        "touchpoint": choices.touchpoints_of(request.actor, selection),
    }
    return found
