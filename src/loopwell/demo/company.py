"""What does the whole demo company look like, up to this moment?"""

import random
from datetime import UTC, datetime

import numpy as np

from loopwell.demo.accounts import DECEPTIVE, Clients, make_clients
from loopwell.demo.answers import make_answers
from loopwell.demo.cases import CaseWriter, Signal
from loopwell.demo.causes import CAUSES
from loopwell.demo.clock import Clock, to_moments
from loopwell.demo.customers import draw_base, make_customers
from loopwell.demo.fixes import make_fixes
from loopwell.demo.invitations import BOUNCED, UNSUBSCRIBED, Asked, ask
from loopwell.demo.moments import NOBODY, Places, draw_moments, make_interactions
from loopwell.demo.people import make_employees
from loopwell.demo.records import (
    Account,
    Answer,
    Case,
    Company,
    Customer,
    Employee,
    Invitation,
    Unit,
)
from loopwell.demo.scores import Verdicts, judge
from loopwell.demo.touchpoints import SLUGS
from loopwell.demo.units import COMPANY_NAME, make_units

CONSUMERS = 30_000
ACCOUNTS = 120
TROUBLE = {BOUNCED: "bounced", UNSUBSCRIBED: "unsubscribed"}
PLEASED = (9, 10, 9, 10, 10)  # scores of the deceptive account's other contacts


def generate(*, now: datetime, seed: int = 7, scale: float = 1.0) -> Company:
    """The company up to `now` (aware). The same arguments give the same company; `scale`
    multiplies customers and volumes, while units and employees stay."""
    now = now.astimezone(UTC).replace(microsecond=0)
    rng, draw = np.random.default_rng(seed), random.Random(seed)  # noqa: S311 - no secret
    clock = Clock.ending(now)
    units = make_units()
    employees = make_employees(draw=draw, units=units)
    shops = [unit for unit in units if unit.kind == "shop"]
    base = draw_base(rng, clock, max(60, round(CONSUMERS * scale)), shops)
    accounts = max(DECEPTIVE + 2, round(ACCOUNTS * scale))
    clients = make_clients(draw=draw, count=accounts, employees=employees, today=now.date())
    customers = make_customers(rng, clock, base, shops) + clients.contacts
    happened = draw_moments(rng, clock, base, Places.of(units, employees), scale)
    interactions, places = make_interactions(happened, units, employees)
    keys = [person.key for person in employees]
    owners = np.array([keys.index(account.owner) for account in clients.accounts])
    business = [unit.key for unit in units].index("business")
    asked = ask(rng, clock, base, clients, happened, business, owners)
    deceptive = _deceptive_scores(clients, len(base))
    verdicts = judge(rng, clock, base, asked, units, len(employees), deceptive)
    invitations = _invitations(asked, places, customers, units, employees)
    answers = make_answers(
        draw=draw, verdicts=verdicts, invitations=invitations, customers=customers
    )
    return Company(
        name=COMPANY_NAME,
        starts_on=clock.starts_on,
        now=now,
        units=units,
        employees=employees,
        accounts=tuple(clients.accounts),
        customers=tuple(customers),
        interactions=tuple(interactions),
        invitations=tuple(invitations),
        answers=tuple(answers),
        cases=_cases(
            CaseWriter(draw=draw, now=now, employees=employees), answers, verdicts,
            invitations, customers, clients.accounts,
        ),
        causes=CAUSES,
        fixes=make_fixes(
            starts_on=clock.starts_on,
            units=units,
            owner=next(person.key for person in employees if person.role == "programme-manager"),
        ),
    )  # fmt: skip


def _deceptive_scores(clients: Clients, consumers: int) -> dict[int, int]:
    """Everybody at this account is happy, except the one who signs."""
    places = [
        consumers + place
        for place, contact in enumerate(clients.contacts)
        if contact.account_index == DECEPTIVE
    ]
    return {places[0]: 3} | dict(zip(places[1:], PLEASED, strict=True))


def _invitations(
    asked: Asked,
    places: list[int | None],
    customers: list[Customer],
    units: tuple[Unit, ...],
    employees: tuple[Employee, ...],
) -> list[Invitation]:
    unit_keys = [unit.key for unit in units]
    staff: list[str | None] = [person.key for person in employees]
    staff.append(None)  # NOBODY is the last index
    moments = asked.moments
    columns = (moments.customer, moments.touchpoint, moments.unit, moments.employee,
               asked.source, asked.opened, asked.reminded, asked.answered,
               asked.trouble)  # fmt: skip
    times = zip(to_moments(asked.sent), to_moments(asked.opened), to_moments(asked.reminded),
                strict=True)  # fmt: skip
    rows = zip(*(column.tolist() for column in columns), times, strict=True)
    invitations: list[Invitation] = []
    for customer, number, unit, employee, source, opened, reminded, answered, trouble, at in rows:
        invitations.append(
            Invitation(
                key=f"V{len(invitations) + 1:06d}",
                customer_index=customer,
                interaction_index=None if source == NOBODY else places[source],
                programme=SLUGS[number],
                unit=unit_keys[unit],
                employee=staff[employee],
                channel="email",
                language=customers[customer].language,
                sent_at=at[0],
                opened_at=at[1] if opened else None,
                reminded_at=at[2] if reminded else None,
                status="answered" if answered else TROUBLE.get(trouble, "unanswered"),
            )
        )
    return invitations


def _cases(
    writer: CaseWriter,
    answers: list[Answer],
    verdicts: Verdicts,
    invitations: list[Invitation],
    customers: list[Customer],
    accounts: list[Account],
) -> tuple[Case, ...]:
    """A case for every unhappy answer that the rules of its time called for and whose giver did
    not refuse contact."""
    cases: list[Case] = []
    marks = zip(answers, verdicts.reached.tolist(), verdicts.called_for.tolist(), strict=True)
    for index, (answer, reached, called_for) in enumerate(marks):
        if not called_for:
            continue
        customer = customers[answer.customer_index]
        account = None if customer.account_index is None else accounts[customer.account_index]
        signal = Signal(
            index, answer, invitations[answer.invitation_index], customer, account, reached
        )
        cases.append(writer.write(len(cases) + 1, signal))
    return writer.shared(cases)
