"""Staff pages: what is one theme, and how do people change it?"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.taxonomy.forms import ThemeForm
from loopwell.console.taxonomy.sentences import told_of
from loopwell.kit.errors import ExpectedError, Invalid
from loopwell.kit.translated import said_in
from loopwell.themes import operations, queries
from loopwell.themes.queries.taxonomy import change, changes, hanging
from loopwell.themes.rules.taxonomy import LEVELS, in_order


@staff(Right.RUN_SURVEYS)
def new(request: StaffRequest) -> HttpResponse:
    under = request.POST.get("under", request.GET.get("under", ""))
    parent = queries.theme_by_slug(under) if under else None
    form = ThemeForm(request.POST or None, initial={"kind": parent.kind if parent else "defect"})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.add_theme(
                actor=request.actor, now=timezone.now(), words=form.words(),
                kind=form.told_kind(), parent=parent,
            )  # fmt: skip
        except ExpectedError as error:
            _blame(form, error)
        else:
            messages.success(request, _("Added. It can be chosen from now on."))
            return redirect("taxonomy:theme", made.slug)
    context = {"form": form, "parent": parent}
    status = 422 if request.method == "POST" else 200
    return render(request, "console/taxonomy/new.html", context, status=status)


@staff(Right.RUN_SURVEYS)
def theme(request: StaffRequest, slug: str) -> HttpResponse:
    found = queries.theme_by_slug(slug)
    form = ThemeForm(request.POST or None, theme=found)
    if request.method == "POST" and form.is_valid():
        try:
            operations.describe_theme(
                actor=request.actor, now=timezone.now(), theme=found, words=form.words(),
                kind=form.told_kind(),
            )  # fmt: skip
        except ExpectedError as error:
            _blame(form, error)
        else:
            messages.success(request, _("Saved. What was found before stays with it."))
            return redirect("taxonomy:theme", slug)
    context = {"topic": found, "form": form, **_about(found)}
    status = 422 if request.method == "POST" else 200
    return render(request, "console/taxonomy/theme.html", context, status=status)


def _about(found: Any) -> dict[str, Any]:
    above: list[Any] = []
    at = found.parent
    while at is not None:
        above.insert(0, at)
        at = at.parent
    return {
        "above": above,
        "hanging": hanging(found),
        "may_have_parts": len(above) + 1 < LEVELS and found.retired_at is None,
        "history": [(each, told_of(each)) for each in found.changes.select_related("by")[:20]],
    }


@require_POST
@staff(Right.RUN_SURVEYS)
def restore(request: StaffRequest, slug: str) -> HttpResponse:
    found = queries.theme_by_slug(slug)
    try:
        operations.restore_theme(actor=request.actor, now=timezone.now(), theme=found)
    except ExpectedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is offered again."))
    return redirect("taxonomy:theme", slug)


@staff(Right.RUN_SURVEYS)
def history(request: StaffRequest) -> HttpResponse:
    shown = [(each, told_of(each)) for each in changes()]
    return render(request, "console/taxonomy/history.html", {"changes": shown})


@staff(Right.RUN_SURVEYS)
def version(request: StaffRequest, number: int) -> HttpResponse:
    """The taxonomy as it was after one act."""
    found = change(number)
    if found is None:
        raise Http404
    known = {each["slug"]: each for each in found.themes}
    order = in_order((s, each["parent"], each["position"]) for s, each in known.items())
    lines = [(said_in(known[slug]["names"]), known[slug]["kind"], level)
             for slug, level in order if not known[slug]["retired"]]  # fmt: skip
    context = {"change": found, "said": told_of(found), "lines": lines}
    return render(request, "console/taxonomy/version.html", context)


def _blame(form: ThemeForm, error: ExpectedError) -> None:
    """Messages of a language's name stand beside that field."""
    if not isinstance(error, Invalid):
        form.add_error("names-en", str(error))
        return
    blame(form, error, {code: f"names-{code}" for code, _name in settings.LANGUAGES})
