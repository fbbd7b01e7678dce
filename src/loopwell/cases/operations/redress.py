"""How does a customer get something, who decides when it is much, and who sets the limits?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role
from loopwell.access.rules import Actor, require
from loopwell.cases.enums import RedressState
from loopwell.cases.models import Case, Redress, RedressLimit
from loopwell.cases.operations.locking import WrongState, claim_case
from loopwell.cases.operations.seeing import require_seen
from loopwell.cases.queries.policy import policy
from loopwell.cases.queries.redress import GIVING_ROLES, deciders, limit_of, may_decide, suffices
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid

MOST = Decimal("9999999999.99")


@dataclass(frozen=True)
class Gift:
    """What a customer is to get; without a currency, in the company's."""

    what: str
    amount: Decimal
    currency: str = ""


@transaction.atomic
def give_redress(*, actor: Actor, now: datetime, case: Case, version: int, gift: Gift) -> Redress:
    """Given at once within the actor's limit; above it, it waits for somebody with a higher one."""
    fresh = claim_case(actor=actor, case=case, version=version)
    return keep_redress(actor=actor, now=now, case=fresh, gift=gift)


def keep_redress(*, actor: Actor, now: datetime, case: Case, gift: Gift) -> Redress:
    """For a case that was claimed already."""
    what = " ".join(gift.what.split())
    currency = gift.currency.strip().upper() or policy().currency
    _check(what, gift.amount, currency)
    at_once = suffices(limit_of(actor.user_id, case), gift.amount, currency)
    row = Redress.objects.create(
        case=case,
        what=what[:200],
        amount=gift.amount,
        currency=currency,
        state=RedressState.GIVEN if at_once else RedressState.ASKED,
        by_id=actor.user_id,
        at=now,
    )
    told = [] if at_once else [user.pk for user in deciders(row)]
    _tell(actor, now, row, "given" if at_once else "asked", told)
    return row


@transaction.atomic
def decide_redress(
    *, actor: Actor, now: datetime, redress: Redress, approve: bool, reason: str = ""
) -> Redress:
    """Yes or no, by somebody whose limit is high enough, never by who asked. No needs a reason."""
    require(actor, Right.WORK_CASES)
    require_seen(actor, redress.case)
    if redress.state != RedressState.ASKED:
        raise WrongState(_("This was decided already."))
    if actor.user_id is not None and actor.user_id == redress.by_id:
        raise Forbidden(_("Nobody approves what they asked for themselves."))
    if not may_decide(actor, redress):
        raise Forbidden(_("This is above what you may approve. Leave it to somebody who may."))
    if not approve and not reason.strip():
        message = _("Say why not, so that the customer can be told.")
        raise Invalid(message, fields={"reason": [message]})
    facts = {
        "state": RedressState.APPROVED if approve else RedressState.REFUSED,
        "decided_by_id": actor.user_id,
        "decided_at": now,
        "reason": reason.strip()[:300],
    }
    waiting = Redress.objects.filter(pk=redress.pk, state=RedressState.ASKED)
    if not waiting.update(**facts):
        raise WrongState(_("This was decided already."))
    redress.refresh_from_db()
    _tell(actor, now, redress, "decided", [redress.by_id] if redress.by_id else [])
    return redress


@transaction.atomic
def save_limits(*, actor: Actor, amounts: Mapping[Role, Decimal | None]) -> None:
    """How much each role may give one customer without asking; None is without limit."""
    require(actor, Right.RUN_SURVEYS)
    fields = {}
    for role, amount in amounts.items():
        if role not in GIVING_ROLES or (amount is not None and not 0 <= amount <= MOST):
            fields[role.value] = [_("Write an amount of 0 or more.")]
    if fields:
        raise Invalid(_("Write an amount of 0 or more."), fields=fields)
    for role, amount in amounts.items():
        RedressLimit.objects.update_or_create(role=role, defaults={"amount": amount})


def _check(what: str, amount: Decimal, currency: str) -> None:
    fields = {}
    if not what:
        fields["redress_what"] = [_("Write what the customer gets.")]
    if not amount.is_finite() or not 0 < amount <= MOST:
        fields["redress_amount"] = [_("Write what it costs, above 0.")]
    if len(currency) != 3 or not currency.isalpha():
        fields["redress_currency"] = [_("Write the currency in three letters, such as EUR.")]
    if fields:
        raise Invalid(" ".join(text[0] for text in fields.values()), fields=fields)


def _tell(actor: Actor, now: datetime, row: Redress, what: str, people: list[int]) -> None:
    facts = {
        "redress": row.pk,
        "case": row.case_id,
        "customer": row.case.customer_id,
        "tell": people,
    }
    append(actor=actor, now=now, events=[Event(f"redress.{what}", "case", row.case_id, facts)])
