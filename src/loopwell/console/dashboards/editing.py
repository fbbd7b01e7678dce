"""Staff pages: how does somebody put a dashboard together, share it, copy it and let it go?"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.dashboards import health
from loopwell.console.dashboards.filtering import OWN, Wanted
from loopwell.console.dashboards.forms import NEW, CardForm, DashboardForm, PutForm, TextForm
from loopwell.console.dashboards.views import Shown, kept, ready
from loopwell.console.door import StaffRequest, staff
from loopwell.insights import dashboards
from loopwell.insights.dashboards import CardDraft
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing import Asked, from_query, sentence, title
from loopwell.insights.saved_questions import question_by_ref
from loopwell.kit.errors import Forbidden, Invalid


@staff(Right.READ_ANSWERS)
def new(request: StaffRequest) -> HttpResponse:
    form = DashboardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = dashboards.make_dashboard(
                actor=request.actor, now=timezone.now(), **form.cleaned_data
            )
        except Invalid as error:
            blame(form, error)
        else:
            return redirect("dashboards:change", made.ref)
    status = 422 if form.errors else 200
    return render(request, "console/dashboards/new.html", {"form": form}, status=status)


@staff(Right.READ_ANSWERS)
def put(request: StaffRequest) -> HttpResponse:
    """A question straight from Explore (its words in the address), or a kept one (`question`)."""
    actor, now = request.actor, timezone.now()
    ref = request.GET.get("question", "")
    question = question_by_ref(actor, ref) if ref else None
    words = question.address if question else request.GET.urlencode()
    asked = from_query(words, actor, now, also=("question", "second"))
    own = [each for each in dashboards.dashboards(actor) if each.owner_id == actor.user_id]
    form = PutForm(request.POST or None, mine=[(each.ref, each.name) for each in own])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        address = _kept_words(asked, request.GET.get("second", ""))
        draft = CardDraft(given["title"], question, address, given["width"])
        try:
            if given["to"] == NEW:
                name = given["name"] or title(asked)
                found = dashboards.make_dashboard(actor=actor, now=now, name=name, cards=[draft])
            else:
                found = dashboards.dashboard_by_ref(actor, given["to"])
                dashboards.add_card(actor=actor, dashboard=found, draft=draft)
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("It is on “%(name)s” now.") % {"name": found.name})
            return redirect("dashboards:show", found.ref)
    context = {
        "form": form,
        "question": question,
        "sentence": sentence(asked, actor),
    }
    status = 422 if form.errors else 200
    return render(request, "console/dashboards/put.html", context, status=status)


def _kept_words(asked: Asked, second: str) -> str:
    """Clean, as Explore writes them."""
    words = asked.to_query()
    if asked.picture != "scatter" or second not in METRICS:
        return words
    return f"{words}&{urlencode({'second': second})}"


@require_POST
@staff(Right.READ_ANSWERS)
def copy(request: StaffRequest, ref: str) -> HttpResponse:
    return _copied(request, kept(request, ref))


@require_POST
@staff(Right.READ_ANSWERS)
def copy_ready(request: StaffRequest, slug: str) -> HttpResponse:
    return _copied(request, ready(slug))


def _copied(request: StaffRequest, shown: Shown) -> HttpResponse:
    """One's own, with its questions as they are now."""
    made = dashboards.make_dashboard(
        actor=request.actor,
        now=timezone.now(),
        name=(_("%(name)s, mine") % {"name": shown.name})[:80],
        about=shown.about,
        cards=[CardDraft(each.title, None, each.address, each.width) for each in shown.cards],
    )
    messages.success(request, _("This copy is yours: change it as you like."))
    return redirect("dashboards:change", made.ref)


@staff(Right.READ_ANSWERS)
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Its name, who may open it, and its cards one below the other."""
    found = _own(request, ref)
    initial = {
        "name": found.name, "about": found.about, "share": _share(found), "roles": found.roles,
    }  # fmt: skip
    form = DashboardForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            dashboards.change_dashboard(actor=request.actor, dashboard=found, **form.cleaned_data)
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("dashboards:change", ref)
    return _editor(request, found, form, TextForm(prefix="new"), 422 if form.errors else 200)


@require_POST
@staff(Right.READ_ANSWERS)
def add_text(request: StaffRequest, ref: str) -> HttpResponse:
    found = _own(request, ref)
    form = TextForm(request.POST, prefix="new")
    if form.is_valid():
        given = form.cleaned_data
        draft = CardDraft(given["title"], None, urlencode({"text": given["text"]}), given["width"])
        try:
            dashboards.add_card(actor=request.actor, dashboard=found, draft=draft)
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            return redirect("dashboards:change", ref)
    own = {"name": found.name, "about": found.about, "share": _share(found), "roles": found.roles}
    return _editor(request, found, DashboardForm(initial=own), form, 422)


@require_POST
@staff(Right.READ_ANSWERS)
def change_card(request: StaffRequest, ref: str, number: int) -> HttpResponse:
    """By the button pressed: kept with its title and width, moved, or taken off."""
    found = _own(request, ref)
    card = dashboards.card_by_id(request.actor, found, number)
    steps = {"up": -1, "down": 1}.get(request.POST.get("do", ""))
    if steps:
        dashboards.move_card(actor=request.actor, card=card, steps=steps)
    elif request.POST.get("do") == "remove":
        dashboards.remove_card(actor=request.actor, card=card)
    else:
        form = CardForm(request.POST)
        if not form.is_valid():
            raise Invalid(_("A title has at most 80 characters; choose one of the widths."))
        dashboards.change_card(actor=request.actor, card=card, **form.cleaned_data)
    return redirect("dashboards:change", ref)


@require_POST
@staff(Right.READ_ANSWERS)
def delete(request: StaffRequest, ref: str) -> HttpResponse:
    found = _own(request, ref)
    dashboards.delete_dashboard(actor=request.actor, dashboard=found)
    messages.success(request, _("“%(name)s” is gone.") % {"name": found.name})
    return redirect("dashboards:index")


def _own(request: StaffRequest, ref: str) -> Any:
    found = dashboards.dashboard_by_ref(request.actor, ref)
    if found.owner_id != request.actor.user_id:
        raise Forbidden(
            _("Only %(name)s can change it: copy it to change it.") % {"name": found.owner}
        )
    return found


def _share(found: Any) -> str:
    if found.for_all:
        return "all"
    return "unit" if found.unit_id else "me"


def _editor(
    request: StaffRequest, found: Any, form: DashboardForm, text: TextForm, status: int
) -> HttpResponse:
    shown = kept(request, found.ref)
    now = timezone.now()
    cards = [
        {
            "number": number,
            "words": _words(request, each, now),
            "form": CardForm(
                initial={"title": each.title, "width": each.width}, auto_id=f"c{number}_%s"
            ),
        }
        for number, each in enumerate(shown.cards)
    ]
    context = {"shown": shown, "form": form, "text_form": text, "cards": cards}
    return render(request, "console/dashboards/change.html", context, status=status)


def _words(request: StaffRequest, card: Wanted, now: Any) -> str:
    """What a card asks or says, in one line."""
    if text := card.own("text"):
        return text
    if (panel := card.own("panel")) in health.PANELS:
        return health.title(panel)
    return sentence(from_query(card.address, request.actor, now, also=OWN), request.actor)
