"""Who gave an imported answer: a customer known, made, or nobody we can name?"""

from collections.abc import Callable, Sequence
from datetime import datetime

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor
from loopwell.people.models import Customer
from loopwell.people.operations.plan_customers import CustomerPlan, plan_customers
from loopwell.people.operations.planning import State
from loopwell.people.operations.writing import Newcomer, write_customers, write_newcomers
from loopwell.people.queries.lookups import Directory, KnownCustomer, known_customers
from loopwell.people.rules.drafts import CustomerDraft
from loopwell.people.rules.problems import Problem
from loopwell.responses.historic.reading import AnswerDraft

FIELDS = {"external_id": "customer_id", "email": "customer_email"}


Person = Customer | KnownCustomer | Newcomer


class Answerers:
    """The customers of one chunk of answers; without `create`, unknown ones stay anonymous."""

    def __init__(self, directory: Directory, *, create: bool) -> None:
        self.directory = directory
        self.create = create
        self._anywhere = directory.actor.within(Right.WRITE_CUSTOMERS).everything
        self._made: set[str] = set()
        self._found: dict[str, KnownCustomer | Newcomer | None] = {}
        self._plans: dict[str, CustomerPlan] = {}

    @property
    def made(self) -> int:
        return len(self._made)

    def begin(self, drafts: Sequence[AnswerDraft], *, lock: bool) -> None:
        """Customers we have keep their unit: an old answer must not move them. What is more than
        recognising or making one (another e-mail address, a conflict, rights) is planned."""
        wanted: dict[str, AnswerDraft] = {}
        for draft in drafts:
            if key := _key(draft):
                earlier = wanted.get(key)
                wanted[key] = draft if earlier is None else _both(earlier, draft, self._unit)
        ids = {draft.customer_id for draft in wanted.values() if draft.customer_id}
        emails = {draft.customer_email for draft in wanted.values() if draft.customer_email}
        known = known_customers(ids, emails, lock=lock)
        by_id = {each.external_id: each for each in known if each.external_id}
        by_email = {each.email: each for each in known if each.email}
        named = sum(draft.customer_email is not None for draft in wanted.values())
        meant_twice = len(emails) < named  # two drafts that mean one person are a matter of order
        self._found, open_drafts = {}, {}
        for key, draft in wanted.items():
            one = by_id.get(draft.customer_id or "")
            other = by_email.get(draft.customer_email or "")
            is_new = one is None and other is None
            if self._anywhere and not meant_twice and is_new:
                self._found[key] = self._newcomer(draft) if self.create else None
            elif self._anywhere and not meant_twice and _recognised(draft, one, other):
                self._found[key] = one or other
            else:
                open_drafts[key] = CustomerDraft(
                    external_id=draft.customer_id,
                    email=draft.customer_email,
                    unit=self._unit(draft) if is_new else None,
                )
        plans, _accounts = plan_customers(list(open_drafts.values()), self.directory, lock=lock)
        self._plans = dict(zip(open_drafts, plans, strict=True))

    def _newcomer(self, draft: AnswerDraft) -> Newcomer:
        found = self.directory.unit(draft.unit) if draft.unit else None
        place = found.pk if isinstance(found, Unit) else None
        return Newcomer(draft.customer_id, draft.customer_email, place)

    def _unit(self, draft: AnswerDraft) -> str | None:
        """An unknown unit refuses its own row, not the customer's other answers."""
        found = self.directory.unit(draft.unit) if draft.unit else None
        return draft.unit if isinstance(found, Unit) else None

    def who(self, draft: AnswerDraft) -> Person | Problem | None:
        key = _key(draft)
        if key in self._found:
            found = self._found[key]
            if isinstance(found, Newcomer):
                self._made.add(key)
            return found
        plan = self._plans.get(key)
        if plan is None:
            return None
        if plan.is_refused or plan.thing is None:
            problem = plan.problems[0]
            field = FIELDS.get(problem.field, problem.field)
            return Problem(problem.reason, field, problem.value)
        if plan.state is State.NEW and not self.create:
            return None
        if plan.state is State.NEW:
            self._made.add(key)
        return plan.thing

    def write(self, people: Sequence[Person | None], *, actor: Actor, now: datetime) -> None:
        """Writes those that a taken answer needs; a refused row makes no customer."""
        needed = {id(person) for person in people if person is not None}
        plans = [plan for plan in self._plans.values() if id(plan.thing) in needed]
        write_customers(plans, actor=actor, now=now, imported=True)
        found = self._found.values()
        new = [each for each in found if isinstance(each, Newcomer) and id(each) in needed]
        write_newcomers(new, actor=actor, now=now)


def _recognised(draft: AnswerDraft, one: KnownCustomer | None, other: KnownCustomer | None) -> bool:
    """By all that the draft names, with nothing to change in the customer."""
    if draft.customer_id is None:
        return other is not None
    return one is not None and (draft.customer_email is None or one is other)


def _both(
    earlier: AnswerDraft, later: AnswerDraft, unit: Callable[[AnswerDraft], str | None]
) -> AnswerDraft:
    """Two answers of one person: what the later one says of them wins."""
    return later._replace(
        customer_email=later.customer_email or earlier.customer_email,
        unit=unit(later) or unit(earlier),
    )


def _key(draft: AnswerDraft) -> str:
    if draft.customer_id:
        return f"id:{draft.customer_id}"
    return f"email:{draft.customer_email}" if draft.customer_email else ""
