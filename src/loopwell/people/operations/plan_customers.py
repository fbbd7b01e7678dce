"""What would saving these customer drafts do?"""

from collections.abc import Sequence
from dataclasses import fields, replace

from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.people.models import Account, Customer
from loopwell.people.operations.plan_accounts import AccountPlan, plan_accounts
from loopwell.people.operations.planning import Plan, State, assign, merged
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.drafts import AccountDraft, CustomerDraft
from loopwell.people.rules.problems import Problem

CustomerPlan = Plan[CustomerDraft, Customer]


class Known:
    """The customers that drafts may mean, locked, by external id and by e-mail."""

    def __init__(self, drafts: Sequence[CustomerDraft], *, lock: bool) -> None:
        rows = Customer.objects.select_for_update(of=("self",)) if lock else Customer.objects.all()
        rows = rows.select_related("unit", "account").order_by("id")
        ids = {d.external_id for d in drafts if d.external_id}
        emails = {d.email for d in drafts if d.email}
        found = {c.pk: c for c in rows.filter(external_id__in=ids)} if ids else {}
        if emails:
            for customer in rows.filter(email__in=emails).exclude(pk__in=list(found)):
                found[customer.pk] = customer
        self.by_id = {c.external_id: c for c in found.values() if c.external_id}
        self.by_email = {c.email: c for c in found.values() if c.email}

    def add(self, customer: Customer) -> None:
        if customer.external_id:
            self.by_id[customer.external_id] = customer
        if customer.email:
            self.by_email[customer.email] = customer


def plan_customers(
    drafts: Sequence[CustomerDraft], directory: Directory, *, lock: bool = False
) -> tuple[list[CustomerPlan], list[AccountPlan]]:
    """One plan for each draft, in order, and the plans of the accounts that come with them.

    A draft that is refused brings no account with it. No two drafts may mean the same person.
    """
    known = Known(drafts, lock=lock)
    plans = [CustomerPlan(draft) for draft in drafts]
    for plan in plans:
        plan.thing = _person(plan, known)
        if not plan.is_refused:
            _fill(plan, plan.thing, directory)
            if plan.thing is not None and not plan.is_refused:
                known.add(plan.thing)
    return plans, _attach_accounts(plans, directory)


def _person(plan: CustomerPlan, known: Known) -> Customer | None:
    draft = plan.draft
    by_id = known.by_id.get(draft.external_id or "")
    by_email = known.by_email.get(draft.email or "")
    if by_id is not None and by_email is not None and by_id is not by_email:
        reason = _("the external id belongs to one customer and the e-mail to another")
        plan.refuse(Problem(reason, "email", draft.email or "", conflict=True))
    elif by_id is None and by_email is not None and draft.external_id and by_email.external_id:
        reason = _("the e-mail belongs to a customer with another external id")
        plan.refuse(Problem(reason, "email", draft.email or "", conflict=True))
    return by_id or by_email


def _fill(plan: CustomerPlan, existing: Customer | None, directory: Directory) -> None:
    draft, scope = plan.draft, directory.actor.within(Right.WRITE_CUSTOMERS)
    values: dict[str, object] = {}
    for name in ("external_id", "email"):
        if getattr(draft, name):
            values[name] = getattr(draft, name)
    for name in ("phone", "name", "language", "time_zone", "decision_role", "title"):
        if getattr(draft, name) is not None:
            values[name] = getattr(draft, name)
    unit = directory.unit(draft.unit) if draft.unit else None
    if isinstance(unit, Problem):
        plan.refuse(unit)
    elif isinstance(unit, Unit):
        values["unit_id"] = unit.pk
    elif draft.unit == "":
        values["unit_id"] = None
    if existing is not None and existing.pk is not None and not covers(directory, existing):
        plan.refuse(Problem(_("belongs to a part of the company you do not manage"), "external_id"))
    if not scope.everything and values.get("unit_id", existing and existing.unit_id) is None:
        plan.refuse(Problem(_("name the unit: you manage only a part of the company"), "unit"))
    if plan.is_refused:
        return
    customer = existing or Customer()
    if draft.properties:
        values["properties"] = merged(customer.properties, dict(draft.properties))
    changed = assign(customer, values)
    plan.thing = customer
    plan.state = State.NEW if customer.pk is None else State.CHANGED if changed else State.SAME


def covers(directory: Directory, customer: Customer) -> bool:
    scope = directory.actor.within(Right.WRITE_CUSTOMERS)
    account = customer.account
    own = scope.owner_id is not None and account is not None and account.owner_id == scope.owner_id
    return own or scope.covers(customer.unit.path if customer.unit else None)


def _attach_accounts(plans: list[CustomerPlan], directory: Directory) -> list[AccountPlan]:
    """The accounts of the plans not refused; each customer is pointed at theirs."""
    drafts: dict[str, AccountDraft] = {}
    taken = [p for p in plans if not p.is_refused]
    for plan in taken:
        if plan.draft.account is not None and plan.draft.account.key != "name:":
            _merge(drafts, plan.draft.account)
    found = dict(
        zip(drafts, plan_accounts(list(drafts.values()), directory, "account"), strict=True)
    )
    for plan in taken:
        draft, customer = plan.draft.account, plan.thing
        if draft is None or customer is None:
            continue
        account = found.get(draft.key)
        if account is not None and account.is_refused:
            plan.problems += account.problems
            plan.state = State.REFUSED
        elif _moves(customer, account.thing if account else None):
            customer.account = account.thing if account else None
            plan.state = State.NEW if customer.pk is None else State.CHANGED
    return [plan for plan in found.values() if not plan.is_refused]


def _merge(drafts: dict[str, AccountDraft], draft: AccountDraft) -> None:
    """Several contacts of one account each say a part of it; what the later says wins."""
    said = {f.name: getattr(draft, f.name) for f in fields(draft)}
    told = {name: value for name, value in said.items() if value is not None}
    earlier = drafts.get(draft.key)
    drafts[draft.key] = replace(earlier, **told) if earlier else draft


def _moves(customer: Customer, account: Account | None) -> bool:
    if account is not None and account.pk is None:
        return True
    return customer.account_id != (account.pk if account else None)
