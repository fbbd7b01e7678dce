"""How are many customers saved at once: all of them, or none?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Invalid
from loopwell.people.models import Customer
from loopwell.people.operations.plan_customers import plan_customers
from loopwell.people.operations.saving import Saved, normal_draft
from loopwell.people.operations.writing import (
    declare_properties,
    write_accounts,
    write_customers,
)
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.drafts import CustomerDraft
from loopwell.people.rules.problems import Problem
from loopwell.people.rules.properties import BadPropertyName

MOST = 1000


class RowsRefused(Invalid):
    """Some rows cannot be taken, so none was; `fields` maps "customers[3].email" to reasons."""


@transaction.atomic
def save_customers(
    *, actor: Actor, now: datetime, drafts: Sequence[CustomerDraft]
) -> list[Saved[Customer]]:
    """Adds or changes each by external id or e-mail, in order; at most 1,000.

    Raises RowsRefused with every problem of every row; then nothing is written.
    """
    require(actor, Right.WRITE_CUSTOMERS)
    if len(drafts) > MOST:
        raise RowsRefused(_("At most %(most)d customers at once.") % {"most": MOST})
    read = [_read(draft) for draft in drafts]
    problems = [found for _draft, found in read]
    _refuse_twins([draft for draft, _found in read], problems)
    _raise_if_refused(problems)
    directory = Directory(actor)
    plans, accounts = plan_customers([draft for draft, _found in read], directory, lock=True)
    _raise_if_refused([plan.problems for plan in plans])
    declare_properties({name for draft in drafts for name in draft.properties}, {}, now)
    write_accounts(accounts, actor=actor, now=now)
    write_customers(plans, actor=actor, now=now)
    return [
        Saved(plan.thing, plan.state, tuple(p for p in found if p.warning))
        for plan, found in zip(plans, problems, strict=True)
        if plan.thing is not None
    ]


def _read(draft: CustomerDraft) -> tuple[CustomerDraft, list[Problem]]:
    try:
        normal, problems = normal_draft(draft)
    except BadPropertyName as error:
        return draft, [Problem(str(error), "properties")]
    if not normal.external_id and not normal.email and not problems:
        problems.append(Problem(_("Give an external id or an e-mail."), "email"))
    return normal, problems


def _refuse_twins(drafts: Sequence[CustomerDraft], problems: list[list[Problem]]) -> None:
    """Two rows of one person contradict each other sooner or later: the second is refused."""
    for name in ("external_id", "email"):
        first: dict[str, int] = {}
        for row, draft in enumerate(drafts):
            value = getattr(draft, name)
            if value and first.setdefault(value, row) != row:
                reason = _("The same as in row %(row)d: send each customer once.")
                problems[row].append(Problem(reason % {"row": first[value]}, name, value))


def _raise_if_refused(problems: Sequence[Sequence[Problem]]) -> None:
    fields: dict[str, list[str]] = {}
    for row, found in enumerate(problems):
        for problem in found:
            if not problem.warning:
                place = f"customers[{row}]" + (f".{problem.field}" if problem.field else "")
                fields.setdefault(place, []).append(problem.reason)
    if not fields:
        return
    place, reasons = next(iter(fields.items()))
    words = _("Nothing was saved. %(place)s: %(reason)s")
    raise RowsRefused(words % {"place": place, "reason": reasons[0]}, fields=fields)
