"""Staff pages: the call guide of all surveys, and of one."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.access.enums import Right
from loopwell.cases import operations
from loopwell.cases.queries.guides import guide_of, surveys_with_guides
from loopwell.cases.rules.guide import Step, chosen_steps, default_steps
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid, NotFound

ROWS = 7


class GuideForm(forms.Form):
    """Up to seven steps in one language."""

    def __init__(self, data: Any = None, *, code: str, steps: Any = ()) -> None:
        super().__init__(data, prefix=code)
        given = list(steps)
        for row in range(max(ROWS, len(given))):
            step = given[row] if row < len(given) else Step("", "")
            facts = {"number": row + 1}
            self.fields[f"title_{row}"] = forms.CharField(
                label=gettext_lazy("Step %(number)s") % facts,
                max_length=100,
                required=False,
                initial=step.title,
            )
            self.fields[f"text_{row}"] = forms.CharField(
                label=gettext_lazy("Words of step %(number)s") % facts,
                max_length=1000,
                required=False,
                initial=step.text,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        titles = [name for name in self.fields if name.startswith("title_")]
        return [(self[name], self[name.replace("title_", "text_")]) for name in titles]

    def steps(self) -> list[Step]:
        found = self.cleaned_data
        titles = [name for name in self.fields if name.startswith("title_")]
        return [Step(found[name], found[name.replace("title_", "text_")]) for name in titles]


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    context = {"surveys": surveys_with_guides(), "own": guide_of(None)}
    return render(request, "console/guides/index.html", context)


@staff(Right.RUN_SURVEYS)
def edit(request: StaffRequest, survey: str = "") -> HttpResponse:
    chosen = _survey(survey)
    guide = guide_of(chosen)
    written = guide.steps if guide else {}
    typed = request.POST if request.method == "POST" else None
    made = [
        (code, name, GuideForm(typed, code=code, steps=_shown(written, code)))
        for code, name in settings.LANGUAGES
    ]
    last = made[0][2]
    if typed is not None and all(form.is_valid() for _code, _name, form in made):
        back = "reset" in typed
        try:
            operations.save_guide(
                actor=request.actor,
                now=timezone.now(),
                survey=chosen,
                steps={} if back else {code: form.steps() for code, _name, form in made},
            )
        except Invalid as error:
            blame(last, error)
        else:
            messages.success(request, _("Saved. The next call is led by it."))
            return redirect("guides:index")
    context = {"survey": chosen, "guide": guide, "forms": made, "wrong": typed is not None}
    return render(
        request, "console/guides/edit.html", context, status=422 if typed is not None else 200
    )


def _shown(written: Any, code: str) -> list[Step]:
    """What is written in this language; where nothing is yet, what callers see now."""
    if written:
        return chosen_steps({code: written.get(code, ())}, code)
    return default_steps(code)


def _survey(ref: str) -> Any:
    if not ref:
        return None
    found = next((row for row, _own in surveys_with_guides() if row.ref == ref), None)
    if found is None:
        raise NotFound(_("There is no such survey."))
    return found
