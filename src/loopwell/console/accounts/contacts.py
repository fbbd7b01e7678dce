"""What did each contact of an account say last, and who of them is silent?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.calc.scales import category
from loopwell.people.enums import DecisionRole
from loopwell.people.queries import contacts_of
from loopwell.responses.queries import visible_to as visible_answers


@dataclass(frozen=True)
class Contact:
    """A contact with the score and moment of their last answer; None when silent."""

    customer: Any
    score: int | None = None
    at: Any = None

    @property
    def category(self) -> str:
        return "silent" if self.score is None else category(self.score).value


@dataclass(frozen=True)
class Column:
    """The contacts of one role in the decision."""

    label: str
    contacts: list[Contact]


Parts = dict[str, int]


def contacts_by_account(actor: Actor, accounts: Iterable[int]) -> dict[int, list[Contact]]:
    """Two queries for any number of accounts."""
    people = list(contacts_of(actor, accounts))
    last = _last_answers(actor, [person.pk for person in people])
    found: dict[int, list[Contact]] = defaultdict(list)
    for person in people:
        score, at = last.get(person.pk, (None, None))
        found[person.account_id or 0].append(Contact(person, score, at))
    return found


def _last_answers(actor: Actor, people: Sequence[int]) -> dict[int, tuple[int, Any]]:
    if not actor.may(Right.READ_ANSWERS):
        return {}
    rows = visible_answers(actor).filter(customer_id__in=people).order_by("answered_at", "id")
    return {who: (score, at) for who, score, at in
            rows.values_list("customer_id", "score", "answered_at")}  # fmt: skip


def parts_of(contacts: Iterable[Contact]) -> Parts:
    """How many contacts are promoters, passives, detractors and silent."""
    counts = {"promoter": 0, "passive": 0, "detractor": 0, "silent": 0}
    for contact in contacts:
        counts[contact.category] += 1
    return counts


def columns_of(contacts: Sequence[Contact]) -> list[Column]:
    """By role; those whose role nobody entered last. The unhappiest stand first."""
    ordered = sorted(contacts, key=lambda c: (c.score is None, c.score or 0, str(c.customer)))
    named = [(str(role.label), role.value) for role in DecisionRole]
    columns = [
        Column(label, [c for c in ordered if c.customer.decision_role == role])
        for label, role in named
    ]
    rest = [c for c in ordered if not c.customer.decision_role]
    return [*columns, *([Column(_("Role not known"), rest)] if rest else [])]
