"""Which cases fit what somebody looks for in the queue, or a program through the API?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.cases.enums import Direction, Sort, Tab
from loopwell.cases.models import Case, Closure, Letter
from loopwell.people.models import Customer
from loopwell.people.queries import visible_accounts
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS
from loopwell.surveys.models import Survey

NOBODY = "nobody"
SILENT = "silent"
SCORES = {"detractor": (0, 6), "passive": (7, 8), "promoter": (9, 10)}
FEW_ANSWERS = 1000  # of a survey
MOST_FOUND = 500  # customers a search looks at; more are too many to look through anyway


@dataclass(frozen=True)
class QueueFilter:
    """What part of the queue somebody looks at; references, not ids, as in the address."""

    tab: Tab = Tab.MINE
    unit: str = ""
    owner: str = ""
    lowest: int | None = None
    highest: int | None = None
    category: str = ""
    priority: int | None = None
    rule: str = ""
    survey: str = ""
    account: str = ""
    language: str = ""
    search: str = ""
    due_today: bool = False
    has_replied: bool = False
    churn_risk: str = ""
    sort: Sort = Sort.NEXT


def narrowed(rows: QuerySet[Case], wanted: QueueFilter, now: datetime) -> QuerySet[Case]:
    """The rows that fit all that is asked for; the tab and the order are the caller's."""
    if wanted.unit:
        rows = rows.filter(unit__in=_units(wanted.unit))
    if wanted.owner == NOBODY:
        rows = rows.filter(owner=None)
    elif wanted.owner:
        rows = rows.filter(owner__ref=wanted.owner)
    rows = _by_answer(rows, wanted)
    if wanted.priority is not None:
        rows = rows.filter(priority=wanted.priority)
    if wanted.rule:
        rows = rows.filter(rule__ref=wanted.rule)
    if wanted.account:
        rows = rows.filter(account__ref=wanted.account)
    if wanted.language:
        rows = rows.filter(customer__language=wanted.language)
    if wanted.search.strip():
        rows = rows.filter(customer__in=_customers(wanted.search.strip()))
    if wanted.due_today:
        rows = rows.filter(closed_at=None, reached_at=None, due_at__lt=_end_of_today(now))
    if wanted.has_replied:
        rows = rows.filter(pk__in=Letter.objects.filter(direction=Direction.IN).values("case"))
    if wanted.churn_risk:
        felt = Closure.objects.filter(churn_risk=wanted.churn_risk)
        rows = rows.filter(pk__in=felt.order_by().values("case"))
    return rows


def _by_answer(rows: QuerySet[Case], wanted: QueueFilter) -> QuerySet[Case]:
    if wanted.lowest is not None:
        rows = rows.filter(score__gte=wanted.lowest)
    if wanted.highest is not None:
        rows = rows.filter(score__lte=wanted.highest)
    if wanted.category == SILENT:
        rows = rows.filter(score=None)
    elif wanted.category in SCORES:
        rows = rows.filter(score__range=SCORES[wanted.category])
    if wanted.survey:
        rows = _of_survey(rows, wanted.survey)
    return rows


def _of_survey(rows: QuerySet[Case], ref: str) -> QuerySet[Case]:
    """By the answers' ids when they are few: else every case in the order would be looked at."""
    answers = Response.objects.filter(survey__ref=ref).order_by().values_list("pk", flat=True)
    few = list(answers[: FEW_ANSWERS + 1])
    silent = Q(response=None, invitation__version__survey__ref=ref)
    if len(few) > FEW_ANSWERS:
        return rows.filter(Q(response__survey__ref=ref) | silent)
    quiet = Case.objects.filter(silent).order_by().values_list("pk", flat=True)
    answered = Case.objects.filter(response__in=few).order_by().values_list("pk", flat=True)
    return rows.filter(pk__in=[*answered, *quiet])


def _units(ref: str) -> Sequence[int]:
    """The unit and all below it."""
    path = Unit.objects.filter(ref=ref).values_list("path", flat=True).first()
    if path is None:
        return []
    return list(Unit.objects.filter(path__startswith=path).values_list("pk", flat=True))


def _customers(text: str) -> Sequence[int]:
    """Whose name, e-mail, number or phone it is, or whose company's name; at most MOST_FOUND."""
    # SQLite folds case of ASCII alone in LIKE, of every script in regular expressions.
    how, given = ("icontains", text) if text.isascii() else ("iregex", re.escape(text))
    wanted = Q(**{f"name__{how}": given}) | Q(**{f"account__name__{how}": given})
    wanted |= Q(email__contains=text.lower()) | Q(external_id=text)
    digits = re.sub(r"[\s()/.-]", "", text)
    if re.fullmatch(r"\+?\d{4,}", digits):
        wanted |= Q(phone__contains=digits)
    rows = Customer.objects.filter(wanted).order_by().values_list("pk", flat=True)
    return list(rows[:MOST_FOUND])


def _end_of_today(now: datetime) -> datetime:
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time()))


def surveys_with_cases(actor: Actor) -> Sequence[tuple[str, str]]:
    """Reference and name of each survey that may open cases."""
    if not actor.may(Right.READ_CASES):
        return []
    rows = Survey.objects.filter(kind__in=OUR_CUSTOMERS)
    return list(rows.order_by("name").values_list("ref", "name"))


def account_name(actor: Actor, ref: str) -> str:
    """The company whose cases are shown; empty when the actor does not see it."""
    account = visible_accounts(actor).filter(ref=ref).first()
    return str(account) if account else ""
