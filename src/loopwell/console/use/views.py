"""Staff pages: is what people get used, and do they act on it? By team, never by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.calc.nps import Estimate
from loopwell.calc.proportion import wilson
from loopwell.console.answers.selection import today
from loopwell.console.door import StaffRequest, staff
from loopwell.digests.queries import TeamUse, said, use_of_teams

PERIODS = (7, 30, 90)


@dataclass(frozen=True)
class Line:
    """One team, with its visits as people on an average working day."""

    team: TeamUse
    home: float
    feed: float


@dataclass(frozen=True)
class Total:
    """All teams that are large enough together, so that nobody can subtract a small one."""

    people: int
    home: int
    possible: int
    in_time: int
    cases: int
    helped: int
    opinions: int

    @property
    def opened(self) -> float:
        return 100 * self.home / self.possible if self.possible else 0.0

    @property
    def in_time_share(self) -> Estimate:
        return wilson(self.in_time, self.cases)

    @property
    def helped_share(self) -> Estimate:
        return wilson(self.helped, self.opinions)


@staff(Right.COACH)
def index(request: StaffRequest) -> HttpResponse:
    asked = request.GET.get("days", "")
    length = int(asked) if asked in [str(n) for n in PERIODS] else 30
    end = today(timezone.now()) + timedelta(days=1)
    start = end - timedelta(days=length)
    teams = use_of_teams(request.actor, start=start, end=end)
    days = _working_days(start, end)
    context = {
        "rows": [Line(t, round(t.home / days, 1), round(t.feed / days, 1)) for t in teams],
        "total": (total := _total(teams, days)),
        "lead": _lead(total),
        "said": said(request.actor, start=start, end=end),
        "periods": [(n, _("%(days)s days") % {"days": n}, n == length) for n in PERIODS],
    }
    return render(request, "console/use/index.html", context)


def _working_days(start: date, end: date) -> int:
    """Mondays to Fridays; at least one."""
    days = (start + timedelta(days=n) for n in range((end - start).days))
    return sum(day.weekday() < 5 for day in days) or 1


def _total(teams: Sequence[TeamUse], days: int) -> Total:
    large = [team for team in teams if not team.few]
    people = sum(team.people for team in large)
    return Total(
        people=people,
        home=sum(team.home for team in large),
        possible=people * days,
        in_time=sum(team.in_time for team in large),
        cases=sum(team.cases for team in large),
        helped=sum(team.helped for team in large),
        opinions=sum(team.opinions for team in large),
    )


def _lead(total: Total) -> str:
    if not total.people:
        return _("Your teams are too small to show use without showing who.")
    return _("On a usual working day %(share)s %% of your people open their home page.") % {
        "share": round(total.opened)
    }
