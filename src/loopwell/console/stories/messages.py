"""Staff pages: what everybody says alike at each touchpoint."""

from typing import Any

from django.contrib import messages as told
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.stories.forms import KeyMessageForm
from loopwell.kit.errors import Invalid
from loopwell.responses.queries import touchpoints
from loopwell.stories import operations, queries
from loopwell.surveys.queries import visible_to as visible_surveys


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    """By touchpoint, in the reader's language; where it is not written in it, in another."""
    groups: dict[str, list[Any]] = {}
    for message in queries.key_messages(request.actor):
        groups.setdefault(message.touchpoint, []).append((message, _words(message.texts)))
    context = {"groups": sorted(groups.items()), "may_edit": request.actor.may(Right.RUN_SURVEYS)}
    return render(request, "console/stories/messages.html", context)


def _words(texts: dict[str, dict[str, str]]) -> dict[str, str]:
    for code in (get_language() or "en", "en", *texts):
        if texts.get(code, {}).get("message"):
            return texts[code]
    return {}


@staff(Right.RUN_SURVEYS)
def edit(request: StaffRequest, ref: str = "") -> HttpResponse:
    actor = request.actor
    found = queries.key_message_by_ref(actor, ref) if ref else None
    surveys = {survey.ref: survey for survey in visible_surveys(actor).order_by("name")}
    initial = {"touchpoint": request.GET.get("touchpoint", "")}
    if found:
        initial = {
            "touchpoint": found.touchpoint,
            "survey": found.survey.ref if found.survey else "",
        }
    form = KeyMessageForm(
        request.POST or None,
        texts=found.texts if found else {},
        surveys=[(key, survey.name) for key, survey in surveys.items()],
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.save_key_message(
                actor=actor,
                now=timezone.now(),
                touchpoint=form.cleaned_data["touchpoint"],
                texts=form.texts(),
                survey=surveys.get(form.cleaned_data["survey"]),
                message=found,
            )
        except Invalid as error:
            blame(form, error)
        else:
            told.success(request, _("Saved. Everybody reads these words now."))
            return redirect("stories:messages")
    context = {"form": form, "message": found, "touchpoints": touchpoints(actor)}
    return render(
        request, "console/stories/edit_message.html", context, status=422 if form.errors else 200
    )


@require_POST
@staff(Right.RUN_SURVEYS)
def retire(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.key_message_by_ref(request.actor, ref)
    operations.retire_key_message(actor=request.actor, now=timezone.now(), message=found)
    told.success(request, _("Taken out."))
    return redirect("stories:messages")
