"""Staff pages: which addresses are never written to, and how is one added or allowed again?"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
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
from loopwell.delivery.suppressing import import_suppressions
from loopwell.kit.errors import Invalid
from loopwell.kit.tables.writing import csv_lines

PER_PAGE = 50


class AddressForm(forms.Form):
    address = forms.CharField(label=gettext_lazy("E-mail or phone"), max_length=254)


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File (CSV or XLSX)"))


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
    context = {"page": page, "search": search, "form": form, "file_form": FileForm()}
    status = 422 if form.errors else 200
    return render(request, "console/outbox/never.html", context, status=status)


@staff(Right.RUN_SURVEYS)
def bring(request: StaffRequest) -> HttpResponse:
    """A file of addresses: all of it, or nothing with the rows that are wrong."""
    suppressions(request.actor)  # refuses those who may not
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            words = _brought(request, form.cleaned_data["file"])
        except Invalid as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, words)
            return redirect("outbox:never")
    status = 422 if form.errors else 200
    return render(request, "console/outbox/never_import.html", {"form": form}, status=status)


def _brought(request: StaffRequest, upload: "UploadedFile[bytes]") -> str:
    ending = Path(upload.name or "").suffix[:8]
    with NamedTemporaryFile(suffix=ending) as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        found = import_suppressions(actor=request.actor, path=Path(file.name), now=timezone.now())
    return _("New: %(added)d. Already on the list: %(known)d. Twice in the file: %(twice)d.") % {
        "added": found.added,
        "known": found.known,
        "twice": found.repeated,
    }


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
    response = StreamingHttpResponse(csv_lines(_rows(rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="addresses.csv"'
    return response


def _rows(found: Iterable[Any]) -> Iterator[list[object]]:
    yield [_("E-mail or phone"), _("Why"), _("Since"), _("Detail")]
    for each in found:
        since = timezone.localtime(each.at).isoformat(timespec="seconds")
        yield [each.address, each.get_reason_display(), since, each.detail]
