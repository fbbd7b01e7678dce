"""Staff pages: keeping a question, sharing it, and getting its answer by mail."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.explore.choosing import OWN, second_of
from loopwell.insights import saved_questions as questions
from loopwell.insights.enums import Every
from loopwell.insights.phrasing import from_query, sentence
from loopwell.kit.errors import Invalid


class KeepForm(forms.Form):
    name = forms.CharField(max_length=80)
    share = forms.ChoiceField(choices=[(each, each) for each in questions.SHARING])


@staff(Right.READ_ANSWERS)
def kept(request: StaffRequest) -> HttpResponse:
    """One's own and those shared, each with what it asks and how often it comes by mail."""
    actor, now = request.actor, timezone.now()
    every = questions.subscriptions(actor)
    rows = [
        {
            "question": each,
            "asks": sentence(from_query(each.address, actor, now, also=OWN), actor),
            "every": every.get(each.pk, ""),
            "is_mine": each.owner_id == actor.user_id,
            "share": "all" if each.for_all else "unit" if each.unit_id else "me",
        }
        for each in questions.saved_questions(actor)
    ]
    return render(request, "console/explore/kept.html", {"rows": rows, "everies": Every.choices})


@staff(Right.READ_ANSWERS)
def open_kept(request: StaffRequest, ref: str) -> HttpResponse:
    found = questions.question_by_ref(request.actor, ref)
    words = f"{found.address}&" if found.address else ""
    return redirect(f"{reverse('explore:index')}?{words}{urlencode({'question': ref})}")


@require_POST
@staff(Right.READ_ANSWERS)
def keep(request: StaffRequest) -> HttpResponse:
    """As the parser understood it, so that nothing unknown is kept."""
    actor, now = request.actor, timezone.now()
    words = request.POST.get("address", "")
    asked = from_query(words, actor, now, also=OWN)
    address = asked.to_query()
    if asked.picture == "scatter":
        address = f"{address}&second={second_of(QueryDict(words), asked)}"
    form = KeepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the question a name, and say who may open it."))
        return redirect(f"{reverse('explore:index')}?{address}")
    try:
        found = questions.keep_question(actor=actor, now=now, address=address, **form.cleaned_data)
    except Invalid as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('explore:index')}?{address}")
    messages.success(request, _("“%(name)s” is kept.") % {"name": found.name})
    return redirect("explore:question", found.ref)


@require_POST
@staff(Right.READ_ANSWERS)
def change(request: StaffRequest, ref: str) -> HttpResponse:
    question = questions.question_by_ref(request.actor, ref)
    form = KeepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the question a name, and say who may open it."))
        return redirect("explore:kept")
    try:
        questions.change_question(actor=request.actor, question=question, **form.cleaned_data)
    except Invalid as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    return redirect("explore:kept")


@require_POST
@staff(Right.READ_ANSWERS)
def delete(request: StaffRequest, ref: str) -> HttpResponse:
    question = questions.question_by_ref(request.actor, ref)
    questions.delete_question(actor=request.actor, question=question)
    messages.success(request, _("“%(name)s” is gone.") % {"name": question.name})
    return redirect("explore:kept")


@require_POST
@staff(Right.READ_ANSWERS)
def mail(request: StaffRequest, ref: str) -> HttpResponse:
    """How often the answer comes by mail; nothing chosen ends it."""
    actor, said = request.actor, request.POST.get("every", "")
    question = questions.question_by_ref(actor, ref)
    if said in Every.values:
        found = questions.subscribe(
            actor=actor, now=timezone.now(), question=question, every=Every(said)
        )
        messages.success(
            request,
            _("You get it by mail: %(when)s.") % {"when": Every(found.every).label},
        )
    else:
        questions.unsubscribe(actor=actor, question=question)
        messages.success(request, _("No more mails of this question."))
    return redirect("explore:kept")
