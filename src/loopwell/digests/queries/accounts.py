"""Which of my accounts need me first: those whose deciding people are unhappy or silent?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.calc.scales import category
from loopwell.people.enums import DecisionRole
from loopwell.people.models import Account, Customer
from loopwell.people.queries import visible_accounts
from loopwell.responses.queries import visible_to as visible_answers

SOON = timedelta(days=90)


@dataclass(frozen=True)
class MyAccount:
    """An account with the deciding people who are unhappy, and those of whom we know nothing."""

    account: Account
    unhappy: Sequence[Customer]
    silent: Sequence[Customer]
    deciders: int
    renews_soon: bool

    @property
    def urgency(self) -> tuple[bool, bool, bool, date, str]:
        last = self.account.renewal_on or date.max
        return (not self.unhappy, not self.silent, not self.renews_soon, last, self.account.name)


def my_accounts(actor: Actor, today: date, limit: int) -> tuple[Sequence[MyAccount], int]:
    """The most urgent first, and how many there are in all; three queries."""
    if not actor.may(Right.READ_CUSTOMERS):
        return [], 0
    rows = visible_accounts(actor)
    if actor.user_id is not None:
        rows = rows.filter(owner_id=actor.user_id)
    accounts = list(rows)
    deciders = Customer.objects.filter(
        account__in=accounts, decision_role=DecisionRole.DECIDES
    ).order_by("name", "pk")
    people = list(deciders)
    last = _last_scores(actor, people)
    found = [_account(each, people, last, today) for each in accounts]
    found.sort(key=lambda each: each.urgency)
    return found[:limit], len(found)


def _last_scores(actor: Actor, people: Sequence[Customer]) -> dict[int | None, int]:
    if not actor.may(Right.READ_ANSWERS):
        return {}
    rows = visible_answers(actor).filter(customer__in=people).order_by("answered_at", "id")
    return dict(rows.values_list("customer_id", "score"))


def _account(
    account: Account, people: Sequence[Customer], last: dict[int | None, int], today: date
) -> MyAccount:
    deciding = [who for who in people if who.account_id == account.pk]
    unhappy = [w for w in deciding if w.pk in last and category(last[w.pk]).value == "detractor"]
    renewal = account.renewal_on
    return MyAccount(
        account=account,
        unhappy=unhappy,
        silent=[who for who in deciding if who.pk not in last],
        deciders=len(deciding),
        renews_soon=renewal is not None and today <= renewal <= today + SOON,
    )
