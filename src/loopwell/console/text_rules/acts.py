"""Staff pages: which rules are there, and what does switching or removing one do to the past?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.text_rules.writing import shown
from loopwell.kit.errors import ExpectedError
from loopwell.themes import operations
from loopwell.themes.queries.ruled import (
    comments_in_all,
    found_by_rules,
    reading_history,
    ruled_themes,
)
from loopwell.themes.queries.rules import rule_by_ref
from loopwell.themes.rules.finding import MOST_SLOW

SHOWN_LINES = 6


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    found = ruled_themes(now)
    context = {
        "ruled": [(each, [(rule, *said(rule)) for rule in each.rules]) for each in found],
        "themes_on": sum(each.is_on for each in found),
        "rules_on": sum(rule.is_on for each in found for rule in each.rules),
        "running": reading_history(now),
    }
    return render(request, "console/text_rules/index.html", context)


@staff(Right.RUN_SURVEYS)
def switch(request: StaffRequest, ref: str) -> HttpResponse:
    """First what that does to comments that are there, then the act."""
    rule = rule_by_ref(ref)
    context = _about(rule)
    if request.method == "POST":
        on = "on" in request.POST
        try:
            operations.switch_rule(actor=request.actor, now=timezone.now(), rule=rule, on=on)
        except ExpectedError as error:
            context |= {"problem": str(error)}
            return render(request, "console/text_rules/switch.html", context, status=error.status)
        messages.success(request, _done(on=on))
        return redirect("text_rules:index")
    if not rule.is_on:
        try:
            context |= shown(request, rule)
        except ExpectedError as error:
            context |= {"problem": str(error)}
    return render(request, "console/text_rules/switch.html", context)


@staff(Right.RUN_SURVEYS)
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    rule = rule_by_ref(ref)
    if request.method == "POST":
        operations.remove_rule(actor=request.actor, now=timezone.now(), rule=rule)
        messages.success(request, _("Removed."))
        return redirect("text_rules:index")
    return render(request, "console/text_rules/remove.html", _about(rule))


def said(rule: Any) -> tuple[list[str], int]:
    """The first lines of a rule, and how many more there are."""
    lines = [line.strip() for line in rule.patterns.splitlines() if line.strip()]
    return lines[:SHOWN_LINES], max(len(lines) - SHOWN_LINES, 0)


def _about(rule: Any) -> dict[str, Any]:
    lines, more = said(rule)
    others = [each for each in rule.theme.rules.filter(is_on=True) if each.pk != rule.pk]
    return {
        "rule": rule, "topic": rule.theme, "lines": lines, "more": more,
        "comments": comments_in_all(), "found": found_by_rules(rule.theme),
        "others": len(others), "most_slow": MOST_SLOW,
    }  # fmt: skip


def _done(*, on: bool) -> str:
    if on:
        return _("Switched on. It reads every new answer; older comments are read now.")
    return _("Switched off. What it alone found is taken back now.")
