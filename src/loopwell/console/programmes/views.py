"""Staff pages: which programmes are there, whom does one ask, and what will it do next week?"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.programmes import wording
from loopwell.console.programmes.forms import ProgrammeForm
from loopwell.console.programmes.initial import initial_of
from loopwell.delivery.states import counts_by_invitation_state
from loopwell.kit.errors import Invalid, NotFound
from loopwell.people.queries import touchpoints_in_use
from loopwell.sampling import operations, queries
from loopwell.sampling.enums import ProgrammeKind
from loopwell.sampling.rules import ADDRESSES, ASKED, ProgrammeDraft
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.queries import sendable, survey_by_ref

DAYS_AHEAD = 7
PLACES = {"delay_minutes": "delay", "expires_hours": "expires_days", "quotas": "most_1"}
"""What an operation calls otherwise than the form."""


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    found = list(queries.programmes(request.actor))
    progress = queries.programme_progress(found)
    rows = [
        {
            "programme": each,
            "state": wording.state_of(each),
            "kind": wording.kind_name(each.kind),
            "when": wording.in_a_sentence(queries.draft_of(each)),
            "progress": progress.get(each.pk, queries.Progress()),
        }
        for each in found
    ]
    return render(request, "console/programmes/list.html", {"rows": rows, "here": "programmes"})


@staff(Right.RUN_SURVEYS)
def choose(request: StaffRequest) -> HttpResponse:
    context = {"cards": wording.cards(), "survey": request.GET.get("survey", "")}
    return render(request, "console/programmes/choose.html", context)


def _kind(text: str) -> ProgrammeKind:
    if text not in ProgrammeKind.values:
        raise NotFound(_("There is no such kind of programme."))
    return ProgrammeKind(text)


def _form(
    request: StaffRequest, kind: ProgrammeKind, data: Any = None, initial: Any = None
) -> ProgrammeForm:
    chosen = (initial or {}).get("touchpoints", [])
    known = sorted({*touchpoints_in_use(request.actor), *chosen})
    return ProgrammeForm(
        data,
        kind=kind,
        surveys=[(each.ref, each.name) for each in _fitting(request, kind)],
        channels=[(name, wording.channel_name(name)) for name in ADDRESSES],
        touchpoints=[(each, each) for each in known],
        choices=queries.filter_choices(request.actor),
        initial=initial,
    )


def _fitting(request: StaffRequest, kind: ProgrammeKind) -> list[Any]:
    """Surveys about a contact for programmes after a contact, the others for those in cycles."""
    every = list(sendable(request.actor))
    after_contact = kind == ProgrammeKind.TRANSACTIONAL
    fit = [each for each in every if (each.kind == SurveyKind.TRANSACTIONAL) == after_contact]
    return fit if fit and kind != ProgrammeKind.LINK else every


@staff(Right.RUN_SURVEYS)
def new(request: StaffRequest, kind: str) -> HttpResponse:
    chosen = _kind(kind)
    initial = {"survey": request.GET.get("survey", "")}
    form = _form(request, chosen, request.POST or None, initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_programme(
                actor=request.actor,
                survey=survey_by_ref(request.actor, form.cleaned_data["survey"]),
                draft=form.draft(),
                now=timezone.now(),
            )
            return redirect("programmes:programme", made.ref)
        except Invalid as error:
            blame(form, error, PLACES)
    context = {
        "form": form,
        "kind": chosen.value,
        "kind_name": wording.kind_name(chosen),
        "nothing_to_send": not sendable(request.actor),
        "reach": _reach(request, ProgrammeDraft(kind=chosen), ""),
    }
    status = 422 if form.is_bound else 200
    return render(request, "console/programmes/form.html", context, status=status)


@staff(Right.RUN_SURVEYS)
def change(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.programme_by_ref(request.actor, ref)
    kind = ProgrammeKind(found.kind)
    draft = queries.draft_of(found)
    initial = initial_of(draft, found.survey.ref)
    form = _form(request, kind, request.POST or None, initial)
    del form.fields["survey"]
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_programme(
                actor=request.actor, programme=found, draft=form.draft(), now=timezone.now()
            )
            messages.success(request, _("Saved. It holds from the next round on."))
            return redirect("programmes:programme", ref)
        except Invalid as error:
            blame(form, error, PLACES)
    context = {
        "form": form,
        "kind": kind.value,
        "kind_name": wording.kind_name(kind),
        "programme": found,
        "reach": _reach(request, draft, found.survey.ref),
    }
    status = 422 if form.is_bound else 200
    return render(request, "console/programmes/form.html", context, status=status)


@staff(Right.RUN_SURVEYS)
def reach(request: StaffRequest, kind: str) -> HttpResponse:
    """Whom the choices made so far would ask, while they are being made; stores nothing."""
    form = _form(request, _kind(kind), request.GET)
    form.is_valid()
    survey = form.cleaned_data.get("survey") or request.GET.get("survey", "")
    context = {"reach": _reach(request, form.draft(), survey), "kind": kind}
    return render(request, "console/programmes/_reach.html", context)


def _reach(request: StaffRequest, draft: ProgrammeDraft, survey_ref: str) -> Any:
    if draft.kind == ProgrammeKind.LINK or not sendable(request.actor):
        return None
    known = {each.ref: each for each in _fitting(request, draft.kind)}
    survey = known.get(survey_ref) or next(iter(known.values()))
    return queries.simulate(actor=request.actor, survey=survey, draft=draft, now=timezone.now())


@staff(Right.RUN_SURVEYS)
def programme(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.programme_by_ref(request.actor, ref)
    draft = queries.draft_of(found)
    now = timezone.now()
    choices = queries.filter_choices(request.actor)
    reached = counts_by_invitation_state(found.invitations.all(), now)
    context = {
        "programme": found,
        "reached": reached,
        "reached_total": sum(reached.values()),
        "state": wording.state_of(found),
        "since": wording.since(found),
        "kind_name": wording.kind_name(found.kind),
        "when": wording.in_a_sentence(draft),
        "draft": draft,
        "channel": wording.channel_name(found.channel),
        "quotas": wording.quota_words(draft, dict(choices["properties"])),
        "exceptions": queries.exceptions_allowed(request.actor).filter(programme=found),
        "progress": queries.programme_progress([found]).get(found.pk, queries.Progress()),
        "runs": [
            {
                "run": each,
                "looked_at": sum(each.counts.values()),
                "asked": each.counts.get(ASKED, 0),
            }
            for each in queries.runs(request.actor, programme=found)[:10]
        ],
        "is_link": found.kind == ProgrammeKind.LINK,
        "now": now,
    }
    waits = found.paused_at or found.ended_at
    if found.kind != ProgrammeKind.LINK and not waits:
        context["upcoming"] = queries.upcoming(found, now, days=DAYS_AHEAD)
        context["shortfalls"] = queries.shortfalls(found, now)
    return render(request, "console/programmes/programme.html", context)
