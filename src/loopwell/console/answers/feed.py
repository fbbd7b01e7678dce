"""Staff pages: selections kept under a name, and what has come since the page was opened?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.console.answers.selection import Selection, read_selection
from loopwell.console.door import StaffRequest, staff
from loopwell.insights.saved_views import delete_view, rename_view, save_view, saved_views
from loopwell.kit.errors import Invalid
from loopwell.responses.queries import AnswerFilter, answers

MOST_NEW = 100


def saved(request: StaffRequest, selection: Selection) -> dict[str, Any]:
    """The kept views, and which of them this page shows."""
    views = saved_views(request.actor)
    words = selection.query()
    chosen = next((view for view in views if view.filters == words), None)
    return {"saved_views": views, "chosen_view": chosen, "filters": words}


def newest_id(actor: Actor, wanted: AnswerFilter) -> int:
    """The last answer stored of a selection, whenever it was given."""
    rows = answers(actor, wanted).order_by("-pk").values_list("pk", flat=True)
    return rows.first() or 0


@staff(Right.READ_ANSWERS)
def newer(request: StaffRequest) -> HttpResponse:
    """How many answers came after the one named; asked every 20 seconds by an open page."""
    since = request.GET.get("after", "")
    selection = read_selection(request.GET, request.actor, timezone.now(), further=True)
    after = int(since) if since.isdecimal() and len(since) < 19 else 0
    rows = answers(request.actor, selection.for_answers()).filter(pk__gt=after).order_by()
    count = rows.values("pk")[:MOST_NEW].count() if after else 0
    context = {"count": count, "most": MOST_NEW, "after": after, "filters": selection.query()}
    return render(request, "console/answers/_newer.html", context)


@require_POST
@staff(Right.READ_ANSWERS)
def save(request: StaffRequest) -> HttpResponse:
    """The filters are read once more, so that only words we know are kept."""
    given = QueryDict(request.POST.get("filters", "")[:1000])
    words = read_selection(given, request.actor, timezone.now(), further=True).query()
    try:
        view = save_view(
            actor=request.actor,
            now=timezone.now(),
            name=request.POST.get("name", ""),
            filters=words,
            share=request.POST.get("share", "me"),
        )
    except Invalid as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(name)s” is kept.") % {"name": view})
    return redirect(f"{reverse('answers:list')}?{words}")


@require_POST
@staff(Right.READ_ANSWERS)
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Another name, or none any more."""
    back = f"{reverse('answers:list')}?{request.POST.get('filters', '')}"
    if request.POST.get("do") == "delete":
        delete_view(actor=request.actor, ref=ref)
        messages.success(request, _("The view is deleted; answers stay as they are."))
        return redirect(back)
    try:
        rename_view(actor=request.actor, ref=ref, name=request.POST.get("name", ""))
    except Invalid as error:
        messages.error(request, str(error))
    return redirect(back)
