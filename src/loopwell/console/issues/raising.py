"""Staff pages: raising an issue, from a case, an answer, or from nothing."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.queries import in_order
from loopwell.access.rules import Actor
from loopwell.cases.queries import case_by_ref
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.issues.forms import IssueForm
from loopwell.huddles.operations.issues import IssueDraft, Shown, raise_issue
from loopwell.huddles.queries.issues import likely_duplicates, may_raise, units_to_raise_for
from loopwell.huddles.queries.teams import own_team
from loopwell.huddles.rules.likeness import Wording
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.responses.queries import answer_by_ref
from loopwell.themes.queries import causes_found, root_causes


@dataclass(frozen=True)
class About:
    """What the address names: a case, an answer, or neither."""

    case: Any = None
    answer: Any = None

    @property
    def shown(self) -> Shown:
        return Shown([self.case] if self.case else [], [self.answer] if self.answer else [])

    @property
    def response(self) -> Any:
        return self.case.response if self.case else self.answer

    @property
    def unit(self) -> Any:
        return (self.case or self.answer).unit if self.case or self.answer else None


def about(actor: Actor, given: Any) -> About:
    if given.get("case"):
        return About(case=case_by_ref(actor, given["case"]))
    if given.get("answer"):
        return About(answer=answer_by_ref(actor, given["answer"]))
    return About()


@staff(Right.READ_ANSWERS)
def new(request: StaffRequest) -> HttpResponse:
    """Likely duplicates are shown before it is saved; whoever is sure raises it all the same."""
    actor = request.actor
    if not may_raise(actor):
        raise Forbidden(_("Issues are raised by those who serve customers or lead a team."))
    source = about(actor, request.POST if request.method == "POST" else request.GET)
    form, units, themes = _form(request, source)
    likely = []
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        theme = themes.get(said["theme"])
        wording = Wording(said["title"], said["text"], theme.pk if theme else None)
        likely = [] if request.POST.get("sure") else likely_duplicates(actor, wording)
        if not likely:
            draft = IssueDraft(said["title"], said["text"], units[said["unit"]], theme,
                               source.shown)  # fmt: skip
            try:
                raised = raise_issue(actor=actor, now=timezone.now(), draft=draft)
            except Invalid as error:
                blame(form, error)
            else:
                messages.success(request, _("Raised. You will be told when there is an answer."))
                return redirect("issues:issue", raised.ref)
    context = {"form": form, "likely": likely, "about": source, "now": timezone.now()}
    status = 422 if form.errors else 200
    return render(request, "console/issues/new.html", context, status=status)


def _form(request: StaffRequest, source: About) -> tuple[IssueForm, dict[str, Any], dict[str, Any]]:
    """With the units and root causes that can be chosen, by their names in the form."""
    rows = in_order(units_to_raise_for(request.actor))
    units = {unit.ref: unit for unit, _depth in rows}
    themes = {theme.slug: theme for theme in root_causes()}
    form = IssueForm(
        request.POST if request.method == "POST" else None,
        units=[(unit.ref, "\u2003" * depth + str(unit)) for unit, depth in rows],
        themes=[(slug, str(theme)) for slug, theme in themes.items()],
        initial=_first(request.actor, source, units, themes),
    )
    return form, units, themes


def _first(actor: Actor, source: About, units: Any, themes: Any) -> dict[str, str]:
    """What is known: the words of the customer, what the caller learnt, the heaviest cause."""
    answer, first = source.response, {}
    closure = source.case.closures.last() if source.case else None
    words = [f"“{answer.comment}”" if answer and answer.comment else "",
             closure.learnt if closure else ""]  # fmt: skip
    first["text"] = "\n\n".join(part.strip() for part in words if part.strip())
    causes = causes_found([answer.pk]).get(answer.pk, []) if answer else []
    first["theme"] = next((cause.slug for cause in causes if cause.slug in themes), "")
    own = source.unit or own_team(actor)
    first["unit"] = own.ref if own and own.ref in units else ""
    return first
