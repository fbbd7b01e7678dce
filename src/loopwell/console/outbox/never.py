"""Staff pages: which addresses are never written to, and how is one added or allowed again?"""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.delivery.operations import add_suppression, lift_suppression
from loopwell.delivery.queries import suppression_by_id, suppressions
from loopwell.kit.errors import Invalid
from loopwell.people.importing.rejects import csv_line

PER_PAGE = 50


class AddressForm(forms.Form):
    address = forms.CharField(label=gettext_lazy("E-mail"), max_length=254)


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    search = request.GET.get("q", "").replace("\x00", "")[:200]
    rows = suppressions(request.actor, search)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = add_suppression(
                actor=request.actor, address=form.cleaned_data["address"], now=timezone.now()
            )
            words = _("%(address)s is never written to.") % {"address": found.address}
            messages.success(request, words)
            return redirect("outbox:never")
        except Invalid as error:
            form.add_error("address", str(error))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "search": search, "form": form}
    status = 422 if form.errors else 200
    return render(request, "console/outbox/never.html", context, status=status)


@staff(Right.RUN_SURVEYS)
def remove(request: StaffRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        context = {"each": suppression_by_id(request.actor, number)}
        return render(request, "console/outbox/never_remove.html", context)
    found = lift_suppression(actor=request.actor, number=number)
    words = _("%(address)s may be written to again.") % {"address": found.address}
    messages.success(request, words)
    return redirect("outbox:never")


@staff(Right.RUN_SURVEYS)
def export(request: StaffRequest) -> StreamingHttpResponse:
    rows = suppressions(request.actor).iterator()
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="addresses.csv"'
    return response


def _lines(rows: Iterable[Any]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + csv_line([_("E-mail"), _("Why"), _("Since"), _("Detail")])
    for each in rows:
        since = timezone.localtime(each.at).isoformat(timespec="seconds")
        yield csv_line([each.address, each.get_reason_display(), since, each.detail])
