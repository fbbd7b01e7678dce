"""How is one customer or account added or changed: by a form, by the API?"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import NotFound
from loopwell.people.models import Account, Customer
from loopwell.people.operations.plan_accounts import plan_accounts
from loopwell.people.operations.plan_customers import plan_customers
from loopwell.people.operations.planning import State
from loopwell.people.operations.writing import (
    declare_properties,
    write_accounts,
    write_customers,
)
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.contact import (
    normal_email,
    normal_language,
    normal_phone,
    normal_time_zone,
)
from loopwell.people.rules.drafts import AccountDraft, CustomerDraft
from loopwell.people.rules.problems import CannotSave, IdentityConflict, Problem
from loopwell.people.rules.properties import check_property_name
from loopwell.people.rules.reading import ROLES

Thing = TypeVar("Thing", Customer, Account)


@dataclass(frozen=True)
class Saved(Generic[Thing]):
    """What was saved, whether it is new or changed, and what was taken with a doubt."""

    thing: Thing
    state: State
    warnings: tuple[Problem, ...] = ()


@transaction.atomic
def save_customer(
    *, actor: Actor, now: datetime, draft: CustomerDraft, customer: Customer | None = None
) -> Saved[Customer]:
    """Adds the customer, or changes the one with this external id or e-mail (or `customer`).

    Raises CannotSave with messages by field, IdentityConflict when external id and e-mail are
    two different customers'.
    """
    require(actor, Right.WRITE_CUSTOMERS)
    draft, problems = normal_draft(draft)
    if customer is not None:
        draft = _keep_identity(draft, customer, problems)
    elif not draft.external_id and not draft.email:
        problems.append(Problem(_("Give an external id or an e-mail."), "email"))
    _raise_if_refused(problems)
    directory = Directory(actor)
    if customer is not None:
        _free_identity(customer, draft)
        Customer.objects.filter(pk=customer.pk).update(
            external_id=draft.external_id or None, email=draft.email or None
        )
    plans, accounts = plan_customers([draft], directory, lock=True)
    plan = plans[0]
    _raise_if_refused(plan.problems)
    if plan.thing is None:
        raise NotFound(_("There is no such customer."))
    if customer is not None and plan.state is State.SAME:
        same = (customer.external_id, customer.email) == (plan.thing.external_id, plan.thing.email)
        plan.state = State.SAME if same else State.CHANGED
    declare_properties(draft.properties, {}, now)
    write_accounts(accounts, actor=actor, now=now)
    write_customers(plans, actor=actor, now=now)
    return Saved(plan.thing, plan.state, tuple(p for p in problems if p.warning))


@transaction.atomic
def save_account(*, actor: Actor, now: datetime, draft: AccountDraft) -> Saved[Account]:
    """Adds the account, or changes the one with this external id or, without one, this name."""
    require(actor, Right.WRITE_CUSTOMERS)
    problems: list[Problem] = []
    if not draft.external_id and not draft.name:
        problems.append(Problem(_("Give the account an external id or a name."), "name"))
    for name in draft.properties:
        check_property_name(name)
    _raise_if_refused(problems)
    plan = plan_accounts([draft], Directory(actor))[0]
    _raise_if_refused(plan.problems)
    if plan.thing is None:
        raise NotFound(_("There is no such account."))
    declare_properties(draft.properties, {}, now)
    write_accounts([plan], actor=actor, now=now)
    return Saved(plan.thing, plan.state)


def normal_draft(draft: CustomerDraft) -> tuple[CustomerDraft, list[Problem]]:
    """The draft with values written the one way, and what could not be."""
    problems: list[Problem] = []
    email, language, phone = draft.email, draft.language, draft.phone
    if draft.email:
        email = normal_email(draft.email)
        if email is None:
            problems.append(Problem(_("This is not an e-mail address."), "email", draft.email))
    if draft.language:
        language = normal_language(draft.language)
        if language is None:
            reason = _("This is not a language we know: use a code such as en or ru.")
            problems.append(Problem(reason, "language", draft.language))
    zone = draft.time_zone
    if draft.time_zone:
        zone = normal_time_zone(draft.time_zone)
        if zone is None:
            reason = _("This is not a time zone: write it as in Europe/Warsaw.")
            problems.append(Problem(reason, "time_zone", draft.time_zone))
    if draft.phone:
        phone, understood = normal_phone(draft.phone, draft.phone_region)
        if not understood:
            reason = _("phone number not understood, kept as it is written")
            problems.append(Problem(reason, "phone", draft.phone, warning=True))
    if draft.decision_role and draft.decision_role not in ROLES:
        reason = _("This is not a role: use decides, influences or uses.")
        problems.append(Problem(reason, "decision_role", draft.decision_role))
    for name in draft.properties:
        check_property_name(name)
    found = replace(draft, email=email, language=language, phone=phone, time_zone=zone)
    return found, problems


def _keep_identity(
    draft: CustomerDraft, customer: Customer, problems: list[Problem]
) -> CustomerDraft:
    """None keeps what the customer has; clearing both external id and e-mail is refused."""
    external_id = customer.external_id if draft.external_id is None else draft.external_id
    email = customer.email if draft.email is None else draft.email
    if not external_id and not email and not problems:
        problems.append(Problem(_("Give an external id or an e-mail."), "email"))
    return replace(draft, external_id=external_id or "", email=email or "")


def _free_identity(customer: Customer, draft: CustomerDraft) -> None:
    others = Customer.objects.exclude(pk=customer.pk)
    if draft.external_id and others.filter(external_id=draft.external_id).exists():
        raise IdentityConflict(_("Another customer has this external id."))
    if draft.email and others.filter(email=draft.email).exists():
        raise IdentityConflict(_("Another customer has this e-mail."))


def _raise_if_refused(problems: list[Problem]) -> None:
    refused = [problem for problem in problems if not problem.warning]
    if not refused:
        return
    conflict = next((problem for problem in refused if problem.conflict), None)
    if conflict is not None:
        raise IdentityConflict(conflict.reason)
    raise CannotSave(refused)
