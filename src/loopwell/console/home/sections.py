"""What does each section of a home page show? One function and one template for each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.cases.enums import Tab
from loopwell.cases.queries import newest_open, open_count
from loopwell.console.answers.selection import Selection
from loopwell.console.home import drawing
from loopwell.console.home.board import Board
from loopwell.console.home.groups import by_dimension, dimensions
from loopwell.console.home.headline import headline, late_words
from loopwell.console.home.page import Page
from loopwell.console.home.targets import target_words
from loopwell.digests.queries import causes, my_accounts, picked, waiting
from loopwell.insights.questions import Question, ask_one
from loopwell.responses.queries import answers, newest_comments

COMMENTS, CASES, AT_MOST, OWN, ACCOUNTS = 6, 5, 100, 4, 8
Context = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """`numbers`: read from the warehouse, left out while there is nothing to count."""

    slug: str
    context: Callable[[Page], Context]
    right: Right = Right.READ_ANSWERS
    numbers: bool = False

    @property
    def template(self) -> str:
        return f"console/home/_{self.slug}.html"


def _today(page: Page) -> Context:
    return {"waiting": waiting(page.actor, page.now, page.today)}


def _cases(page: Page) -> Context:
    counted = page.case_counts
    return {
        "cases": _first_to_call(page),
        "open_cases": open_count(page.actor),
        "late_cases": counted[Tab.LATE],
        "my_cases": counted[Tab.MINE],
        "late_query": f"tab={Tab.LATE.value}",
    }


def _first_to_call(page: Page) -> list[Any]:
    """Their own first; of these, whoever has not been reached yet and is due the soonest."""
    rows = newest_open(page.actor, page.now, AT_MOST)
    me = page.actor.user_id
    return sorted(rows, key=lambda c: (c.owner_id != me, bool(c.reached_at), c.due_at))[:CASES]


def _headline(page: Page) -> Context:
    """Says nothing of units to those whose home does not show them."""
    units = page.units if page.home not in ("caller", "account") else []
    sentences = headline(page.board, page.selection, units, reverse("answers:list"))
    sentences += target_words(page.actor, page.selection, page.today)
    if page.sees_cases and (late := page.case_counts[Tab.LATE]):
        sentences.append(late_words(late, f"{reverse('cases:queue')}?tab={Tab.LATE.value}"))
    return {"headline": sentences}


def _score(page: Page) -> Context:
    found, selection = page.board, page.selection
    return {
        "board": found,
        "score": drawing.estimate_of(found.score),
        "rate": drawing.estimate_of(found.rate),
        "kinds": drawing.kind_lines(found, selection),
        "scores_data": drawing.distribution_picture(found, selection),
    }


def _trend(page: Page) -> Context:
    lines = drawing.trend_lines(page.board, page.selection)
    return {
        "lines": lines,
        "trend_title": drawing.trend_title(page.board),
        "trend_data": drawing.trend_picture(page.board, lines),
    }


def _units(page: Page) -> Context:
    title = drawing.ranked_title(page.units)
    return {
        "units": page.units,
        "units_title": title,
        "units_data": drawing.ranked_picture(page.units, average(page), title),
        "every": page.every,
        "units_query": urlencode([*parse_qsl(page.selection.query()), *_cut(page)]),
    }


def _groups(page: Page) -> Context:
    actor, selection = page.actor, page.selection
    cuts = dimensions(actor, selection, page.request.GET.get("by", ""))
    cut = next(choice for choice in cuts if choice.chosen)
    groups = by_dimension(actor, selection, cut.value)
    title = drawing.cut_title(cut.label, groups)
    chosen = parse_qsl(selection.query())
    return {
        "cuts": cuts,
        "cut": cut,
        "groups": groups,
        "groups_title": title,
        "groups_data": drawing.ranked_picture(groups, average(page), title),
        "kept": [*chosen, *([("level", "every")] if page.every else [])],
    }


def _cut(page: Page) -> list[tuple[str, str]]:
    by = page.request.GET.get("by", "")
    return [("by", by)] if by else []


def average(page: Page) -> float | None:
    """The whole company's score; only for those who see the whole company."""
    return _average(page.actor, page.selection, page.board)


def _average(actor: Actor, selection: Selection, found: Board) -> float | None:
    if not actor.within(Right.READ_ANSWERS).everything:
        return None
    if selection.unit is None:
        return found.score.value
    whole = replace(selection, unit=None).for_numbers()
    return ask_one(Question("nps", filters=whole), actor).value


def _causes(page: Page) -> Context:
    chosen = page.selection
    found = causes(page.actor, start=chosen.start, end=chosen.end, unit_path=chosen.path)
    return {"causes": found}


def _comments(page: Page) -> Context:
    wanted = page.selection.for_answers()
    return {"comments": newest_comments(page.actor, wanted, COMMENTS)}


def _mine(page: Page) -> Context:
    """What customers said about this very person."""
    rows = answers(page.actor, replace(page.selection, unit=None).for_answers())
    return {"about_me": list(rows.filter(employee_id=page.actor.user_id)[:OWN])}


def _accounts(page: Page) -> Context:
    shown, all_of_them = my_accounts(page.actor, page.today, ACCOUNTS)
    return {"my_accounts": shown, "account_count": all_of_them}


def _listen(page: Page) -> Context:
    return {"picked": picked(page.actor, page.now, page.today)}


TODAY = Section("today", _today, Right.READ_ANSWERS)
CALLS = Section("cases", _cases, Right.READ_CASES)
HEADLINE = Section("headline", _headline, numbers=True)
SCORE = Section("score", _score, numbers=True)
TREND = Section("trend", _trend, numbers=True)
UNITS = Section("units", _units, numbers=True)
GROUPS = Section("by", _groups, numbers=True)
CAUSES = Section("causes", _causes)
COMMENTS_LAST = Section("comments", _comments)
MINE = Section("mine", _mine)
ACCOUNTS_FIRST = Section("accounts", _accounts, Right.READ_CUSTOMERS)
LISTEN = Section("listen", _listen)
