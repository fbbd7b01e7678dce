"""Staff pages: letters are written in a case, and sent again."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases import operations, queries
from loopwell.cases.queries import letters as letter_queries
from loopwell.console.blame import blame
from loopwell.console.cases import casework
from loopwell.console.cases.letters import LetterForm, keep_form
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import ExpectedError, Invalid


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def write(request: StaffRequest, ref: str) -> HttpResponseBase:
    found = queries.case_by_ref(request.actor, ref)
    form = LetterForm(request.POST)
    if form.is_valid():
        template = letter_queries.templates().filter(ref=form.cleaned_data["template"]).first()
        try:
            operations.write_letter(
                actor=request.actor,
                now=timezone.now(),
                case=found,
                subject=form.cleaned_data["subject"],
                text=form.cleaned_data["text"],
                template=template,
                confirmed=form.cleaned_data["confirmed"],
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("The letter leaves now."))
            return redirect(_place(ref))
    keep_form(request, form)
    response = casework.case(request, ref)
    response.status_code = 422
    return response


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def again(request: StaffRequest, ref: str, letter: str) -> HttpResponse:
    """One that did not leave."""
    found = queries.case_by_ref(request.actor, ref)
    row = letter_queries.letter_of(found, letter)
    try:
        operations.send_letter_again(
            actor=request.actor, now=timezone.now(), case=found, letter=row
        )
    except ExpectedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The letter leaves now."))
    return redirect(_place(ref))


def _place(ref: str) -> str:
    return reverse("cases:case", args=[ref]) + "#letters"
