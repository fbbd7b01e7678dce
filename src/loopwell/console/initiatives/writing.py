"""Staff pages: proposing an initiative, from a problem, an issue or a call; changing it."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.queries import in_order
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.initiatives.forms import InitiativeForm
from loopwell.console.initiatives.sources import Source, first_words, source_of
from loopwell.huddles.queries.evidence import can_take_work
from loopwell.initiatives.enums import Kind
from loopwell.initiatives.operations.claiming import ChangedMeanwhile
from loopwell.initiatives.operations.drafts import Hope, InitiativeDraft, Means
from loopwell.initiatives.operations.proposing import change_initiative, propose_initiative
from loopwell.initiatives.queries.seeing import (
    initiative_by_ref,
    may_decide,
    may_work_on,
    units_to_propose_for,
)
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.themes.queries.taxonomy import lines


@dataclass
class _Known:
    """What can be chosen, by its name in the form."""

    units: dict[str, Any] = field(default_factory=dict)
    themes: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)


@staff(Right.READ_ANSWERS, Right.SET_TARGETS)
def new(request: StaffRequest) -> HttpResponse:
    actor = request.actor
    source = source_of(actor, request.POST if request.method == "POST" else request.GET)
    form, known = _form(request, first=first_words(actor, source))
    if request.method == "POST" and form.is_valid():
        draft = _draft(form, known, source)
        try:
            made = propose_initiative(actor=actor, now=timezone.now(), draft=draft)
        except Invalid as error:
            blame(form, error)
        except Forbidden as error:
            form.add_error("units", str(error))
        else:
            messages.success(request, _("Proposed. Those who decide are told."))
            return redirect("initiatives:initiative", made.ref)
    context = {"form": form, "source": source, "whole": may_decide(actor)}
    status = 422 if form.errors else 200
    return render(request, "console/initiatives/write.html", context, status=status)


@staff(Right.READ_ANSWERS)
def change(request: StaffRequest, ref: str) -> HttpResponse:
    actor = request.actor
    found = initiative_by_ref(actor, ref)
    if not may_work_on(actor, found):
        raise Forbidden(_("Only those who lead this initiative or its units can do this."))
    form, known = _form(request, first=_now(found), found=found)
    status, version = 200, request.POST.get("version", str(found.version))
    if request.method == "POST" and form.is_valid():
        draft = _draft(form, known, Source())
        try:
            change_initiative(
                actor=actor, now=timezone.now(), initiative=found,
                version=int(version) if version.isdecimal() else 0, draft=draft,
            )  # fmt: skip
        except Invalid as error:
            blame(form, error)
        except Forbidden as error:
            form.add_error("units", str(error))
        except ChangedMeanwhile as error:
            form.add_error(None, str(error))
            status, version = error.status, str(found.version)
        else:
            messages.success(request, _("Saved."))
            return redirect("initiatives:initiative", ref)
    if form.errors and status == 200:
        status = 422
    context = {
        "form": form, "initiative": found, "version": version, "source": Source(),
        "whole": may_decide(actor),
    }  # fmt: skip
    return render(request, "console/initiatives/write.html", context, status=status)


def _now(found: Any) -> dict[str, Any]:
    plain = ("title", "kind", "hypothesis", "segment", "function", "authority", "due_on", "nps",
             "nps_low", "nps_high", "share", "currency", "cost", "budget", "people", "profit",
             "profit_low", "profit_high")  # fmt: skip
    return {
        **{name: getattr(found, name) for name in plain},
        "themes": list(found.themes.values_list("slug", flat=True)),
        "units": list(found.units.values_list("ref", flat=True)),
        "owner": found.owner.ref if found.owner else "",
        "sponsor": found.sponsor.ref if found.sponsor else "",
    }


def _form(
    request: StaffRequest, *, first: dict[str, Any], found: Any = None
) -> tuple[InitiativeForm, _Known]:
    """What is chosen already can stay chosen, also where one could not choose it anew."""
    known, actor = _Known(), request.actor
    rows = in_order([*units_to_propose_for(actor), *(found.units.all() if found else ())])
    known.units = {unit.ref: unit for unit, _depth in rows}
    tree = [(line.theme, line.level) for line in lines()]
    kept = [(theme, 1) for theme in found.themes.all()] if found else []
    known.themes = {theme.slug: theme for theme, _level in [*tree, *kept]}
    levels = {theme.slug: level for theme, level in [*kept, *tree]}
    people = list(can_take_work(actor))
    people += [p for p in ((found.owner, found.sponsor) if found else ()) if p and p not in people]
    known.people = {person.ref: person for person in people}
    form = InitiativeForm(
        request.POST if request.method == "POST" else None,
        initial=first,
        units=[(unit.ref, "\u2003" * depth + str(unit)) for unit, depth in rows],
        themes=[
            (slug, "\u2003" * (levels[slug] - 1) + str(theme))
            for slug, theme in known.themes.items()
        ],
        people=[(ref, f"{p} · {p.unit}" if p.unit else str(p)) for ref, p in known.people.items()],
    )
    return form, known


def _draft(form: InitiativeForm, known: _Known, source: Source) -> InitiativeDraft:
    told = form.cleaned_data
    return InitiativeDraft(
        title=told["title"],
        kind=Kind(told["kind"]),
        themes=[known.themes[slug] for slug in told["themes"]],
        units=[known.units[ref] for ref in told["units"]],
        segment=told["segment"],
        hypothesis=told["hypothesis"],
        owner=known.people.get(told["owner"]),
        sponsor=known.people.get(told["sponsor"]),
        function=told["function"],
        authority=told["authority"],
        due_on=told["due_on"],
        hope=Hope(told["share"], told["nps"], told["nps_low"], told["nps_high"]),
        means=Means(
            currency=told["currency"], budget=told["budget"], cost=told["cost"],
            profit=told["profit"], profit_low=told["profit_low"], profit_high=told["profit_high"],
            people=told["people"],
        ),
        origin=source.origin, issue=source.issue, case=source.case,
    )  # fmt: skip
