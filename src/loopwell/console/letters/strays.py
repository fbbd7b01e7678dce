"""Staff pages: mails that came and belong to no case we could tell."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases.operations.receiving import dismiss_stray, put_stray_into_case
from loopwell.cases.queries import case_by_ref
from loopwell.cases.queries.strays import cases_for_stray, require_sorting, stray_by_ref, strays
from loopwell.console.door import StaffRequest, staff
from loopwell.console.letters.views import tabs
from loopwell.kit.errors import ExpectedError

PER_PAGE = 20


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    require_sorting(request.actor)
    page = Paginator(strays(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [{"mail": each, "cases": cases_for_stray(request.actor, each)} for each in page],
        "page": page,
        "tab": "strays",
        "now": timezone.now(),
        **tabs(request),
    }
    return render(request, "console/letters/strays.html", context)


@require_POST
@staff(Right.RUN_SURVEYS)
def put(request: StaffRequest, ref: str) -> HttpResponse:
    """Into the case that was chosen, or whose reference (or address) was written."""
    mail = stray_by_ref(request.actor, ref)
    given = (request.POST.get("case", "") or request.POST.get("written", "")).strip()
    try:
        case = case_by_ref(request.actor, given.rstrip("/").rsplit("/", 1)[-1].lower()[:20])
        put_stray_into_case(actor=request.actor, now=timezone.now(), stray=mail, case=case)
    except ExpectedError as error:
        messages.error(request, str(error))
        return redirect("letters:strays")
    messages.success(request, _("The mail is in the case of %(name)s.") % {"name": case.customer})
    return redirect("letters:strays")


@require_POST
@staff(Right.RUN_SURVEYS)
def dismiss(request: StaffRequest, ref: str) -> HttpResponse:
    mail = stray_by_ref(request.actor, ref)
    try:
        dismiss_stray(actor=request.actor, now=timezone.now(), stray=mail)
    except ExpectedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The mail is gone: it was not for us."))
    return redirect("letters:strays")
