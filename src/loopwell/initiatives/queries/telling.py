"""How far is the telling: what is written, who approved it, who was told, who wrote back?"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.cases.enums import Direction
from loopwell.cases.models import Letter, StrayMail
from loopwell.cases.rules.letters import UNSURE_AFTER
from loopwell.initiatives.models import Initiative, Telling, Told
from loopwell.initiatives.queries.naming import Namers, namers, raisers
from loopwell.initiatives.queries.seeing import may_decide


@dataclass(frozen=True)
class Tally:
    """Customers by what became of their mail; `unsure`: nobody knows whether it left. `answered`
    wrote to us afterwards."""

    told: int = 0
    waiting: int = 0
    failed: int = 0
    unsure: int = 0
    answered: int = 0
    employees: int = 0

    @property
    def begun(self) -> int:
        return self.told + self.waiting + self.failed + self.unsure


@dataclass(frozen=True)
class Reach:
    """Who raised it, and how many of them are not told yet."""

    namers: Namers
    new_customers: int
    employees: int
    new_employees: int


def telling_of(initiative: Initiative) -> Telling | None:
    rows = Telling.objects.filter(initiative=initiative)
    return rows.select_related("by", "approved_by", "started_by").first()


def may_approve(actor: Actor, telling: Telling) -> bool:
    """Who decides about initiatives or runs surveys for the company, and did not write it."""
    allowed = may_decide(actor) or actor.within(Right.RUN_SURVEYS).everything
    return allowed and actor.user_id is not None and telling.by_id != actor.user_id


def tally(telling: Telling, now: datetime) -> Tally:
    rows = Told.objects.filter(telling=telling)
    waits = Q(customer__isnull=False, sent_at=None, failed_at=None)
    silent = Q(claimed_at__lt=now - UNSURE_AFTER) & waits
    told = Q(customer__isnull=False, sent_at__isnull=False)
    perhaps = Q(customer__isnull=False, failed_at__isnull=False, claimed_at__isnull=False)
    counts = rows.aggregate(
        told=Count("pk", filter=told),
        open=Count("pk", filter=waits),
        silent=Count("pk", filter=silent),
        perhaps=Count("pk", filter=perhaps),
        failed=Count("pk", filter=Q(failed_at__isnull=False, claimed_at=None)),
        employees=Count("pk", filter=Q(user__isnull=False)),
    )
    return Tally(
        told=counts["told"],
        waiting=counts["open"] - counts["silent"],
        failed=counts["failed"],
        unsure=counts["silent"] + counts["perhaps"],
        answered=_answered(telling),
        employees=counts["employees"],
    )


def _answered(telling: Telling) -> int:
    """Customers from whom a mail came after theirs had left, into a case or into none."""
    later = {"at__gt": OuterRef("sent_at")}
    letters = Letter.objects.filter(
        direction=Direction.IN, case__customer=OuterRef("customer"), **later
    )
    strays = StrayMail.objects.filter(
        sender__iexact=OuterRef("address"), is_automatic=False, **later
    )
    rows = Told.objects.filter(telling=telling, sent_at__isnull=False, customer__isnull=False)
    return rows.filter(Exists(letters) | Exists(strays)).count()


def language_of_told(ref: str) -> str | None:
    """In which language a customer reads; None where no customer was told under this ref."""
    row = Told.objects.filter(ref=ref, customer__isnull=False).first()
    return (row.language or str(settings.LANGUAGE_CODE)) if row else None


def reach(initiative: Initiative, telling: Telling | None, today: date) -> Reach:
    found, people = namers(initiative, today), raisers(initiative, today)
    told = Told.objects.filter(telling=telling) if telling else Told.objects.none()
    customers = set(told.filter(user=None).values_list("customer", flat=True))
    employees = set(told.filter(customer=None).values_list("user", flat=True))
    return Reach(
        found,
        sum(each.customer not in customers for each in found.reachable),
        len(people),
        sum(each.pk not in employees for each in people),
    )
