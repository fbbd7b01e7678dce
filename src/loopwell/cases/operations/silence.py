"""How do people who decide and did not answer get a call?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from loopwell.cases.enums import Trigger
from loopwell.cases.models import Case, Rule
from loopwell.cases.operations.creating import Call, create_cases
from loopwell.cases.queries import Claim, active_rules
from loopwell.cases.queries.silences import silent
from loopwell.sampling.models import Invitation

CHUNK = 500


def open_silences(now: datetime) -> int:
    """Opens the cases that rules about silence call for; once for an invitation, and once for a
    customer at a time. May be called again."""
    rules = active_rules(Trigger.SILENCE)
    first: dict[int | None, tuple[int, Rule]] = {}
    for pk, facts, rule in silent(rules, now=now):
        first.setdefault(facts.customer_id, (pk, rule))
    opened = 0
    for chunk in _chunks(list(first.values())):
        with transaction.atomic():
            opened += len(_open(chunk, now))
    return opened


def _open(chunk: Sequence[tuple[int, Rule]], now: datetime) -> list[Case]:
    rules = dict(chunk)
    rows = Invitation.objects.filter(pk__in=rules, case=None, answered_at=None)
    related = rows.select_related("customer", "unit", "employee", "account")
    return create_cases([_call(row, rules[row.pk], now) for row in related.order_by("pk")], now=now)


def _call(row: Invitation, rule: Rule, now: datetime) -> Call:
    claim = Claim(
        key=row.pk,
        unit=row.unit,
        employee=row.employee,
        account=row.account,
        transactional=False,
        language=row.customer.language,
        rule=rule,
    )
    case = Case(
        invitation=row, customer=row.customer, account_id=row.account_id, unit=row.unit, score=None
    )
    return Call(case, rule, now, claim)


def _chunks(rows: list[tuple[int, Rule]]) -> list[Sequence[tuple[int, Rule]]]:
    return [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]
