"""Staff pages: what people say to each other in a case, and the files they put into it."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from loopwell.access.enums import Right
from loopwell.cases import operations, queries
from loopwell.console.blame import blame
from loopwell.console.cases import casework
from loopwell.console.cases.talk import FileForm, RemarkForm, keep_form, people_of
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid, NotFound

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def remark(request: StaffRequest, ref: str) -> HttpResponseBase:
    found = queries.case_by_ref(request.actor, ref)
    people = people_of(request, found)
    form = RemarkForm(request.POST, people=[(key, str(user)) for key, user in people.items()])
    if form.is_valid():
        try:
            done = operations.write_remark(
                actor=request.actor,
                now=timezone.now(),
                case=found,
                text=form.cleaned_data["text"],
                mentions=[people[key] for key in form.cleaned_data["mentions"]],
            )
        except Invalid as error:
            blame(form, error)
        else:
            _say_what_happened(request, done)
            return redirect(_talk(ref))
    keep_form(request, "remark", form)
    return _again(request, ref)


def _say_what_happened(request: StaffRequest, done: operations.Remarked) -> None:
    told = [user for user in done.told if user.pk != request.actor.user_id]
    if told:
        names = ", ".join(str(user) for user in told)
        messages.success(request, _("Noted. Told of it: %(names)s.") % {"names": names})
    else:
        messages.success(request, _("Noted."))
    if done.unknown:
        message = ngettext(
            "%(names)s was told of nothing: nobody who sees this case is called so.",
            "%(names)s were told of nothing: nobody who sees this case is called so.",
            len(done.unknown),
        )
        names = ", ".join(f"@{name}" for name in done.unknown)
        messages.warning(request, message % {"names": names})


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def add_file(request: StaffRequest, ref: str) -> HttpResponseBase:
    found = queries.case_by_ref(request.actor, ref)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            operations.add_file(
                actor=request.actor,
                now=timezone.now(),
                case=found,
                upload=form.cleaned_data["file"],
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("The file is in the case."))
            return redirect(_talk(ref))
    keep_form(request, "file", form)
    return _again(request, ref)


@require_safe
@staff(Right.READ_CASES)
def file(request: StaffRequest, ref: str, file: str) -> HttpResponseBase:
    """As a download; with ?preview a picture of a safe kind comes as one, nothing else does."""
    row = queries.file_of(queries.case_by_ref(request.actor, ref), file)
    place = Path(settings.MEDIA_ROOT) / row.path
    if not place.is_file():
        raise NotFound(_("The file is not in the data folder any more."))
    shown = "preview" in request.GET and row.media_type in SHOWN
    response = FileResponse(
        place.open("rb"),
        as_attachment=not shown,
        filename=row.name,
        content_type=row.media_type if shown else "application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@staff(Right.READ_CASES)
def delete_file(request: StaffRequest, ref: str, file: str) -> HttpResponse:
    found = queries.case_by_ref(request.actor, ref)
    row = queries.file_of(found, file)
    operations.delete_file(actor=request.actor, now=timezone.now(), file=row)
    messages.success(request, _("The file is gone."))
    return redirect(_talk(ref))


def _talk(ref: str) -> str:
    return reverse("cases:case", args=[ref]) + "#talk"


def _again(request: StaffRequest, ref: str) -> HttpResponseBase:
    """The case's page with what was typed and what is wrong with it."""
    response = casework.case(request, ref)
    response.status_code = 422
    return response
