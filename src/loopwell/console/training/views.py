"""Staff pages: what each role should know, and who has been through it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right, Role
from loopwell.cases.operations.training import complete_training, retire_training, save_training
from loopwell.cases.queries.training import lesson_by_ref, lessons_for, progress
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.stories.forms import InLanguages
from loopwell.kit.errors import Invalid


class TrainingForm(InLanguages):
    parts = {"title": (gettext_lazy("Title"), 0), "body": (gettext_lazy("What to know"), 10)}
    link = forms.URLField(
        label=gettext_lazy("Recording or further reading"), required=False, assume_scheme="https"
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("For these roles"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none for everybody."),
    )
    new_edition = forms.BooleanField(
        label=gettext_lazy("Ask everybody to go through it again"), required=False
    )


@staff()
def index(request: StaffRequest) -> HttpResponse:
    found = lessons_for(request.actor)
    context = {
        "open": [each for each in found if not each.done],
        "done": [each for each in found if each.done],
        "may_edit": request.actor.may(Right.RUN_SURVEYS),
    }
    return render(request, "console/training/list.html", context)


@staff()
def lesson(request: StaffRequest, ref: str) -> HttpResponse:
    actor = request.actor
    found = lesson_by_ref(actor, ref)
    leads = actor.may(Right.COACH) or actor.may(Right.RUN_SURVEYS)
    context = {
        "lesson": found,
        "progress": progress(actor, found.training) if leads else [],
        "may_edit": actor.may(Right.RUN_SURVEYS),
    }
    return render(request, "console/training/lesson.html", context)


@require_POST
@staff()
def done(request: StaffRequest, ref: str) -> HttpResponse:
    found = lesson_by_ref(request.actor, ref)
    complete_training(actor=request.actor, now=timezone.now(), training=found.training)
    messages.success(request, _("Thank you. It is noted that you have been through it."))
    return redirect("training:list")


@staff(Right.RUN_SURVEYS)
def edit(request: StaffRequest, ref: str = "") -> HttpResponse:
    actor = request.actor
    found = lesson_by_ref(actor, ref).training if ref else None
    initial: dict[str, Any] = {"link": found.link, "roles": found.roles} if found else {}
    form = TrainingForm(request.POST or None, texts=found.texts if found else {}, initial=initial)
    if found is None:
        del form.fields["new_edition"]
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            saved = save_training(
                actor=actor,
                now=timezone.now(),
                texts=form.texts(),
                roles=[Role(role) for role in facts["roles"]],
                link=facts["link"],
                training=found,
                new_edition=facts.get("new_edition", False),
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:lesson", saved.ref)
    context = {"form": form, "training": found}
    return render(
        request, "console/training/edit.html", context, status=422 if form.errors else 200
    )


@require_POST
@staff(Right.RUN_SURVEYS)
def retire(request: StaffRequest, ref: str) -> HttpResponse:
    found = lesson_by_ref(request.actor, ref)
    retire_training(actor=request.actor, now=timezone.now(), training=found.training)
    messages.success(request, _("Taken out. Rules that required it give cases to everybody again."))
    return redirect("training:list")
