"""What does the demo company consist of?

Units, employees, causes and fixes are referred to by their string keys; customers, accounts,
interactions, invitations and answers by their index in the company's tuples (fields that end in
`_index`). Every moment is an aware UTC datetime.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Texts:
    """The same label in the four languages of the demo company."""

    en: str
    ru: str
    uk: str
    pl: str


@dataclass(frozen=True, slots=True)
class Unit:
    """kind: company, region, shop, delivery, call-centre, online, business, call-back, office."""

    key: str
    name: str
    kind: str
    parent: str | None
    city: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Employee:
    """role: executive, programme-manager, analyst, finance, administrator, regional-manager,
    branch-manager, supervisor, front-line, call-back, account-manager."""

    key: str
    name: str
    email: str
    phone: str
    role: str
    title: str
    unit: str
    manager: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Account:
    """A client company; `owner` is an account manager's key; revenue is per year, in euros."""

    key: str
    name: str
    industry: str
    segment: str
    region: str
    city: str
    owner: str
    revenue: int
    renews_on: date
    customer_since: date


@dataclass(frozen=True, slots=True)
class Customer:
    """A consumer (account_index None) or a contact at an account (role_in_decision: decides,
    influences, uses)."""

    key: str
    name: str
    gender: str
    language: str
    email: str
    phone: str
    city: str
    region: str
    unit: str
    segment: str
    plan: str
    customer_since: date
    tenure_months: int
    monthly_value: float
    consents_to_email: bool
    account_index: int | None
    role_in_decision: str
    title: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """touchpoint: shop-visit, call, delivery, installation, self-service."""

    key: str
    customer_index: int
    touchpoint: str
    unit: str
    employee: str | None
    channel: str
    product: str
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """programme equals the touchpoint, or `relationship`, `accounts` (no interaction then);
    status: answered, unanswered, bounced, unsubscribed."""

    key: str
    customer_index: int
    interaction_index: int | None
    programme: str
    unit: str
    employee: str | None
    channel: str
    language: str
    sent_at: datetime
    opened_at: datetime | None
    reminded_at: datetime | None
    status: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`causes` are the slugs the text is about, weightiest first; `may_contact` None means the
    question was left open; `comment` is "" and `commented_at` None where nothing was written."""

    key: str
    invitation_index: int
    customer_index: int
    score: int
    comment: str
    language: str
    causes: tuple[str, ...]
    may_contact: bool | None
    answered_at: datetime
    commented_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """outcome: reached, not-reached, busy, wrong-number, call-later."""

    at: datetime
    by: str
    outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class Closure:
    """resolution: solved, explained, compensated, no-solution, not-reached; cause weights sum
    to 1 (empty when never reached); compensation in euros."""

    at: datetime
    by: str
    resolution: str
    causes: tuple[tuple[str, float], ...]
    learnt: str
    done: str
    compensation: float


@dataclass(frozen=True, slots=True)
class Case:
    """state: open (nobody tried), waiting (tried, not reached), in-work (reached, not closed),
    closed, reopened. A reopened case keeps the closure that was wrong."""

    key: str
    answer_index: int
    customer_index: int
    unit: str
    owner: str
    state: str
    opened_at: datetime
    due_at: datetime
    first_contact_at: datetime | None
    attempts: tuple[Attempt, ...]
    closure: Closure | None
    reopened_at: datetime | None
    reopened_because: str
    final_closure: Closure | None


@dataclass(frozen=True, slots=True)
class Cause:
    """kind: defect, perception, expectation, absence (praise has kind ""); polarity −1 or +1."""

    slug: str
    names: Texts
    kind: str
    polarity: int


@dataclass(frozen=True, slots=True)
class FixStep:
    """From this day the fix works in these units."""

    starts_on: date
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """A systemic change aimed at one cause; `worked` is the truth the numbers should show."""

    slug: str
    names: Texts
    cause: str
    touchpoints: tuple[str, ...]
    owner: str
    cost: int
    steps: tuple[FixStep, ...]
    worked: bool


@dataclass(frozen=True, slots=True)
class Company:
    """The whole demo company, from `starts_on` to `now`."""

    name: str
    starts_on: date
    now: datetime
    units: tuple[Unit, ...]
    employees: tuple[Employee, ...]
    accounts: tuple[Account, ...]
    customers: tuple[Customer, ...]
    interactions: tuple[Interaction, ...]
    invitations: tuple[Invitation, ...]
    answers: tuple[Answer, ...]
    cases: tuple[Case, ...]
    causes: tuple[Cause, ...]
    fixes: tuple[Fix, ...]
