"""What does somebody want an initiative to be, and can it be so?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor
from loopwell.cases.models import Case
from loopwell.cases.queries import visible_to as visible_cases
from loopwell.huddles.models import Issue
from loopwell.huddles.queries.evidence import can_take_work
from loopwell.huddles.queries.issues import visible_to as visible_issues
from loopwell.initiatives.enums import Kind, Origin
from loopwell.initiatives.models import Initiative
from loopwell.initiatives.queries.seeing import units_to_propose_for
from loopwell.kit.errors import Forbidden, NotFound
from loopwell.themes.models import Theme

MOST_POINTS, MOST_PERCENT, MOST_PEOPLE = 200.0, 100.0, Decimal(10_000)
MOST_MONEY = Decimal(10) ** 11


@dataclass(frozen=True)
class Hope:
    """Expected effects, signed: `share` of the problem in percentage points, `nps` in points."""

    share: float | None = None
    nps: float | None = None
    nps_low: float | None = None
    nps_high: float | None = None


@dataclass(frozen=True)
class Means:
    """Money and people; None is not known."""

    currency: str = "EUR"
    budget: Decimal | None = None
    cost: Decimal | None = None
    profit: Decimal | None = None
    profit_low: Decimal | None = None
    profit_high: Decimal | None = None
    people: Decimal | None = None


@dataclass(frozen=True)
class InitiativeDraft:
    """Without units it is for the whole company. Where it came from is kept when it is made."""

    title: str
    kind: Kind = Kind.FIX
    themes: Sequence[Theme] = ()
    units: Sequence[Unit] = ()
    segment: str = ""
    hypothesis: str = ""
    owner: User | None = None
    sponsor: User | None = None
    function: str = ""
    authority: str = ""
    due_on: date | None = None
    hope: Hope = field(default_factory=Hope)
    means: Means = field(default_factory=Means)
    origin: Origin = Origin.OTHER
    issue: Issue | None = None
    case: Case | None = None


def check_place(actor: Actor, units: Sequence[Unit]) -> None:
    """For the whole company propose those whose right reaches everywhere."""
    mine = units_to_propose_for(actor)
    if not units:
        allowed = mine.filter(parent=None).exists()
    else:
        allowed = mine.filter(pk__in=[u.pk for u in units]).count() == len({u.pk for u in units})
    if not allowed:
        raise Forbidden(_("You propose initiatives for your own units only."))


def check_source(actor: Actor, draft: InitiativeDraft) -> None:
    if draft.issue is not None and not visible_issues(actor).filter(pk=draft.issue.pk).exists():
        raise NotFound(_("There is no such issue."))
    if draft.case is not None and not visible_cases(actor).filter(pk=draft.case.pk).exists():
        raise NotFound(_("There is no such case."))


def problems(
    actor: Actor, draft: InitiativeDraft, before: Initiative | None
) -> dict[str, list[str]]:
    """What is wrong, by field."""
    found = {}
    if not draft.title.strip():
        found["title"] = [_("Say in a few words what will change.")]
    if draft.kind == Kind.FIX and not draft.themes:
        found["themes"] = [_("Choose the problem that it fixes.")]
    known = (before.owner_id, before.sponsor_id) if before else ()
    for name, person in (("owner", draft.owner), ("sponsor", draft.sponsor)):
        if person is not None and person.pk not in known and not _works_here(actor, person):
            found[name] = [_("Choose somebody who leads or works in a function here.")]
    return found | _hope_problems(draft) | _means_problems(draft.means)


def _works_here(actor: Actor, person: User) -> bool:
    return person.pk == actor.user_id or can_take_work(actor).filter(pk=person.pk).exists()


def _hope_problems(draft: InitiativeDraft) -> dict[str, list[str]]:
    hope, found = draft.hope, {}
    if hope.share is not None and not -MOST_PERCENT <= hope.share <= MOST_PERCENT:
        found["share"] = [_("A share changes by at most 100 points.")]
    points = [each for each in (hope.nps, hope.nps_low, hope.nps_high) if each is not None]
    if any(not -MOST_POINTS <= each <= MOST_POINTS for each in points):
        found["nps"] = [_("NPS changes by at most 200 points.")]
    elif problem := _range_problem(hope.nps, hope.nps_low, hope.nps_high):
        found["nps"] = [problem]
    if draft.kind == Kind.COMPETES and (points or hope.share is not None):
        found["nps"] = [
            _("A project with an effect on customers fixes a problem: choose that kind.")
        ]
    return found


def _means_problems(means: Means) -> dict[str, list[str]]:
    found = {}
    if not (len(means.currency) == 3 and means.currency.isascii() and means.currency.isalpha()):
        found["currency"] = [_("Three letters, such as EUR.")]
    for name, amount in (("budget", means.budget), ("cost", means.cost)):
        if amount is not None and not (math.isfinite(amount) and 0 <= amount < MOST_MONEY):
            found[name] = [_("It must not be negative, and less than 100 billion.")]
    amounts = (means.profit, means.profit_low, means.profit_high)
    if any(e is not None and not (math.isfinite(e) and abs(e) < MOST_MONEY) for e in amounts):
        found["profit"] = [_("It must be less than 100 billion.")]
    elif problem := _range_problem(*amounts):
        found["profit"] = [problem]
    people = means.people
    if people is not None and not (math.isfinite(people) and 0 <= people <= MOST_PEOPLE):
        found["people"] = [_("It must lie between 0 and 10,000.")]
    return found


def _range_problem(
    value: float | Decimal | None, low: float | Decimal | None, high: float | Decimal | None
) -> str:
    """All three or none: a number nobody can be sure of comes with how sure one is."""
    given = [each for each in (value, low, high) if each is not None]
    if not given:
        return ""
    if value is None or low is None or high is None:
        return _("Say what you expect, and between which two numbers it will probably lie.")
    return "" if low <= value <= high else _("What you expect must lie between the other two.")
