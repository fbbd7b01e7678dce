"""Staff pages: which digests I get, how today's would read, and did one help?"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from loopwell.access.enums import Right
from loopwell.console.digests.forms import DigestForm
from loopwell.console.door import StaffRequest, staff
from loopwell.console.outbox.frames import framed
from loopwell.digests.enums import Edition
from loopwell.digests.operations import (
    choose_digests,
    digest_by_token,
    judge,
    preview,
    stop_edition,
    stop_question,
    subscribed_by_token,
)
from loopwell.digests.queries import last_digests, wished


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    has = wished(request.actor)
    form = DigestForm(request.POST or None, initial={"editions": list(has.editions), "at": has.at})
    if request.method == "POST" and form.is_valid():
        wanted = [Edition(value) for value in form.cleaned_data["editions"]]
        choose_digests(actor=request.actor, editions=wanted, at=form.cleaned_data["at"])
        messages.success(request, _("Saved."))
        return redirect("digests:index")
    context = {"form": form, "last": last_digests(request.actor), "editions": Edition}
    return render(
        request, "console/digests/index.html", context, status=422 if form.errors else 200
    )


@staff(Right.READ_ANSWERS)
def today(request: StaffRequest, edition: str) -> HttpResponse:
    """The mail itself, in a frame of its own rules as mail has its styles inline."""
    if edition not in Edition.values:
        raise Http404
    return framed(
        preview(actor=request.actor, now=timezone.now(), edition=Edition(edition)), links=True
    )


@never_cache
def vote(request: HttpRequest, token: str) -> HttpResponse:
    """Scanners open every link: only pressing the button counts."""
    digest = digest_by_token(token)
    with translation.override(digest.user.language or translation.get_language()):
        helped = request.POST.get("helped") or request.GET.get("helped", "")
        context: dict[str, Any] = {"helped": helped if helped in ("yes", "no") else "yes"}
        if request.method == "POST":
            context["counted"] = judge(
                now=timezone.now(),
                token=token,
                helped=helped == "yes",
                sentence=request.POST.get("sentence", ""),
            )
        context["done"] = request.method == "POST" or digest.voted_at is not None
        return render(request, "console/digests/vote.html", context)


@csrf_exempt
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs post here on their own ("one-click"): the signed link is the permission."""
    digest = digest_by_token(token)
    with translation.override(digest.user.language or translation.get_language()):
        context: dict[str, Any] = {"edition": Edition(digest.edition).label}
        if request.method == "POST":
            stop_edition(token=token)
            context["done"] = True
        return render(request, "console/digests/stop.html", context)


@csrf_exempt
@never_cache
def stop_one_question(request: HttpRequest, token: str) -> HttpResponse:
    """As `stop`, for the answer to one kept question."""
    question, user = subscribed_by_token(token)
    with translation.override(user.language or translation.get_language()):
        if request.method == "POST":
            stop_question(token=token)
        context = {"question": question.name, "done": request.method == "POST"}
        return render(request, "console/digests/stop_question.html", context)
