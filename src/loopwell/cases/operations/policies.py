"""How does the company change the way it closes loops?"""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.cases.models import Policy
from loopwell.cases.operations.ruling import may_rule
from loopwell.cases.queries import policy
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Invalid


@dataclass(frozen=True)
class PolicyChange:
    """What `cases.models.Policy` holds, as somebody wants it."""

    most_tries: int
    reopen_days: int
    hour_cost: Decimal
    currency: str
    call_minutes: int
    agent_cases_a_day: int


@transaction.atomic
def save_policy(*, actor: Actor, now: datetime, wanted: PolicyChange) -> Policy:
    may_rule(actor)
    wrong: dict[str, list[str]] = {}
    if not 1 <= wanted.most_tries <= 20:
        wrong["most_tries"] = [_("Try between 1 and 20 times.")]
    if not 0 <= wanted.reopen_days <= 365:
        wrong["reopen_days"] = [_("Between 0 and 365 days.")]
    if not 0 <= wanted.hour_cost < Decimal(10) ** 8:
        wrong["hour_cost"] = [_("What an hour costs cannot be negative.")]
    if not (len(wanted.currency) == 3 and wanted.currency.isascii() and wanted.currency.isalpha()):
        wrong["currency"] = [_("Three letters, such as EUR.")]
    if not 1 <= wanted.call_minutes <= 480:
        wrong["call_minutes"] = [_("A call takes between 1 and 480 minutes.")]
    if not 1 <= wanted.agent_cases_a_day <= 200:
        wrong["agent_cases_a_day"] = [_("Between 1 and 200 cases a day.")]
    if wrong:
        raise Invalid(" ".join(text for texts in wrong.values() for text in texts), fields=wrong)
    row = policy()
    for name, value in asdict(wanted).items():
        setattr(row, name, value)
    row.currency = row.currency.upper()
    row.save()
    append(actor=actor, now=now, events=[Event("policy.changed", "policy", row.pk)])
    return row
