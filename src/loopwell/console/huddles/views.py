"""Staff pages: a team's week to talk about, and what it commits to."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.huddles.forms import CommitmentForm, EndForm, HoldForm
from loopwell.console.huddles.showing import score_words
from loopwell.huddles.enums import CommitmentState
from loopwell.huddles.operations import commitments, holding
from loopwell.huddles.queries import teams
from loopwell.huddles.queries.agenda import agenda
from loopwell.huddles.queries.issues import answers_for
from loopwell.huddles.rules.weeks import monday_of, read_week, week_text
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.kit.errors import Conflict, Invalid, NotFound
from loopwell.stories.queries.notices import notices_for_unit

SHOWN = 5


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    """Whoever works in a team is taken to this week's huddle; others, and those who see the whole
    company, choose a team."""
    actor = request.actor
    week = week_text(monday_of(timezone.localdate()))
    own = None if actor.within(Right.READ_ANSWERS).everything else teams.own_team(actor)
    if own is not None and "choose" not in request.GET and own.parent_id is not None:
        return redirect("huddles:huddle", own.ref, week)
    found = teams.teams(actor)
    if len(found) == 1 and "choose" not in request.GET:
        return redirect("huddles:huddle", found[0][0].ref, week)
    return render(request, "console/huddles/teams.html", {"teams": found, "week": week})


@staff(Right.READ_ANSWERS)
def mine(request: StaffRequest) -> HttpResponse:
    context = {"commitments": list(teams.open_commitments(request.actor)), "form": EndForm(),
               "today": timezone.localdate()}  # fmt: skip
    return render(request, "console/huddles/mine.html", context)


@staff(Right.READ_ANSWERS)
def huddle(request: StaffRequest, unit: str, week: str) -> HttpResponse:
    return _page(request, unit, week)


@require_POST
@staff(Right.READ_ANSWERS, Right.COACH)
def commit(request: StaffRequest, unit: str, week: str) -> HttpResponse:
    team, monday = _team_and_week(request, unit, week)
    people = {user.ref: user for user in teams.members(team)}
    form = CommitmentForm(request.POST, people=[(key, str(user)) for key, user in people.items()])

    def act() -> str:
        facts = form.cleaned_data
        made = commitments.commit(
            actor=request.actor, now=timezone.now(), unit=team, week=monday, what=facts["what"],
            owner=people[facts["owner"]], due_on=facts["due_on"],
        )  # fmt: skip
        return _("Noted. %(name)s will be told.") % {"name": made.owner}

    return _act(request, unit, week, name="commitment", form=form, act=act)


@require_POST
@staff(Right.READ_ANSWERS, Right.COACH)
def hold(request: StaffRequest, unit: str, week: str) -> HttpResponse:
    team, monday = _team_and_week(request, unit, week)
    form = HoldForm(request.POST)

    def act() -> str:
        holding.hold_huddle(
            actor=request.actor, now=timezone.now(), unit=team, week=monday,
            notes=form.cleaned_data["notes"], attended=form.cleaned_data["attended"],
        )  # fmt: skip
        return _("Kept: the numbers of this week stay as you told them.")

    return _act(request, unit, week, name="hold", form=form, act=act)


@require_POST
@staff(Right.READ_ANSWERS, Right.COACH)
def not_held(request: StaffRequest, unit: str, week: str) -> HttpResponse:
    team, monday = _team_and_week(request, unit, week)
    found = teams.huddle_of(team, monday)
    if found is None:
        raise NotFound(_("There is no such huddle."))
    holding.not_held(actor=request.actor, now=timezone.now(), huddle=found)
    return redirect("huddles:huddle", unit, week)


@require_POST
@staff(Right.READ_ANSWERS)
def end(request: StaffRequest, ref: str, verb: str) -> HttpResponse:
    """Done, dropped or open again; back to where one came from."""
    found, actor, now = teams.commitment_by_ref(request.actor, ref), request.actor, timezone.now()
    try:
        if verb == "again":
            commitments.take_up_again(actor=actor, now=now, commitment=found)
        elif verb in (CommitmentState.DONE, CommitmentState.DROPPED):
            commitments.end_commitment(
                actor=actor, now=now, commitment=found, state=CommitmentState(verb),
                outcome=request.POST.get("outcome", ""),
            )  # fmt: skip
        else:
            raise NotFound(_("There is no such page."))
    except (Invalid, Conflict) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Noted."))
    back = request.POST.get("back", "")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if here else "huddles:mine")


def _team_and_week(request: StaffRequest, unit: str, week: str) -> tuple[Any, date]:
    monday = read_week(week)
    if monday is None or monday > timezone.localdate():
        raise NotFound(_("There is no such week."))
    return teams.team_by_ref(request.actor, unit), monday


def _act(
    request: StaffRequest, unit: str, week: str, *, name: str, form: Any, act: Callable[[], str]
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, unit, week, forms={name: form}, status=422)
    try:
        done = act()
    except Invalid as error:
        blame(form, error)
        return _page(request, unit, week, forms={name: form}, status=error.status)
    except Conflict as error:
        messages.error(request, str(error))
        return redirect("huddles:huddle", unit, week)
    messages.success(request, done)
    return redirect("huddles:huddle", unit, week)


def _page(
    request: StaffRequest,
    unit: str,
    week: str,
    *,
    forms: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    team, monday = _team_and_week(request, unit, week)
    found = teams.huddle_of(team, monday)
    still, ended = teams.team_commitments(team, monday)
    days = timedelta(days=7)
    given = forms or {}
    leads = teams.may_lead(actor, team)
    people = [(user.ref, str(user)) for user in teams.members(team)] if leads else []
    context: dict[str, Any] = {
        "team": team,
        "week": week,
        "title": _week_words(monday),
        "huddle": found,
        "is_held": bool(found and found.held_at),
        "leads": leads,
        "still": [(row, teams.weeks_carried(row, monday)) for row in still],
        "ended": ended,
        "notices": notices_for_unit(team.path).filter(
            at__date__gte=monday, at__date__lt=monday + days
        )[:SHOWN],
        "issues": answers_for(team, now - 2 * days) if monday + days > timezone.localdate() else [],
        "before": week_text(monday - days),
        "after": week_text(monday + days) if monday + days <= timezone.localdate() else "",
        "held": teams.held(team),
        "today": timezone.localdate(),
        "now": now,
        "sees_cases": actor.may(Right.READ_CASES),
        "aloud": "aloud" in request.GET,
        "forms": {
            "commitment": given.get("commitment")
            or CommitmentForm(people=people, initial={"due_on": monday + days}),
            "hold": given.get("hold")
            or HoldForm(
                initial={
                    "notes": found.notes if found else "",
                    "attended": found.attended if found else None,
                }
            ),
            "end": EndForm(),
        },
    }
    try:
        context["agenda"] = agenda(actor, team, monday, now)
        context["score_words"] = score_words(context["agenda"].score)
    except WarehouseUnavailable as error:
        context["trouble"] = str(error)
    return render(request, "console/huddles/huddle.html", context, status=status)


def _week_words(monday: date) -> str:
    """ "16 – 22 November"."""
    last = monday + timedelta(days=6)
    if monday.month == last.month:
        return f"{monday.day} – {date_format(last, 'j E')}"
    return f"{date_format(monday, 'j E')} – {date_format(last, 'j E')}"
