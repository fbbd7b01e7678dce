"""Which rules are there, and what do they promise to whoever answers?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _

from loopwell.cases.enums import Trigger
from loopwell.cases.models import Case, Rule, Training
from loopwell.cases.rules import promised_hours
from loopwell.kit.errors import NotFound

RELATED = ("survey", "unit", "route_person", "route_unit", "training")
LATELY = timedelta(days=30)


def all_rules() -> Sequence[Rule]:
    """In the order in which they are looked at."""
    return list(Rule.objects.select_related(*RELATED))


def active_rules(trigger: Trigger = Trigger.ANSWER) -> list[Rule]:
    return list(
        Rule.objects.filter(is_active=True, trigger=trigger).select_related("unit", "training")
    )


def rule_by_ref(ref: str) -> Rule:
    found = Rule.objects.filter(ref=ref).select_related(*RELATED).first()
    if found is None:
        raise NotFound(_("There is no such rule."))
    return found


def opened_lately(now: datetime) -> dict[int, int]:
    """How many cases each rule opened in the last 30 days, by its id."""
    rows = Case.objects.filter(opened_at__gte=now - LATELY, rule__isnull=False).order_by()
    return dict(rows.values_list("rule").annotate(n=Count("pk")))


def promised_call(*, score: int, consent: bool | None) -> int | None:
    """In how many working hours whoever gives this answer is called; None: not for certain."""
    rules = list(Rule.objects.filter(is_active=True, trigger=Trigger.ANSWER))
    return promised_hours(rules, score=score, consent=consent)


def trainings() -> Sequence[Training]:
    """What may be asked of those who call."""
    return list(Training.objects.filter(retired_at=None))
