"""Staff pages: does calling win customers back, and are they asked again?"""

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases.operations import asking_again
from loopwell.cases.queries.asking_again import asks_again
from loopwell.cases.queries.recovery import RecoveryFilter, cost_of, pairs
from loopwell.cases.rules.recovery import ENOUGH, recovery_of
from loopwell.console.answers import choices
from loopwell.console.answers.choices import Choice, property_labels
from loopwell.console.answers.selection import Selection, read_selection
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.recovery import showing
from loopwell.kit.errors import Conflict, Invalid


class AskAgainForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Days after the case was closed"),
        min_value=asking_again.DAYS[0],
        max_value=asking_again.DAYS[-1],
        initial=30,
    )


@staff(Right.READ_ANSWERS, Right.READ_CASES)
def index(request: StaffRequest) -> HttpResponse:
    return _page(request)


@require_POST
@staff(Right.RUN_SURVEYS)
def ask_again(request: StaffRequest) -> HttpResponse:
    form = AskAgainForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        made = asking_again.ask_again(
            actor=request.actor, now=timezone.now(), days=form.cleaned_data["days"]
        )
    except Invalid as error:
        blame(form, error)
        return _page(request, form=form, status=error.status)
    except Conflict as error:
        messages.error(request, str(error))
        return redirect("recovery:index")
    messages.success(
        request, _("From now on customers are asked again after their case. Look at its words.")
    )
    return redirect("programmes:programme", made.ref)


def _page(
    request: StaffRequest, *, form: AskAgainForm | None = None, status: int = 200
) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    asked = request.GET if {"period", "from"} & set(request.GET) else _year(request.GET)
    selection = read_selection(asked, actor, now)
    labels = property_labels()
    segment = request.GET.get("segment", "")
    segment = segment if segment in labels else ""
    found = recovery_of(pairs(actor, _wanted(selection, segment)))
    programme = asks_again()
    context: dict[str, Any] = {
        "now": now,
        "selection": selection,
        "choices": {
            "period": choices.periods(selection),
            "unit": choices.units(actor, selection),
            "kind": [c for c in choices.kinds(selection) if c.value in KINDS],
            "segment": [
                Choice("", _("Alike in: unit"), not segment),
                *(
                    Choice(name, _("Alike in: %(name)s") % {"name": label}, name == segment)
                    for name, label in labels.items()
                ),
            ],
        },
        "found": found,
        "finding": showing.finding(found),
        "anybody": any(row.asked for row in found.rows),
        "rows": showing.named(found.rows, showing.CARE),
        "speed": showing.named(found.speed, showing.SPEED),
        "speed_words": showing.speed_words(found),
        "enough": ENOUGH,
        "teams": [row for row in found.teams if not row.too_few],
        "small_teams": [row for row in found.teams if row.too_few],
        "money": showing.money(cost_of(found.called_cases), found),
        "programme": programme,
        "programme_days": round(programme.delay_minutes / 60 / 24) if programme else None,
        "may_ask": actor.may(Right.RUN_SURVEYS),
        "form": form or AskAgainForm(),
    }
    return render(request, "console/recovery/index.html", context, status=status)


KINDS = ("", "relationship", "transactional")


def _year(given: QueryDict) -> QueryDict:
    """Recovery needs time: a year unless somebody chooses."""
    longer = given.copy()
    longer["period"] = "12m"
    return longer


def _wanted(selection: Selection, segment: str) -> RecoveryFilter:
    zone = timezone.get_current_timezone()

    def moment(day: date | None) -> datetime | None:
        return datetime(day.year, day.month, day.day, tzinfo=zone) if day else None

    return RecoveryFilter(
        start=moment(selection.start),
        end=moment(selection.end),
        unit_path=selection.path,
        kind=selection.kind if selection.kind in KINDS else "",
        segment=segment,
    )
