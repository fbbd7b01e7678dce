"""Staff pages: where interactions come from, and each SQL source tried, started and watched."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.sources.forms import SourceForm, initial_of
from loopwell.integrations.sql import operations
from loopwell.integrations.sql.operations import BadSource
from loopwell.integrations.sql.queries import databases, source_by_ref, sources
from loopwell.integrations.sql.reading import place
from loopwell.integrations.sql.rules import SourceProblem
from loopwell.kit.errors import ExpectedError, Forbidden, NotFound
from loopwell.people.queries import held_interactions
from loopwell.people.rules.fields import INTERACTION_FIELDS, PROPERTY, lacking_of_interactions
from loopwell.people.rules.properties import property_names

TURNS = {"start": operations.start_source, "pause": operations.pause_source,
    "run": operations.run_now}  # fmt: skip


@staff(Right.RUN_SURVEYS)
def list_sources(request: StaffRequest) -> HttpResponse:
    context = {
        "sources": sources(request.actor),
        "databases": databases(),
        "may_add": request.actor.within(Right.RUN_SURVEYS).everything,
        "may_import": request.actor.may(Right.IMPORT_DATA),
        "held": held_interactions(request.actor).count(),
    }
    return render(request, "console/sources/list.html", context)


@staff(Right.RUN_SURVEYS)
def add(request: StaffRequest) -> HttpResponse:
    if not request.actor.within(Right.RUN_SURVEYS).everything:
        raise Forbidden(_("Only who runs surveys for the whole company can change sources."))
    return _form(request, None)


@staff(Right.RUN_SURVEYS)
def edit(request: StaffRequest, ref: str) -> HttpResponse:
    return _form(request, source_by_ref(request.actor, ref))


def _form(request: StaffRequest, source: Any) -> HttpResponse:
    form = SourceForm(request.POST or None, initial=initial_of(source) if source else None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = operations.save_source(
                actor=request.actor, now=timezone.now(), change=form.change(), source=source
            )
        except BadSource as error:
            blame(form, error)
        else:
            return redirect("sources:source", saved.ref)
    context = {"form": form, "source": source, "databases": databases()}
    status = 422 if form.errors else 200
    return render(request, "console/sources/form.html", context, status=status)


@staff(Right.RUN_SURVEYS)
def source(request: StaffRequest, ref: str) -> HttpResponse:
    return _page(request, source_by_ref(request.actor, ref), {})


def _page(
    request: StaffRequest, found: Any, extra: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {
        "source": found,
        "place": place(found.variable),
        "lacking": lacking_of_interactions(found.mapping),
        "counts": found.last_counts,
        **extra,
    }
    return render(request, "console/sources/source.html", context, status=status)


@staff(Right.RUN_SURVEYS)
@require_POST
def try_out(request: StaffRequest, ref: str) -> HttpResponse:
    """The first rows as they would be taken, and which column fills what."""
    found = source_by_ref(request.actor, ref)
    try:
        tried = operations.try_it(actor=request.actor, now=timezone.now(), source=found)
    except SourceProblem as error:
        return _page(request, found, {"error": str(error)}, status=422)
    labels = {field.name: field.label for field in INTERACTION_FIELDS}
    shown = [name for name in tried.mapping if name in labels]
    context = {
        "tried": tried,
        "fields": [(field, tried.mapping.get(field.name, "")) for field in INTERACTION_FIELDS],
        "kept": _kept(tried.columns, tried.mapping),
        "shown": [labels[name] for name in shown],
        "rows": [(row, [_cell(row, name) for name in shown], _left(row, shown))
                 for row in tried.rows],
    }  # fmt: skip
    return _page(request, found, context)


def _kept(columns: Any, mapping: Any) -> list[tuple[str, str, bool]]:
    """Columns that fill no field: (column, its name as a property, whether it is kept)."""
    names = {column: name for name, column in mapping.items()}
    left = [c for c in columns if names.get(c, PROPERTY).startswith(PROPERTY)]
    return [(column, name, column in names) for name, column in property_names(left).items()]


def _cell(row: Any, name: str) -> tuple[str, str]:
    wrong = {p.field: p.reason for p in row.problems}
    return row.values.get(name, "")[:80], wrong.get(name, "")


def _left(row: Any, shown: list[str]) -> str:
    return "; ".join(p.reason for p in row.problems if p.field not in shown)


@staff(Right.RUN_SURVEYS)
@require_POST
def columns(request: StaffRequest, ref: str) -> HttpResponse:
    found = source_by_ref(request.actor, ref)
    mapping = {}
    for field in INTERACTION_FIELDS:
        column = request.POST.get(f"field-{field.name}", "")
        if column in found.columns:
            mapping[field.name] = column
    kept = [c for c in request.POST.getlist("keep") if c in found.columns]
    left = [c for c in kept if c not in mapping.values()]
    mapping |= {PROPERTY + name: column for name, column in property_names(left).items()}
    try:
        operations.choose_columns(actor=request.actor, source=found, mapping=mapping)
    except BadSource as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The columns are saved."))
    return redirect("sources:source", ref)


@staff(Right.RUN_SURVEYS)
@require_POST
def turn(request: StaffRequest, ref: str) -> HttpResponse:
    """Starts it, pauses it, or runs it once."""
    found = source_by_ref(request.actor, ref)
    doing = TURNS.get(request.POST.get("turn", ""))
    if doing is None:
        raise NotFound(_("There is no such action."))
    try:
        doing(actor=request.actor, now=timezone.now(), source=found)
    except ExpectedError as error:
        messages.error(request, str(error))
    else:
        if request.POST["turn"] == "run":
            messages.success(request, _("It is being read now: look again in a moment."))
    return redirect("sources:source", ref)


@staff(Right.RUN_SURVEYS)
def delete(request: StaffRequest, ref: str) -> HttpResponse:
    found = source_by_ref(request.actor, ref)
    if request.method == "POST":
        operations.delete_source(actor=request.actor, now=timezone.now(), source=found)
        messages.success(request, _("The source is gone. What it brought stays."))
        return redirect("sources:list")
    return render(request, "console/sources/delete.html", {"source": found})
