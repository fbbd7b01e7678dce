"""Who gave an imported answer: a customer known, made, or nobody we can name?"""

from collections.abc import Sequence
from datetime import datetime

from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.people.models import Customer
from loopwell.people.operations.plan_customers import CustomerPlan, plan_customers
from loopwell.people.operations.planning import State
from loopwell.people.operations.writing import write_customers
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.drafts import CustomerDraft
from loopwell.people.rules.problems import Problem
from loopwell.responses.historic.reading import AnswerDraft

FIELDS = {"external_id": "customer_id", "email": "customer_email"}


class Answerers:
    """The customers of one chunk of answers; without `create`, unknown ones stay anonymous."""

    def __init__(self, directory: Directory, *, create: bool) -> None:
        self.directory = directory
        self.create = create
        self._made: set[str] = set()
        self._plans: dict[str, CustomerPlan] = {}

    @property
    def made(self) -> int:
        return len(self._made)

    def begin(self, drafts: Sequence[AnswerDraft], *, lock: bool) -> None:
        wanted: dict[str, CustomerDraft] = {}
        for draft in drafts:
            key = _key(draft)
            if not key:
                continue
            earlier = wanted.get(key)
            wanted[key] = CustomerDraft(
                external_id=draft.customer_id,
                email=draft.customer_email or (earlier.email if earlier else None),
                unit=self._unit(draft) or (earlier.unit if earlier else None),
            )
        known = _known_keys(wanted)
        drafts_of = {
            key: draft if key not in known else CustomerDraft(draft.external_id, draft.email)
            for key, draft in wanted.items()
        }
        plans, _accounts = plan_customers(list(drafts_of.values()), self.directory, lock=lock)
        self._plans = dict(zip(drafts_of, plans, strict=True))

    def _unit(self, draft: AnswerDraft) -> str | None:
        """An unknown unit refuses its own row, not the customer's other answers."""
        found = self.directory.unit(draft.unit) if draft.unit else None
        return draft.unit if isinstance(found, Unit) else None

    def who(self, draft: AnswerDraft) -> Customer | Problem | None:
        plan = self._plans.get(_key(draft))
        if plan is None:
            return None
        if plan.is_refused or plan.thing is None:
            problem = plan.problems[0]
            field = FIELDS.get(problem.field, problem.field)
            return Problem(problem.reason, field, problem.value)
        if plan.state is State.NEW and not self.create:
            return None
        if plan.state is State.NEW:
            self._made.add(_key(draft))
        return plan.thing

    def write(self, customers: Sequence[Customer | None], *, actor: Actor, now: datetime) -> None:
        """Writes those that a taken answer needs; a refused row makes no customer."""
        needed = {id(customer) for customer in customers if customer is not None}
        plans = [plan for plan in self._plans.values() if id(plan.thing) in needed]
        write_customers(plans, actor=actor, now=now, imported=True)


def _key(draft: AnswerDraft) -> str:
    if draft.customer_id:
        return f"id:{draft.customer_id}"
    return f"email:{draft.customer_email}" if draft.customer_email else ""


def _known_keys(wanted: dict[str, CustomerDraft]) -> set[str]:
    """Customers we have keep their unit: an old answer must not move them."""
    ids = {d.external_id for d in wanted.values() if d.external_id}
    emails = {d.email for d in wanted.values() if d.email}
    found = {
        f"id:{each}"
        for each in Customer.objects.filter(external_id__in=ids).values_list(
            "external_id", flat=True
        )
    }
    known_emails = set(Customer.objects.filter(email__in=emails).values_list("email", flat=True))
    return found | {key for key, draft in wanted.items() if draft.email in known_emails}
