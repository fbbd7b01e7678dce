"""Staff pages: a taxonomy taken in, ready-made or from a file, after a look at what it changes."""

import json
import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import ExpectedError, Invalid
from loopwell.kit.translated import said_in
from loopwell.themes.operations.taking_in import plan, take_in
from loopwell.themes.queries.taxonomy import as_file
from loopwell.themes.reading_files import READY, read_file, ready_drafts
from loopwell.themes.reading_files import ready as ready_taxonomy
from loopwell.themes.rules.drafts import ThemeDraft
from loopwell.themes.rules.taxonomy import in_order

LARGEST = 2_000_000
SALT = "taxonomy.take_in"


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    return _choice(request)


@staff(Right.RUN_SURVEYS)
def ready(request: StaffRequest, name: str) -> HttpResponse:
    drafts = ready_drafts(name)
    if request.method == "POST":
        return _taken(request, drafts)
    return _preview(request, drafts, said_in(ready_taxonomy(name)["names"]))


@staff(Right.RUN_SURVEYS)
def file(request: StaffRequest) -> HttpResponse:
    """A file is looked at first; what was read travels signed inside the page."""
    if request.method != "POST":
        return redirect("taxonomy:take_in")
    try:
        if signed := request.POST.get("read"):
            told = signing.loads(signed, salt=SALT, max_age=86_400)
            return _taken(request, [ThemeDraft(**each) for each in told])
        drafts, name = _read(request)
    except signing.BadSignature:
        return _choice(request, _("The page is too old. Choose the file again."), 422)
    except ExpectedError as error:
        return _choice(request, str(error), error.status)
    read = signing.dumps([each.__dict__ for each in drafts], salt=SALT, compress=True)
    return _preview(request, drafts, name, read)


def _read(request: StaffRequest) -> tuple[list[ThemeDraft], str]:
    given = request.FILES.get("file")
    if given is None:
        raise Invalid(_("Choose a file first."))
    if given.size is None or given.size > LARGEST:
        raise Invalid(_("The file is larger than two megabytes: this is no taxonomy."))
    name = str(given.name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"taxonomy{Path(name).suffix.lower()}"
        path.write_bytes(given.read())
        return read_file(path, name), name


def _taken(request: StaffRequest, drafts: list[ThemeDraft]) -> HttpResponse:
    try:
        done = take_in(actor=request.actor, now=timezone.now(), drafts=drafts)
    except ExpectedError as error:
        return _choice(request, str(error), error.status)
    new = ngettext("%(n)d theme is new", "%(n)d themes are new", len(done.new))
    changed = ngettext("%(n)d is changed", "%(n)d are changed", len(done.changed))
    told = f"{new % {'n': len(done.new)}}, {changed % {'n': len(done.changed)}}."
    messages.success(request, told)
    return redirect("taxonomy:index")


def _choice(request: StaffRequest, problem: str = "", status: int = 200) -> HttpResponse:
    offered = []
    for name in READY:
        found = ready_taxonomy(name)
        offered.append((name, said_in(found["names"]), said_in(found["about"]), _count(found)))
    context = {"ready": offered, "problem": problem}
    return render(request, "console/taxonomy/take_in.html", context, status=status)


def _count(told: dict[str, Any]) -> int:
    return sum(1 + _count(each) for each in told.get("themes", ()))


def _preview(
    request: StaffRequest, drafts: list[ThemeDraft], name: str, read: str = ""
) -> HttpResponse:
    try:
        found = plan(drafts)
    except ExpectedError as error:
        return _choice(request, str(error), error.status)
    state = {draft.slug: "new" for draft in found.new}
    state |= {draft.slug: "changed" for draft in found.changed}
    known = {draft.slug: draft for draft in drafts}
    order = in_order((d.slug, d.parent, number) for number, d in enumerate(drafts))
    lines = [
        (said_in(dict(known[slug].names)), known[slug].kind, level, state.get(slug, "same"))
        for slug, level in order
    ]
    context = {"name": name, "lines": lines, "intake": found, "read": read}
    return render(request, "console/taxonomy/preview.html", context)


@staff(Right.RUN_SURVEYS)
def export(request: StaffRequest) -> HttpResponse:
    """Our JSON, which can be taken in elsewhere."""
    text = json.dumps(as_file(), ensure_ascii=False, indent=2)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="taxonomy.json"'
    return answer
