"""Staff page: what do customers talk about, as a tree?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.taxonomy.forms import ProposedForm
from loopwell.kit.errors import ExpectedError
from loopwell.themes import operations, queries
from loopwell.themes.enums import ThemeKind
from loopwell.themes.queries.taxonomy import Line, lines, offered


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    return _page(request)


@require_POST
@staff(Right.RUN_SURVEYS)
def decide(request: StaffRequest, slug: str) -> HttpResponse:
    """A cause proposed in a call: into the taxonomy under these names, or into another theme."""
    theme, now = queries.theme_by_slug(slug), timezone.now()
    form = ProposedForm(request.POST, auto_id=f"id_{slug}_%s", offered=offered())
    if not form.is_valid():
        return _page(request, undecided=(slug, form), status=422)
    try:
        if "merge" in request.POST:
            into = queries.theme_by_slug(form.cleaned_data["into"])
            operations.merge_theme(actor=request.actor, now=now, theme=theme, into=into)
            done = _("Merged. What was found under it counts for the other theme now.")
        else:
            kind = ThemeKind(form.cleaned_data["kind"])
            names = form.names()
            operations.accept_theme(
                actor=request.actor, now=now, theme=theme, names=names, kind=kind
            )
            done = _("It is part of the taxonomy now.")
    except ExpectedError as error:
        form.add_error("into" if "merge" in request.POST else "en", str(error))
        return _page(request, undecided=(slug, form), status=error.status)
    messages.success(request, done)
    return redirect("taxonomy:index")


def _page(
    request: StaffRequest, *, undecided: tuple[str, ProposedForm] | None = None, status: int = 200
) -> HttpResponse:
    shown, known = lines(), offered()
    proposed = []
    for theme in queries.proposed_themes():
        start = {**theme.names, "kind": theme.kind}
        made = ProposedForm(initial=start, auto_id=f"id_{theme.slug}_%s", offered=known)
        mine = undecided is not None and undecided[0] == theme.slug
        proposed.append((theme, undecided[1] if undecided and mine else made))
    context: dict[str, Any] = {
        "lines": shown, "retired": lines(retired=True), "proposed": proposed,
        "now": timezone.now(), "finding": _finding(shown),
    }  # fmt: skip
    return render(request, "console/taxonomy/index.html", context, status=status)


def _finding(shown: list[Line]) -> str:
    delights = sum(line.theme.kind == ThemeKind.DELIGHT for line in shown)
    problems = len(shown) - delights
    problems_told = ngettext("%(n)d problem", "%(n)d problems", problems) % {"n": problems}
    delights_told = ngettext("%(n)d delight", "%(n)d delights", delights) % {"n": delights}
    told = _("The taxonomy holds %(problems)s and %(delights)s.")
    return told % {"problems": problems_told, "delights": delights_told}
