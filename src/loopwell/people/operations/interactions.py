"""How is recorded what happened between a customer and us, one thing or up to 1,000?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Invalid
from loopwell.people.enums import UnknownCustomers
from loopwell.people.models import Customer, Interaction
from loopwell.people.operations.plan_interactions import InteractionPlan, Plans, plan_interactions
from loopwell.people.operations.write_interactions import write_interactions
from loopwell.people.queries.held import unknown_customers
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.contact import normal_email, normal_language, normal_phone
from loopwell.people.rules.drafts import NOTHING, InteractionDraft
from loopwell.people.rules.happening import CLOCKS_DIFFER
from loopwell.people.rules.problems import CannotSave, IdentityConflict, Problem
from loopwell.people.rules.properties import BadPropertyName, check_property_name

MOST = 1000


class TooMany(Invalid):
    """More interactions at once than are taken in one transaction."""


@transaction.atomic
def record_interactions(
    *, actor: Actor, now: datetime, drafts: Sequence[InteractionDraft], origin: str = "",
    region: str = "",
) -> list[InteractionPlan]:  # fmt: skip
    """Takes each by itself: saved, held or refused, as its plan then says.

    Nothing of a refused one is written, not even a customer.
    """
    require(actor, Right.WRITE_CUSTOMERS)
    if len(drafts) > MOST:
        raise TooMany(_("At most %(most)d interactions at once.") % {"most": MOST})
    read = [_normal(draft, now, region) for draft in drafts]
    good = [draft for draft, found in read if not found]
    plans = plan_interactions(
        good, Directory(actor), unknown_customers(), now=now, origin=origin, lock=True
    )
    write_interactions(plans, actor=actor, now=now)
    planned = iter(plans.interactions)
    return [
        InteractionPlan(draft, problems=found) if found else next(planned) for draft, found in read
    ]


def record_interaction(
    *,
    actor: Actor,
    now: datetime,
    customer: Customer,
    touchpoint: str,
    at: datetime,
    external_id: str | None = None,
    unit: str | None = None,
    employee: str | None = None,
    channel: str = "",
    product: str = "",
    properties: Mapping[str, str] = NOTHING,
) -> Interaction:
    """Adds one of a known customer, or changes the one with this external id.

    Without `unit` it is the employee's, else the customer's. Raises CannotSave.
    """
    draft = InteractionDraft(
        touchpoint=touchpoint, at=at, external_id=external_id, customer_ref=customer.ref,
        unit=unit, employee=employee, channel=channel, product=product,
        properties=dict(properties),
    )  # fmt: skip
    plan = record_interactions(actor=actor, now=now, drafts=[draft])[0]
    raise_if_refused(plan)
    if plan.thing is None:
        raise CannotSave([Problem(_("There is no such customer."), "customer")])
    return plan.thing


def raise_if_refused(plan: InteractionPlan) -> None:
    refused = [problem for problem in plan.problems if not problem.warning]
    conflict = next((problem for problem in refused if problem.conflict), None)
    if conflict is not None:
        raise IdentityConflict(conflict.reason)
    if refused:
        raise CannotSave(refused)


def resolve_plans(
    drafts: Sequence[InteractionDraft], *, actor: Actor, now: datetime, unknown: UnknownCustomers
) -> Plans:
    """Plans and writes drafts that were held, by another rule than the company's."""
    plans = plan_interactions(drafts, Directory(actor), unknown, now=now, lock=True)
    write_interactions(plans, actor=actor, now=now)
    return plans


def _normal(
    draft: InteractionDraft, now: datetime, region: str
) -> tuple[InteractionDraft, list[Problem]]:
    """The draft with values written the one way, and what could not be."""
    problems: list[Problem] = []
    values: dict[str, object] = {}
    if draft.customer_email:
        values["customer_email"] = normal_email(draft.customer_email)
        if values["customer_email"] is None:
            reason = _("This is not an e-mail address.")
            problems.append(Problem(reason, "customer_email", draft.customer_email))
    if draft.customer_phone:
        values["customer_phone"] = normal_phone(draft.customer_phone, region)[0]
    if draft.language:
        values["language"] = normal_language(draft.language)
        if values["language"] is None:
            reason = _("This is not a language we know: use a code such as en or ru.")
            problems.append(Problem(reason, "language", draft.language))
    try:
        for name in draft.properties:
            check_property_name(name)
    except BadPropertyName as error:
        problems.append(Problem(str(error), "properties"))
    if draft.at is not None and draft.at.tzinfo is not None and _nearly(draft.at, now):
        values["at"] = now
    return replace(draft, **values), problems  # type: ignore[arg-type]  # by the fields' own types


def _nearly(at: datetime, now: datetime) -> bool:
    """A clock that is up to two minutes ahead of ours."""
    return now < at <= now + CLOCKS_DIFFER
