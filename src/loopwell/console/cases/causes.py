"""Staff pages: which root causes can people choose from?"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import ExpectedError
from loopwell.themes import operations, queries
from loopwell.themes.enums import ThemeKind

KINDS = [(kind.value, kind.label) for kind in ThemeKind if kind != ThemeKind.DELIGHT]


class CauseForm(forms.Form):
    """A root cause's name in each language; English is needed, the others fall back on it."""

    def __init__(self, *args: Any, with_kind: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[code] = forms.CharField(label=name, max_length=80, required=code == "en")
        if with_kind:
            self.fields["kind"] = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS)

    def names(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code, _name in settings.LANGUAGES}


@staff(Right.RUN_SURVEYS)
def causes(request: StaffRequest) -> HttpResponse:
    return _page(request)


@require_POST
@staff(Right.RUN_SURVEYS)
def add_cause(request: StaffRequest) -> HttpResponse:
    form = CauseForm(request.POST, with_kind=True, auto_id="id_new_%s")
    if not form.is_valid():
        return _page(request, new=form, status=422)
    try:
        kind = ThemeKind(form.cleaned_data["kind"])
        operations.add_theme(actor=request.actor, names=form.names(), kind=kind)
    except ExpectedError as error:
        form.add_error("en", str(error))
        return _page(request, new=form, status=error.status)
    messages.success(request, _("Added. It can be chosen from now on."))
    return redirect("cases:causes")


@require_POST
@staff(Right.RUN_SURVEYS)
def change_cause(request: StaffRequest, slug: str) -> HttpResponse:
    theme = queries.theme_by_slug(slug)
    if "retire" in request.POST:
        operations.retire_theme(actor=request.actor, now=timezone.now(), theme=theme)
        messages.success(request, _("No longer offered. What was found stays in the numbers."))
        return redirect("cases:causes")
    form = CauseForm(request.POST, auto_id=f"id_{slug}_%s")
    if not form.is_valid():
        return _page(request, broken=(slug, form), status=422)
    operations.rename_theme(actor=request.actor, theme=theme, names=form.names())
    messages.success(request, _("Saved."))
    return redirect("cases:causes")


class ProposedForm(CauseForm):
    """Names and kind for the list, or an existing cause that means the same."""

    into = forms.ChoiceField(label=gettext_lazy("It means the same as"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, with_kind=True, **kwargs)
        self.fields["en"].required = False
        known = [(t.slug, str(t)) for t in queries.root_causes() if not _waits(t)]
        choices = [("", gettext_lazy("Choose")), *known]
        self.fields["into"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def words(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "into"]


def _waits(theme: Any) -> bool:
    return theme.proposed_at is not None and theme.accepted_at is None


@require_POST
@staff(Right.RUN_SURVEYS)
def decide_cause(request: StaffRequest, slug: str) -> HttpResponse:
    """A cause proposed in a call: into the list under these names, or into another cause."""
    theme, now = queries.theme_by_slug(slug), timezone.now()
    form = ProposedForm(request.POST, auto_id=f"id_{slug}_%s")
    if not form.is_valid():
        return _page(request, undecided=(slug, form), status=422)
    try:
        if "merge" in request.POST:
            into = queries.theme_by_slug(form.cleaned_data["into"])
            operations.merge_theme(actor=request.actor, now=now, theme=theme, into=into)
            done = _("Merged. What was found under it counts for the other cause now.")
        else:
            kind = ThemeKind(form.cleaned_data["kind"])
            names = form.names()
            operations.accept_theme(
                actor=request.actor, now=now, theme=theme, names=names, kind=kind
            )
            done = _("It is part of the list now.")
    except ExpectedError as error:
        form.add_error("into" if "merge" in request.POST else "en", str(error))
        return _page(request, undecided=(slug, form), status=error.status)
    messages.success(request, done)
    return redirect("cases:causes")


def _page(
    request: StaffRequest,
    *,
    new: CauseForm | None = None,
    broken: tuple[str, CauseForm] | None = None,
    undecided: tuple[str, ProposedForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = []
    for theme in queries.root_causes():
        if _waits(theme):
            continue
        form = CauseForm(initial=theme.names, auto_id=f"id_{theme.slug}_%s")
        wrong = broken is not None and broken[0] == theme.slug
        shown.append((theme, broken[1] if broken and wrong else form, wrong))
    proposed = []
    for theme in queries.proposed_themes():
        start = {**theme.names, "kind": theme.kind}
        made = ProposedForm(initial=start, auto_id=f"id_{theme.slug}_%s")
        mine = undecided is not None and undecided[0] == theme.slug
        proposed.append((theme, undecided[1] if undecided and mine else made))
    context = {
        "causes": shown,
        "proposed": proposed,
        "now": timezone.now(),
        "new": new or CauseForm(with_kind=True, auto_id="id_new_%s"),
        "adding": new is not None,
    }
    return render(request, "console/cases/causes.html", context, status=status)
