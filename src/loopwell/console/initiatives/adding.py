"""Staff pages: an issue or a call becomes part of an initiative that is there already."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.console.door import StaffRequest, staff
from loopwell.console.initiatives.sources import Source, first_words, source_of
from loopwell.initiatives.operations.raising import take_in
from loopwell.initiatives.queries.seeing import initiative_by_ref, to_work_on
from loopwell.initiatives.rules.states import OPEN
from loopwell.kit.errors import Conflict, NotFound


class AddForm(forms.Form):
    """The choices are those the reader may work on."""

    initiative = forms.ChoiceField(
        label=gettext_lazy("Initiative"), widget=forms.RadioSelect, choices=()
    )

    def __init__(self, data: Any = None, *, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["initiative"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


@staff(Right.READ_ANSWERS, Right.SET_TARGETS)
def add(request: StaffRequest) -> HttpResponse:
    """`issue` or `case` in the address says which."""
    actor = request.actor
    source = source_of(actor, request.POST if request.method == "POST" else request.GET)
    if not (source.issue or source.case):
        raise NotFound(_("There is no such issue."))
    form = AddForm(
        request.POST if request.method == "POST" else None, choices=_choices(actor, source)
    )
    if request.method == "POST" and form.is_valid():
        found = initiative_by_ref(actor, form.cleaned_data["initiative"])
        try:
            take_in(
                actor=actor, now=timezone.now(), initiative=found, issue=source.issue,
                case=source.case,
            )  # fmt: skip
        except Conflict as error:
            form.add_error("initiative", str(error))
        else:
            messages.success(request, _("Added. Whoever raised it is told when it is solved."))
            return redirect("initiatives:initiative", found.ref)
    context = {"form": form, "source": source}
    status = 422 if form.errors else 200
    return render(request, "console/initiatives/add.html", context, status=status)


def _choices(actor: Actor, source: Source) -> list[tuple[str, str]]:
    """Those that fix the same problem first."""
    slugs = set(first_words(actor, source)["themes"])
    mine = list(to_work_on(actor).filter(state__in=OPEN).prefetch_related("themes"))
    mine.sort(key=lambda row: not slugs & {theme.slug for theme in row.themes.all()})
    return [(row.ref, f"{row.title} · {row.get_state_display()}") for row in mine]
