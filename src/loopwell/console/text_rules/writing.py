"""Staff pages: a rule is written, tried out on the newest comments, and saved."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.marking import pieces
from loopwell.console.text_rules.forms import RuleForm
from loopwell.kit.errors import ExpectedError, Invalid
from loopwell.themes import operations
from loopwell.themes.operations.rules import drafted
from loopwell.themes.queries.rules import rule_by_ref
from loopwell.themes.queries.taxonomy import lines
from loopwell.themes.queries.trying import Shown, try_out


@dataclass(frozen=True)
class Comment:
    """A comment in pieces, with what people named in it."""

    answer: Any
    pieces: list[tuple[str, bool]]
    told: list[str] | None


@staff(Right.RUN_SURVEYS)
def new(request: StaffRequest) -> HttpResponse:
    """The theme can be chosen by the address."""
    return _edit(request, None)


@staff(Right.RUN_SURVEYS)
def change(request: StaffRequest, ref: str) -> HttpResponse:
    return _edit(request, rule_by_ref(ref))


@require_POST
@staff(Right.RUN_SURVEYS)
def try_new(request: StaffRequest) -> HttpResponse:
    """What it finds alone, for the page that is open; stores nothing."""
    return render(request, "console/text_rules/_tried.html", _tried(request, None))


@require_POST
@staff(Right.RUN_SURVEYS)
def try_change(request: StaffRequest, ref: str) -> HttpResponse:
    return render(request, "console/text_rules/_tried.html", _tried(request, rule_by_ref(ref)))


def _edit(request: StaffRequest, rule: Any) -> HttpResponse:
    if request.method != "POST":
        start = {} if rule else {"initial": {"theme": request.GET.get("theme", "")}}
        return _page(request, _form(rule, None, **start), rule)
    form = _form(rule, request.POST)
    if "try" in request.POST:  # without JavaScript
        return _page(request, form, rule, **_tried(request, rule))
    if form.is_valid():
        try:
            saved = operations.write_rule(
                actor=request.actor, now=timezone.now(), draft=form.draft(), rule=rule
            )
        except ExpectedError as error:
            _blame(form, error)
        else:
            return _saved(request, saved)
    return _page(request, form, rule, status=422)


def _saved(request: StaffRequest, rule: Any) -> HttpResponse:
    if rule.is_on:
        messages.success(request, _("Saved. All comments are read anew in the background."))
        return redirect("text_rules:index")
    messages.success(request, _("Saved, switched off. See what it finds, then switch it on."))
    return redirect("text_rules:switch", rule.ref)


def _form(rule: Any, data: Any, **more: Any) -> RuleForm:
    return RuleForm(data, offered=lines(), rule=rule, **more)


def _page(
    request: StaffRequest, form: RuleForm, rule: Any, *, status: int = 200, **told: Any
) -> HttpResponse:
    context = {"form": form, "rule": rule, **told}
    return render(request, "console/text_rules/rule.html", context, status=status)


def _tried(request: StaffRequest, rule: Any) -> dict[str, Any]:
    form = _form(rule, request.POST)
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        return {"problem": first}
    try:
        return shown(request, drafted(form.draft(), rule))
    except ExpectedError as error:
        return {"problem": str(error)}


def shown(request: StaffRequest, rule: Any) -> dict[str, Any]:
    """What the try-out of a rule found, for its template. Raises Invalid."""
    tried = try_out(request.actor, rule)
    return {
        "tried": tried,
        "topic": rule.theme,
        "examples": [_comment(each) for each in tried.examples],
        "wrong": [_comment(each) for each in tried.wrong],
        "missed": [_comment(each) for each in tried.missed],
    }


def _comment(each: Shown) -> Comment:
    return Comment(each.answer, pieces(each.answer.comment, each.words), each.told)


def _blame(form: RuleForm, error: ExpectedError) -> None:
    if isinstance(error, Invalid):
        blame(form, error)
    else:
        form.add_error("theme", str(error))
