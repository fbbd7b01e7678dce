"""How do the demo company's units, employees, accounts, customers and interactions get in?"""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from loopwell.access.enums import Role, UnitKind
from loopwell.access.models import Membership, Unit, User
from loopwell.access.operations import create_unit
from loopwell.access.rules import SYSTEM
from loopwell.demo import records
from loopwell.demo.logins import PASSWORD
from loopwell.kit.bulk import insert
from loopwell.people.models import Account, Customer, Interaction, Property

ROLES = {
    "executive": Role.EXECUTIVE,
    "programme-manager": Role.PROGRAMME,
    "analyst": Role.ANALYST,
    "finance": Role.FINANCE,
    "administrator": Role.ADMINISTRATOR,
    "regional-manager": Role.MANAGER,
    "branch-manager": Role.MANAGER,
    "supervisor": Role.SUPERVISOR,
    "front-line": Role.FRONT_LINE,
    "call-back": Role.CALL_BACK,
    "account-manager": Role.ACCOUNT_MANAGER,
}
KINDS = {"company": UnitKind.COMPANY, "region": UnitKind.REGION, "shop": UnitKind.BRANCH}
PROPERTIES = {"segment": "Segment", "plan": "Plan", "city": "City", "tenure": "Customer for"}
TOUCHPOINTS = {
    "shop-visit": "Shop visit",
    "call": "Call",
    "delivery": "Delivery",
    "installation": "Installation",
    "self-service": "Self-service",
}
WHOLE_COMPANY = {"executive", "programme-manager", "analyst", "finance", "administrator"}


@dataclass(frozen=True)
class People:
    """Primary keys by the generator's keys (units, employees) or by index (the rest)."""

    units: dict[str, int]
    root: str
    employees: dict[str, int]
    accounts: list[int]
    customers: list[int]
    properties: list[dict[str, str]]
    interactions: list[int]


def load_people(company: records.Company) -> People:
    units, root = _units(company)
    employees = _employees(company, units, root)
    for name, label in PROPERTIES.items():
        Property.objects.get_or_create(name=name, defaults={"label": label})
    accounts = _accounts(company, units, employees)
    properties = [_properties(customer) for customer in company.customers]
    customers = _customers(company, units, accounts, properties)
    interactions = _interactions(company, units, employees, customers)
    return People(units, root, employees, accounts, customers, properties, interactions)


def _units(company: records.Company) -> tuple[dict[str, int], str]:
    made: dict[str, Unit] = {}
    root = ""
    for unit in company.units:
        if unit.parent is None:
            root = unit.key
        made[unit.key] = create_unit(
            actor=SYSTEM,
            name=unit.name,
            parent=made[unit.parent] if unit.parent else None,
            kind=KINDS.get(unit.kind, UnitKind.TEAM),
            external_id=unit.key,
            time_zone=unit.time_zone,
            is_demo=True,
        )
    return {key: unit.pk for key, unit in made.items()}, root


def _employees(company: records.Company, units: dict[str, int], root: str) -> dict[str, int]:
    password, unusable = make_password(PASSWORD), make_password(None)
    first_of: dict[str, str] = {}
    for person in company.employees:
        if person.role != "branch-manager" or "shop" in person.unit or not first_of.get("x"):
            first_of.setdefault(person.role, person.key)
    known = set(first_of.values())
    User.objects.bulk_create(
        User(
            email=p.email,
            name=p.name,
            phone=p.phone,
            external_id=p.key,
            unit_id=units[p.unit],
            language="" if p.key in known else p.language,
            is_demo=True,
            password=password if p.key in known else unusable,
        )
        for p in company.employees
    )
    found = dict(User.objects.filter(is_demo=True).values_list("external_id", "pk"))
    employees = {str(key): pk for key, pk in found.items()}
    managed = [p for p in company.employees if p.manager]
    User.objects.bulk_update(
        [User(pk=employees[p.key], manager_id=employees[str(p.manager)]) for p in managed],
        ["manager"],
    )
    Membership.objects.bulk_create(
        Membership(
            user_id=employees[p.key],
            unit_id=units[root if p.role in WHOLE_COMPANY else p.unit],
            role=ROLES[p.role],
        )
        for p in company.employees
    )
    return employees


def _accounts(
    company: records.Company, units: dict[str, int], employees: dict[str, int]
) -> list[int]:
    made = Account.objects.bulk_create(
        Account(
            external_id=a.key,
            name=a.name,
            unit_id=units["business"],
            owner_id=employees[a.owner],
            revenue=a.revenue,
            currency="EUR",
            renewal_on=a.renews_on,
            is_demo=True,
            created_at=company.now,
            properties={"segment": a.segment, "city": a.city},
        )
        for a in company.accounts
    )
    return [account.pk for account in made]


def _properties(customer: records.Customer) -> dict[str, str]:
    years = customer.tenure_months // 12
    tenure = "under 1 year" if years < 1 else "1–3 years" if years < 3 else "3 years and more"
    found = {
        "segment": customer.segment,
        "plan": customer.plan,
        "city": customer.city,
        "tenure": tenure,
    }
    return {name: value for name, value in found.items() if value}


def _customers(
    company: records.Company,
    units: dict[str, int],
    accounts: list[int],
    properties: list[dict[str, str]],
) -> list[int]:
    columns = (
        "external_id",
        "email",
        "phone",
        "name",
        "language",
        "unit_id",
        "title",
        "account_id",
        "decision_role",
        "properties",
        "is_demo",
        "created_at",
        "updated_at",
    )
    return insert(
        Customer,
        columns,
        (
            (
                c.key,
                c.email,
                c.phone,
                c.name,
                c.language,
                units[c.unit],
                c.title,
                None if c.account_index is None else accounts[c.account_index],
                c.role_in_decision,
                properties[index],
                True,
                company.now,
                company.now,
            )
            for index, c in enumerate(company.customers)
        ),
    )


def _interactions(
    company: records.Company,
    units: dict[str, int],
    employees: dict[str, int],
    customers: list[int],
) -> list[int]:
    columns = (
        "external_id",
        "customer_id",
        "touchpoint",
        "at",
        "unit_id",
        "employee_id",
        "channel",
        "product",
        "properties",
        "created_at",
    )
    return insert(
        Interaction,
        columns,
        (
            (
                i.key,
                customers[i.customer_index],
                TOUCHPOINTS[i.touchpoint],
                i.happened_at,
                units[i.unit],
                employees[i.employee] if i.employee else None,
                i.channel,
                i.product,
                {},
                i.happened_at,
            )
            for i in company.interactions
        ),
    )
