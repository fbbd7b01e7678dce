"""Staff pages: bring a file, say which column is what, try it, import it, see what came of it."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.imports import mapping as columns
from loopwell.console.imports.choices import Options, options_from, surveys_for
from loopwell.console.imports.forms import (
    AnswersForm,
    ClockForm,
    PanelForm,
    PhonesForm,
    ReadingForm,
    UploadForm,
)
from loopwell.jobs.queries import job_by_ref
from loopwell.kit.errors import Invalid, NotFound
from loopwell.kit.tables import TableError
from loopwell.people.enums import UploadKind
from loopwell.people.importing.source import open_upload, rejects_path
from loopwell.people.operations import (
    StillRunning,
    choose_mapping,
    receive_upload,
    start_import,
    start_trial,
)
from loopwell.people.queries import upload_by_ref, uploads

PER_PAGE = 25


@staff(Right.IMPORT_DATA)
def list_uploads(request: StaffRequest) -> HttpResponse:
    page = Paginator(uploads(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "console/imports/list.html", {"page": page, "kinds": UploadKind.choices})


@staff(Right.IMPORT_DATA)
def bring(request: StaffRequest, kind: str) -> HttpResponse:
    if kind not in UploadKind.values:
        raise NotFound(_("There is no such kind of import."))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = receive_upload(
                actor=request.actor,
                now=timezone.now(),
                kind=UploadKind(kind),
                file=form.cleaned_data["file"],
            )
        except Invalid as error:
            form.add_error("file", str(error))
        else:
            return redirect("imports:mapping", upload.ref)
    title, needs = columns.title_of(kind), columns.needs(kind)
    context = {"form": form, "kind": kind, "title": title, "needs": needs}
    status = 422 if form.errors else 200
    return render(request, "console/imports/new.html", context, status=status)


@staff(Right.IMPORT_DATA)
def mapping(request: StaffRequest, ref: str) -> HttpResponse:
    upload = upload_by_ref(request.actor, ref)
    if request.method == "POST":
        return _choose(request, upload)
    try:
        return render(request, "console/imports/mapping.html", _proposed(request, upload))
    except TableError as error:  # some damage shows only when the rows are read
        return _unreadable(request, upload, error)


def _proposed(request: StaffRequest, upload: Any) -> dict[str, Any]:
    table = open_upload(upload)
    options = Options(upload.options)
    chosen = {n: c for n, c in upload.mapping.items() if c in table.columns}
    chosen = chosen or columns.first_mapping(upload.kind, table)
    fields, rows = columns.preview(upload, chosen, table, request.actor)
    found = table.detected
    return {
        "upload": upload,
        "title": columns.title_of(upload.kind),
        "detected": found,
        "columns": table.columns,
        "field_rows": columns.field_rows(upload.kind, chosen, table),
        "column_rows": columns.column_rows(chosen, table),
        "preview_fields": fields,
        "preview": rows,
        "reading": ReadingForm(
            initial=upload.options,
            detected={
                "kind": found.kind,
                "encoding": found.encoding,
                "delimiter": found.delimiter,
            },
        ),
        "phones": _people_form(upload.kind, options),
        "answers": AnswersForm(
            initial=options.for_answers(table, chosen, upload.filename),
            surveys=surveys_for(request.actor),
        )
        if upload.kind == UploadKind.ANSWERS
        else None,
        "panel": PanelForm(initial=options.for_panel(upload.filename))
        if upload.kind == UploadKind.PANEL
        else None,
        "extra": columns.words_for_others(upload.kind),
        "repeats": columns.words_for_repeats(upload.kind),
    }


def _people_form(kind: str, options: Options) -> PhonesForm | None:
    """How phone numbers and times are to be understood, where the file has them."""
    if kind == UploadKind.CUSTOMERS:
        return PhonesForm(initial={"region": options.region()})
    if kind == UploadKind.INTERACTIONS:
        return ClockForm(initial={"region": options.region(), "time_zone": options.time_zone()})
    return None


def _choose(request: StaffRequest, upload: Any) -> HttpResponse:
    options = options_from(request.POST, upload.kind)
    upload.options = options
    try:
        table = open_upload(upload)
    except TableError as error:
        return _unreadable(request, upload, error)
    chosen = columns.chosen_mapping(upload.kind, request.POST, table.columns)
    choose_mapping(actor=request.actor, upload=upload, mapping=chosen, options=options)
    if request.POST.get("action") != "trial":
        return redirect("imports:mapping", upload.ref)
    if missing := columns.lacking(upload.kind, chosen):
        messages.error(request, missing)
        return redirect("imports:mapping", upload.ref)
    start_trial(actor=request.actor, now=timezone.now(), upload=upload)
    return redirect("imports:trial", upload.ref)


def _unreadable(request: StaffRequest, upload: Any, error: TableError) -> HttpResponse:
    detected = {"kind": "csv", "encoding": "?", "delimiter": ""}
    context = {
        "upload": upload,
        "title": columns.title_of(upload.kind),
        "error": error,
        "reading": ReadingForm(initial=upload.options, detected=detected),
    }
    return render(request, "console/imports/unreadable.html", context, status=422)


@staff(Right.IMPORT_DATA)
def trial(request: StaffRequest, ref: str) -> HttpResponse:
    """How the trial goes and what it found; POST starts the import itself."""
    upload = upload_by_ref(request.actor, ref)
    if request.method == "POST":
        try:
            start_import(actor=request.actor, now=timezone.now(), upload=upload)
        except StillRunning:
            if not job_by_ref(upload.job_ref).args.get("write"):
                raise
        return redirect("imports:result", upload.ref)  # a second click too
    if not upload.job_ref:
        return redirect("imports:mapping", upload.ref)
    return _told(request, upload, "trial", upload.trial)


@staff(Right.IMPORT_DATA)
def result(request: StaffRequest, ref: str) -> HttpResponse:
    upload = upload_by_ref(request.actor, ref)
    if not upload.job_ref:
        return redirect("imports:mapping", upload.ref)
    return _told(request, upload, "import", upload.result)


def _told(request: StaffRequest, upload: Any, phase: str, report: dict[str, Any]) -> HttpResponse:
    job = job_by_ref(upload.job_ref)
    if job.finished_at and not report:  # another mapping was chosen since, or no import began
        return redirect("imports:mapping", upload.ref)
    shown = report if job.finished_at else {}
    context = {
        "upload": upload,
        "title": columns.title_of(upload.kind),
        "job": job,
        "phase": phase,
        "report": shown,
        "counts": shown.get("counts", {}),
        "takes": sum(shown.get("counts", {}).get(s, 0) for s in ("new", "changed", "held")),
        "reasons": sorted(shown.get("reasons", {}).items(), key=lambda r: -r[1]),
        "warnings": sorted(shown.get("warnings", {}).items(), key=lambda r: -r[1]),
    }
    return render(request, f"console/imports/{'trial' if phase == 'trial' else 'result'}.html",
                  context)  # fmt: skip


@staff(Right.IMPORT_DATA)
def rejects(request: StaffRequest, ref: str, phase: str) -> FileResponse:
    """The refused rows, with line, column and reason."""
    upload = upload_by_ref(request.actor, ref)
    if phase not in ("trial", "import") or not (path := rejects_path(upload, phase)).exists():
        raise NotFound(_("There are no refused rows to download."))
    name = f"{Path(upload.filename).stem}-rejects.csv"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name,
                        content_type="text/csv; charset=utf-8")  # fmt: skip
