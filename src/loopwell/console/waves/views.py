"""Staff pages: which sendings are there, whom would a new one ask, and how is one going?"""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.outbox.frames import framed
from loopwell.console.waves.forms import WaveForm
from loopwell.delivery.enums import InvitationState, Purpose
from loopwell.delivery.queries import counts_of_wave, wave_letter
from loopwell.delivery.states import counts_by_invitation_state
from loopwell.kit.errors import Invalid, NotFound
from loopwell.sampling import operations, queries
from loopwell.sampling.enums import After, Channel
from loopwell.sampling.rules import EXCLUSIONS, Asking, CustomerFilter
from loopwell.surveys.queries import published, sendable, survey_by_ref
from loopwell.surveys.rules import languages_of

PER_PAGE = 50


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    page = Paginator(queries.visible_to(request.actor).filter(programme=None), PER_PAGE).get_page(
        request.GET.get("page")
    )
    progress = queries.progress_of(page.object_list)
    rows = [(each, progress.get(each.pk, queries.Progress())) for each in page]
    return render(request, "console/waves/list.html", {"rows": rows, "page": page})


def _form(request: StaffRequest, data: Any = None) -> WaveForm:
    surveys = [(each.ref, each.name) for each in sendable(request.actor)]
    initial = {"survey": request.GET.get("survey", "")}
    choices = queries.filter_choices(request.actor)
    return WaveForm(data, surveys=surveys, choices=choices, initial=initial)


@staff(Right.RUN_SURVEYS)
def new(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        form = _form(request, request.POST)
        if form.is_valid():
            try:
                return redirect("waves:wave", _plan(request, form).ref)
            except Invalid as error:
                blame(form, error)
    else:
        form = _form(request)
    context = {"form": form, "nothing_to_send": not sendable(request.actor)}
    if not context["nothing_to_send"]:
        context["reach"] = _reach(request, form)
    status = 422 if form.is_bound else 200
    return render(request, "console/waves/new.html", context, status=status)


def _plan(request: StaffRequest, form: WaveForm) -> Any:
    given = form.cleaned_data
    return operations.plan_wave(
        actor=request.actor,
        name=given["name"],
        survey=survey_by_ref(request.actor, given["survey"]),
        wanted=form.wanted(),
        now=timezone.now(),
        sample_size=given["sample_size"],
        strata=given["strata"],
        exceptions=_exceptions(given["exception_reason"]),
        other_languages=given["other_languages"],
        reminders=given["reminders"],
        open_for_days=given["open_for_days"],
    )


def _exceptions(reason: str) -> dict[After, str]:
    return {After.INVITATION: reason} if reason.strip() else {}


@staff(Right.RUN_SURVEYS)
def reach(request: StaffRequest) -> HttpResponse:
    """How many customers the filter reaches, while it is being chosen."""
    form = _form(request, request.GET)
    return render(request, "console/waves/_reach.html", {"reach": _reach(request, form)})


def _reach(request: StaffRequest, form: WaveForm) -> queries.Reach:
    if form.is_bound:
        form.is_valid()
        given, wanted = form.cleaned_data, form.wanted()
    else:
        given, wanted = {}, CustomerFilter()
    chosen = given.get("survey") or form["survey"].initial or ""
    known = {ref for ref, _name in form.fields["survey"].choices}  # type: ignore[attr-defined]  # a ChoiceField
    if not known:
        raise NotFound(_("No survey is published yet."))
    survey = survey_by_ref(request.actor, chosen if chosen in known else min(known))
    version = published(survey)
    everyone = given.get("other_languages") or version is None
    languages = () if everyone or version is None else tuple(sorted(version.texts))
    rules = queries.rules_for(survey.kind, Channel.EMAIL)
    if given.get("exception_reason"):
        rules = tuple(each for each in rules if each.after != After.INVITATION)
    asking = Asking(now=timezone.now(), languages=languages, rules=rules)
    return queries.reach(
        queries.candidates(request.actor.within(Right.RUN_SURVEYS), wanted), asking
    )


@staff(Right.RUN_SURVEYS)
def wave(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.wave_by_ref(request.actor, ref)
    now = timezone.now()
    if found.launched_at is None:
        context = _planned(request, found)
        return render(request, "console/waves/planned.html", context)
    progress = queries.progress_of([found]).get(found.pk, queries.Progress())
    states = counts_of_wave(found)
    waiting = states.get("queued", 0) + states.get("sending", 0)
    reached = counts_by_invitation_state(found.invitations.all(), now)
    context = {
        "wave": found,
        "progress": progress,
        "states": states,
        "waiting": waiting,
        "reached": reached,
        "reached_total": sum(reached.values()),
        "by_phone": found.channel == Channel.PHONE,
        "to_call": reached.get(InvitationState.PLANNED, 0),
        "preparing": found.chosen is None or progress.planned < found.chosen,
        "left_out": [
            (EXCLUSIONS[reason].label, count)
            for reason, count in found.excluded.items()
            if reason in EXCLUSIONS
        ],
        "short": queries.short_of(found),
        "left_out_total": sum(found.excluded.values()),
        "now": now,
    }
    return render(request, "console/waves/progress.html", context)


def _planned(request: StaffRequest, found: Any) -> dict[str, Any]:
    now = timezone.now()
    codes = languages_of(found.version)
    asked = request.GET.get("language", "")
    language = asked if asked in codes else codes[0]
    purpose = Purpose.REMINDER if "reminder" in request.GET else Purpose.INVITATION
    example = queries.examples(found, now).get(language)
    reached = queries.reach(queries.candidates_of(found), queries.asking_of(found, now))
    return {
        "wave": found,
        "reach": reached,
        "count": min(found.sample_size or reached.askable, reached.askable),
        "codes": codes,
        "language": language,
        "reminder": purpose == Purpose.REMINDER,
        "example": example,
        "letter": wave_letter(found, language=language, customer=example, purpose=purpose),
    }


@staff(Right.RUN_SURVEYS)
def mail(request: StaffRequest, ref: str, language: str) -> HttpResponse:
    """The HTML part alone, for the frame on the page."""
    found = queries.wave_by_ref(request.actor, ref)
    example = queries.examples(found, timezone.now()).get(language)
    purpose = Purpose.REMINDER if "reminder" in request.GET else Purpose.INVITATION
    letter = wave_letter(found, language=language, customer=example, purpose=purpose)
    return framed(letter.html, links=False)
