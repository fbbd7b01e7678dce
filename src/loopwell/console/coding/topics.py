"""Staff page: what do customers write about that no theme covers yet?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import ExpectedError
from loopwell.themes import queries
from loopwell.themes.enums import ThemeKind
from loopwell.themes.operations import Words
from loopwell.themes.operations.topics import hide_topic, make_theme_of_topic, show_topic
from loopwell.themes.queries.taxonomy import coding_is_automatic, lines
from loopwell.themes.queries.topics import topics


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    found, uncovered, covered = topics(request.actor, timezone.now())
    context: dict[str, Any] = {
        "topics": found, "uncovered": uncovered, "covered": covered,
        "growing": sum(topic.grows for topic in found),
        "is_automatic": coding_is_automatic(),
        "areas": [line.theme for line in lines() if line.level == 1],
        "kinds": ThemeKind.choices,
    }  # fmt: skip
    return render(request, "console/coding/topics.html", context)


@require_POST
@staff(Right.RUN_SURVEYS)
def make(request: StaffRequest) -> HttpResponse:
    name, under = request.POST.get("name", "").strip(), request.POST.get("under", "")
    terms = [term for term in request.POST.getlist("term") if term.strip()]
    try:
        theme = make_theme_of_topic(
            actor=request.actor, now=timezone.now(), words=Words({"en": name}),
            kind=ThemeKind(request.POST.get("kind", ThemeKind.DEFECT)),
            parent=queries.theme_by_slug(under) if under else None, terms=terms,
        )  # fmt: skip
    except ExpectedError as error:
        messages.error(request, str(error))
        return redirect("coding:topics")
    messages.success(
        request,
        _(
            "“%(name)s” is a theme now. Its words wait as a rule that is switched off: try it "
            "out, then switch it on."
        )
        % {"name": theme},
    )
    return redirect("taxonomy:theme", theme.slug)


@require_POST
@staff(Right.RUN_SURVEYS)
def hide(request: StaffRequest) -> HttpResponse:
    term, now = request.POST.get("term", ""), timezone.now()
    if "show" in request.POST:
        show_topic(actor=request.actor, now=now, term=term)
    elif term:
        hide_topic(actor=request.actor, now=now, term=term)
        messages.success(request, _("“%(term)s” is not proposed again.") % {"term": term})
    return redirect("coding:topics")
