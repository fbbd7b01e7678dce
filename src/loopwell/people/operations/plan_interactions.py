"""What would taking these interactions do: new, changed, the same, held, or refused and why?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.people.enums import UnknownCustomers
from loopwell.people.models import Customer, HeldInteraction, Interaction
from loopwell.people.operations.plan_customers import CustomerPlan, covers, plan_customers
from loopwell.people.operations.planning import State, assign, merged
from loopwell.people.operations.whose import Whose
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.drafts import CustomerDraft, InteractionDraft
from loopwell.people.rules.happening import to_come, whose_words
from loopwell.people.rules.problems import Problem


@dataclass
class InteractionPlan:
    """One draft and what it becomes: an interaction, or one that is held."""

    draft: InteractionDraft
    thing: Interaction | None = None
    held: HeldInteraction | None = None
    state: State = State.REFUSED
    problems: list[Problem] = field(default_factory=list)
    customer: Customer | None = None
    unit: Unit | None = None
    employee: User | None = None

    def refuse(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.state = State.REFUSED

    @property
    def is_refused(self) -> bool:
        return any(not problem.warning for problem in self.problems)


@dataclass
class Plans:
    """One plan for each draft, in order, and the customers that must be written before."""

    interactions: list[InteractionPlan]
    customers: list[CustomerPlan]
    waiting: dict[str, HeldInteraction]


def plan_interactions(
    drafts: Sequence[InteractionDraft],
    directory: Directory,
    unknown: UnknownCustomers,
    *,
    now: datetime,
    origin: str = "",
    lock: bool = False,
) -> Plans:
    """Interactions are found again by external id, else by customer, touchpoint and moment."""
    plans = [InteractionPlan(draft) for draft in drafts]
    whose = Whose(drafts, lock=lock)
    for plan in plans:
        _check(plan, now)
        _find(plan, whose, directory)
    customers: list[CustomerPlan] = []
    nobodys = [p for p in plans if p.customer is None and not p.is_refused]
    if nobodys and unknown is UnknownCustomers.CREATE:
        customers = _make_customers(nobodys, directory, lock=lock)
    keys = [plan.draft.key for plan in plans]
    waiting: dict[str, HeldInteraction] = {}
    if HeldInteraction.objects.exists():
        waiting = {h.key: h for h in HeldInteraction.objects.filter(key__in=keys) if h.key}
    _fill([p for p in plans if p.customer is not None and not p.is_refused])
    for plan in plans:
        if plan.customer is None and not plan.is_refused:
            _without_customer(plan, unknown, directory, waiting, now, origin)
    return Plans(plans, customers, waiting)


def _check(plan: InteractionPlan, now: datetime) -> None:
    draft = plan.draft
    if not draft.touchpoint.strip():
        plan.refuse(Problem(_("Say which touchpoint it was."), "touchpoint"))
    if draft.at is None:
        plan.refuse(Problem(_("Say when it was."), "at"))
    elif timezone.is_naive(draft.at):
        plan.refuse(Problem(_("Give the moment with its time zone."), "at"))
    elif reason := to_come(draft.at, now):
        plan.refuse(Problem(reason, "at", draft.at.isoformat()))
    if not draft.whose:
        reason = _("nothing says whose it was: neither external id nor e-mail nor phone")
        plan.refuse(Problem(reason, "customer_id"))


def _find(plan: InteractionPlan, whose: Whose, directory: Directory) -> None:
    draft = plan.draft
    unit = directory.unit(draft.unit) if draft.unit else None
    person = directory.person(draft.employee, "employee") if draft.employee else None
    customer = whose.of(draft)
    for found in (unit, person, customer):
        if isinstance(found, Problem):
            plan.refuse(found)
    plan.unit = unit if isinstance(unit, Unit) else None
    plan.employee = person if isinstance(person, User) else None
    if isinstance(customer, Customer):
        plan.customer = customer
        if not covers(directory, customer):
            reason = _("belongs to a part of the company you do not manage")
            plan.refuse(Problem(reason, draft.whose.partition(":")[0]))
    elif customer is None and draft.customer_ref:
        plan.refuse(Problem(_("There is no such customer."), "customer_ref", draft.customer_ref))


def _make_customers(
    plans: Sequence[InteractionPlan], directory: Directory, *, lock: bool
) -> list[CustomerPlan]:
    """Customers nobody knows yet, each once; those told by a phone alone cannot be made."""
    wanted: dict[str, CustomerDraft] = {}
    for plan in plans:
        draft = plan.draft
        if draft.customer_id or draft.customer_email:
            place = plan.unit or (plan.employee.unit if plan.employee else None)
            wanted[draft.whose] = CustomerDraft(
                external_id=draft.customer_id,
                email=draft.customer_email,
                phone=draft.customer_phone,
                name=draft.customer_name,
                language=draft.language,
                unit=(place.external_id or place.name) if place else None,
            )
    made, _accounts = plan_customers(list(wanted.values()), directory, lock=lock)
    found = dict(zip(wanted, made, strict=True))
    for plan in plans:
        one = found.get(plan.draft.whose)
        if one is not None and one.is_refused:
            plan.problems += one.problems
        elif one is not None:
            plan.customer = one.thing
    return made


def _fill(plans: Sequence[InteractionPlan]) -> None:
    known = _Known(plans)
    for plan in plans:
        draft, customer = plan.draft, plan.customer
        if customer is None:  # the caller's choice: all of these have one
            continue
        thing = known.of(plan)
        if (
            thing is not None
            and thing.customer is not customer
            and thing.customer_id != customer.pk
        ):
            reason = _("The interaction with this external id is another customer's.")
            plan.refuse(Problem(reason, "external_id", draft.external_id or "", conflict=True))
            continue
        fresh = thing is None
        thing = thing or Interaction(customer=customer, unit=_first_unit(plan))
        changed = assign(thing, _values(plan, thing))
        plan.thing = thing
        plan.state = State.NEW if fresh else State.CHANGED if changed else State.SAME
        known.add(plan)


def _first_unit(plan: InteractionPlan) -> Unit | None:
    """The one told, else the employee's, else the customer's, as it is now: a snapshot."""
    if plan.unit is not None or plan.customer is None:
        return plan.unit
    return (plan.employee.unit if plan.employee else None) or plan.customer.unit


def _values(plan: InteractionPlan, thing: Interaction) -> dict[str, object]:
    draft = plan.draft
    values: dict[str, object] = {"touchpoint": draft.touchpoint.strip()[:60], "at": draft.at}
    if draft.external_id:
        values["external_id"] = draft.external_id
    for name, found in (("unit_id", plan.unit), ("employee_id", plan.employee)):
        if found is not None:
            values[name] = found.pk
    for name, limit in (("channel", 60), ("product", 100)):
        told = getattr(draft, name)
        if told is not None:
            values[name] = told.strip()[:limit]
    if draft.properties:
        values["properties"] = merged(thing.properties, dict(draft.properties))
    return values


class _Known:
    """Interactions that these drafts may mean."""

    def __init__(self, plans: Sequence[InteractionPlan]) -> None:
        rows = Interaction.objects.all()
        ids = {p.draft.external_id for p in plans if p.draft.external_id}
        nameless = [p for p in plans if not p.draft.external_id and p.customer and p.customer.pk]
        by_id = rows.filter(external_id__in=ids).select_related("customer") if ids else ()
        alike: Any = ()
        if nameless:
            alike = rows.filter(
                customer__in={p.customer.pk for p in nameless if p.customer},
                at__in={p.draft.at for p in nameless},
            ).select_related("customer")
        self._by_id: dict[str, Interaction] = {}
        self._alike: dict[tuple[object, str, object], Interaction] = {}
        for row in chain(by_id, alike):
            self._keep(row, row.customer_id)

    def _keep(self, row: Interaction, customer: object) -> None:
        if row.external_id:
            self._by_id[row.external_id] = row
        self._alike[(customer, row.touchpoint, row.at)] = row

    def of(self, plan: InteractionPlan) -> Interaction | None:
        if plan.draft.external_id:
            return self._by_id.get(plan.draft.external_id)
        return self._alike.get(self._place(plan))

    def add(self, plan: InteractionPlan) -> None:
        if plan.thing is not None:
            self._keep(plan.thing, self._place(plan)[0])

    def _place(self, plan: InteractionPlan) -> tuple[object, str, object]:
        customer = plan.customer
        whose = (customer.pk or f"new:{id(customer)}") if customer else None
        return (whose, plan.draft.touchpoint.strip()[:60], plan.draft.at)


def _without_customer(
    plan: InteractionPlan,
    unknown: UnknownCustomers,
    directory: Directory,
    waiting: dict[str, HeldInteraction],
    now: datetime,
    origin: str,
) -> None:
    draft = plan.draft
    field_told = draft.whose.partition(":")[0]
    if unknown is UnknownCustomers.REFUSE:
        reason = _("no customer with this external id, e-mail or phone: add the customer first")
        plan.refuse(Problem(reason, field_told, whose_words(draft)))
        return
    place = plan.unit or (plan.employee.unit if plan.employee else None)
    if place is None and not directory.actor.within(Right.WRITE_CUSTOMERS).everything:
        reason = _("name the unit: you manage only a part of the company")
        plan.refuse(Problem(reason, "unit"))
        return
    held = waiting.get(draft.key)
    given = draft.as_json()
    if held is not None and (held.resolved_at or held.given == given):
        plan.held, plan.state = held, State.SAME
        return
    held = held or HeldInteraction(key=draft.key, received_at=now, origin=origin[:100])
    waiting[draft.key] = held
    held.given, held.unit = given, place
    held.customer_id_given = draft.customer_id or ""
    held.email, held.phone = draft.customer_email or "", draft.customer_phone or ""
    held.why = _why(draft, unknown)
    plan.held, plan.state = held, State.HELD


def _why(draft: InteractionDraft, unknown: UnknownCustomers) -> str:
    if unknown is UnknownCustomers.CREATE:
        return _("Known by a phone number alone: a customer needs an external id or an e-mail.")
    return _("No customer with this external id, e-mail or phone.")
