"""The home page: what do the numbers say, who waits for a call, what did customers write?"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from loopwell.access.enums import Right, Role
from loopwell.access.rules import Actor
from loopwell.cases.enums import Tab
from loopwell.cases.queries import counts as case_counts
from loopwell.cases.queries import newest_open, open_count
from loopwell.console.answers import choices
from loopwell.console.answers.selection import Selection, read_selection, today
from loopwell.console.door import StaffRequest, staff
from loopwell.console.home import drawing
from loopwell.console.home.board import Board, board
from loopwell.console.home.first_steps import first_steps
from loopwell.console.home.groups import Group, by_dimension, by_unit, dimensions, top_units
from loopwell.console.home.headline import Sentence, headline, late_words
from loopwell.insights.questions import Question, ask_one
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.responses.queries import newest_answer_at, newest_comments, tally

CALLERS = frozenset({Role.FRONT_LINE, Role.CALL_BACK})
COMMENTS, CASES, AT_MOST = 6, 5, 100


@staff()
def index(request: StaffRequest) -> HttpResponse:
    """People who may not read answers (keys of other work) get the frame and a hint."""
    actor, now = request.actor, timezone.now()
    context: dict[str, Any] = {"now": now, "calls": bool(actor.roles) and actor.roles <= CALLERS}
    context |= _waiting(actor, now)
    if not actor.may(Right.READ_ANSWERS):
        return render(request, "console/home/closed.html", context)
    newest = newest_answer_at(actor)
    if newest is None:
        steps = first_steps(actor)
        context |= {"steps": steps, "next": next((s for s in steps if not s.done), None)}
        return render(request, "console/home/empty.html", context)
    tops = top_units(actor)
    selection = replace(
        read_selection(request.GET, actor, now),
        category="", score=None, weekday=None, comment=False, text="",
    )  # fmt: skip
    context |= {
        "selection": selection,
        "choices": {
            "period": choices.periods(selection),
            "unit": choices.units(actor, selection),
            "kind": choices.kinds(selection),
        },
        "applied": [*choices.applied(selection), *choices.hidden(selection)],
        "answers_query": selection.query(),
        "comments": newest_comments(actor, selection.for_answers(), COMMENTS),
        "newest": newest,
        "place": tops[0] if len(tops) == 1 else "",
        "sees_customers": actor.may(Right.READ_CUSTOMERS),
        "sees_cases": actor.may(Right.READ_CASES),
    }
    try:
        context |= _numbers(request, selection, now, late=context["late_cases"])
        if not context["board"].score.n:
            context["not_yet"] = tally(actor, selection.for_answers()).n
    except WarehouseUnavailable as error:
        context["trouble"] = str(error)
    return render(request, "console/home/index.html", context)


def _waiting(actor: Actor, now: datetime) -> dict[str, Any]:
    if not actor.may(Right.READ_CASES):
        return {"cases": [], "open_cases": 0, "late_cases": 0, "my_cases": 0}
    counted = case_counts(actor, now=now)
    return {
        "cases": _first_to_call(actor, now),
        "open_cases": open_count(actor),
        "late_cases": counted[Tab.LATE],
        "my_cases": counted[Tab.MINE],
        "late_query": f"tab={Tab.LATE.value}",
    }


def _first_to_call(actor: Actor, now: datetime) -> list[Any]:
    """Their own first; of these, whoever has not been reached yet and is due the soonest."""
    rows = newest_open(actor, now, AT_MOST)
    rows = sorted(rows, key=lambda c: (c.owner_id != actor.user_id, bool(c.reached_at), c.due_at))
    return rows[:CASES]


def _numbers(
    request: StaffRequest, selection: Selection, now: datetime, *, late: int
) -> dict[str, Any]:
    actor = request.actor
    found = board(actor, selection, today(now))
    every = request.GET.get("level") == "every"
    units = by_unit(actor, selection, every=every)
    cuts = dimensions(actor, selection, request.GET.get("by", ""))
    cut = next(choice for choice in cuts if choice.chosen)
    groups = by_dimension(actor, selection, cut.value)
    lines = drawing.trend_lines(found, selection)
    average = _average(actor, selection, found)
    return {
        "board": found,
        "score": drawing.estimate_of(found.score),
        "rate": drawing.estimate_of(found.rate),
        "headline": _headline(found, selection, units, late),
        "kinds": drawing.kind_lines(found, selection),
        "lines": lines,
        "trend_title": drawing.trend_title(found),
        "trend_data": drawing.trend_picture(found, lines),
        "units": units,
        "units_title": drawing.ranked_title(units),
        "units_data": drawing.ranked_picture(units, average, drawing.ranked_title(units)),
        "every": every,
        "cuts": cuts,
        "cut": cut,
        "groups": groups,
        "groups_title": drawing.cut_title(cut.label, groups),
        "groups_data": drawing.ranked_picture(
            groups, average, drawing.cut_title(cut.label, groups)
        ),
        "scores_data": drawing.distribution_picture(found, selection),
        "level_query": urlencode([*parse_qsl(selection.query()), ("by", cut.value)]),
        "kept": [*parse_qsl(selection.query()), *([("level", "every")] if every else [])],
    }


def _average(actor: Actor, selection: Selection, found: Board) -> float | None:
    """The whole company's score; only for those who see the whole company."""
    if not actor.within(Right.READ_ANSWERS).everything:
        return None
    if selection.unit is None:
        return found.score.value
    whole = replace(selection, unit=None).for_numbers()
    return ask_one(Question("nps", filters=whole), actor).value


def _headline(found: Board, selection: Selection, units: list[Group], late: int) -> list[Sentence]:
    sentences = headline(found, selection, units, reverse("answers:list"))
    if late:
        sentences.append(late_words(late, f"{reverse('cases:queue')}?tab={Tab.LATE.value}"))
    return sentences
