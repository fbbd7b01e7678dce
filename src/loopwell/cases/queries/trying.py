"""How many cases would rules have opened in the last 30 days, and who could close so many?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from loopwell.access.enums import Right, Role
from loopwell.access.models import Membership, Unit
from loopwell.access.rules import Actor
from loopwell.cases.enums import Result, Trigger
from loopwell.cases.models import Closure, Rule
from loopwell.cases.queries.calendars import calendar_for
from loopwell.cases.queries.facts import facts_of
from loopwell.cases.queries.policy import policy
from loopwell.cases.queries.routing.people import COMPANY_ROLES, WORKING_ROLES
from loopwell.cases.queries.silences import silent
from loopwell.cases.rules import Facts, first_match
from loopwell.kit.working_time import Calendar, next_working_moment
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS

DAYS = 30
EXAMPLES, UNITS_SHOWN = 5, 8


@dataclass(frozen=True)
class Capacity:
    """What those who take calls close on a working day: counted, or `assumed` from the policy
    where nothing was closed yet. `closed` is how many they closed in `days` working days."""

    people: int
    a_day: float
    closed: int
    days: int
    assumed: bool


@dataclass(frozen=True)
class UnitLoad:
    name: str
    cases: int
    a_day: float


@dataclass(frozen=True)
class Forecast:
    """`cases` by the rule tried, `all_cases` by all rules together, in `days` working days."""

    cases: int
    all_cases: int
    days: int
    capacity: Capacity
    units: Sequence[UnitLoad] = ()
    other_units: int = 0
    examples: Sequence[Response] = ()

    @property
    def a_day(self) -> float:
        return self.cases / self.days

    @property
    def all_a_day(self) -> float:
        return self.all_cases / self.days

    @property
    def behind(self) -> float:
        """By how many cases a day they fall behind; 0 when they keep up."""
        return max(0.0, self.all_a_day - self.capacity.a_day)


@dataclass(frozen=True)
class Past:
    """Answers and silences of the last 30 days, as rules look at them, oldest first."""

    answers: Sequence[tuple[int, Facts]]
    silences: Sequence[tuple[int, Facts]]
    days: int
    capacity: Capacity

    def opened(self, rules: Iterable[Rule]) -> dict[str, list[tuple[int, Facts]]]:
        """What each rule (by its reference) would have opened. What an earlier one takes is not
        counted again, nor a second answer of one customer in a unit: it joins the case."""
        known = list(rules)
        found: dict[str, list[tuple[int, Facts]]] = {rule.ref: [] for rule in known}
        for rows, trigger in (
            (self.answers, Trigger.ANSWER),
            (self.silences, Trigger.SILENCE),
        ):
            looked_at = [rule for rule in known if rule.trigger == trigger]
            seen: set[tuple[int | None, int | None]] = set()
            for pk, facts in rows if looked_at else ():
                key = (facts.customer_id, facts.unit_id)
                if key in seen:
                    continue
                rule = first_match(looked_at, facts)
                if rule is not None:
                    seen.add(key)
                    found[rule.ref].append((pk, facts))
        return found


def the_past(actor: Actor, *, now: datetime, rules: Iterable[Rule]) -> Past:
    """Everything the rules need to be tried on, in a few queries."""
    known = [rule for rule in rules if rule.is_active]
    spoken = [rule for rule in known if rule.trigger == Trigger.ANSWER]
    scope = actor.within(Right.READ_ANSWERS)
    rows = Response.objects.filter(
        scope.rows(account="account"),
        answered_at__gt=now - timedelta(days=DAYS),
        answered_at__lte=now,
        kind__in=OUR_CUSTOMERS,
        is_test=False,
        opens_case=True,
        customer__isnull=False,
        score__gte=min((rule.lowest_score for rule in spoken), default=11),
        score__lte=max((rule.highest_score for rule in spoken), default=-1),
    )
    facts = facts_of(rows, spoken) if spoken else {}
    quiet = [rule for rule in known if rule.trigger == Trigger.SILENCE]
    silences = [(pk, f) for pk, f, _rule in silent(quiet, now=now, again=True)]
    days = len(_working_days(now - timedelta(days=DAYS - 1), now))
    return Past(sorted(facts.items()), silences, days, capacity(now=now))


def forecast(actor: Actor, *, now: datetime, rule: Rule, among: Sequence[Rule]) -> Forecast:
    """What `rule` would have opened at its place `among` all rules, itself included."""
    used = [each for each in among if each.is_active or each.ref == rule.ref]
    past = the_past(actor, now=now, rules=used)
    opened = past.opened(used)
    mine = opened[rule.ref]
    loads, others = _by_unit(mine, past.days)
    return Forecast(
        cases=len(mine),
        all_cases=sum(map(len, opened.values())),
        days=past.days,
        capacity=past.capacity,
        units=loads,
        other_units=others,
        examples=_examples(mine) if rule.trigger == Trigger.ANSWER else (),
    )


def capacity(*, now: datetime) -> Capacity:
    since = now - timedelta(days=DAYS)
    ended = Closure.objects.filter(at__gt=since, at__lte=now, by__is_active=True)
    told = ended.exclude(result=Result.MERGED).aggregate(
        n=Count("pk"), people=Count("by", distinct=True), first=Min("at")
    )
    if told["n"]:
        days = len(_working_days(told["first"], now))
        return Capacity(told["people"], told["n"] / days, told["n"], days, assumed=False)
    callers = Membership.objects.filter(user__is_active=True, role__in=WORKING_ROLES)
    team = callers.filter(role=Role.CALL_BACK) or callers.exclude(role__in=COMPANY_ROLES)
    people = len({row.user_id for row in team})
    return Capacity(people, float(people * policy().agent_cases_a_day), 0, 0, assumed=True)


def _working_days(since: datetime, until: datetime) -> list[datetime]:
    """Local midnights of the company's working days; one at least, so that it can divide."""
    calendar: Calendar = calendar_for(None)
    day = since.astimezone(calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    while day <= until:
        begin = next_working_moment(day, calendar).astimezone(calendar.zone)
        if begin.date() == day.date():
            found.append(day)
        day += timedelta(days=1)
    return found or [until]


def _by_unit(rows: Sequence[tuple[int, Facts]], days: int) -> tuple[list[UnitLoad], int]:
    """The units with most cases, and how many cases the further ones have."""
    counted = Counter(facts.unit_id for _pk, facts in rows)
    names = dict(Unit.objects.filter(pk__in=[u for u in counted if u]).values_list("pk", "name"))
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], names.get(pair[0] or 0, "")))
    shown = [UnitLoad(names.get(u or 0, ""), n, n / days) for u, n in ranked[:UNITS_SHOWN]]
    return shown, sum(n for _unit, n in ranked[UNITS_SHOWN:])


def _examples(rows: Sequence[tuple[int, Facts]]) -> list[Response]:
    """The newest, those with a comment first."""
    newest = sorted(rows, key=lambda row: (not row[1].comment, -row[0]))[:EXAMPLES]
    found = Response.objects.filter(pk__in=[pk for pk, _facts in newest])
    return list(found.select_related("customer", "unit").order_by("-answered_at"))
