"""Which client companies does the demo company serve, and who decides there?"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from loopwell.demo.customers import LANGUAGES
from loopwell.demo.names import first_names, last_names, latin
from loopwell.demo.phones import CAPACITY, phone
from loopwell.demo.records import Account, Customer, Employee
from loopwell.demo.units import CITIES, REGIONS

DECEPTIVE = 4  # index of the account that scores well while the one who signs does not
_FIRST = (
    "Arbel Bremont Calder Dorvane Elmstad Fernwick Galdor Hestia Ilmar Jorvale Kestrel Lorvik "
    "Marbeck Nordal Ostrel Pelham Quorn Rivelle Sarnow Tarlow Umbra Velden Westerly Yarrow Zelmar"
)
FIRST = _FIRST.split()
SECOND = {
    "logistics": ("Logistics", "Freight", "Haulage"),
    "retail": ("Stores", "Trading", "Markets"),
    "manufacturing": ("Works", "Metals", "Plastics"),
    "health": ("Clinics", "Care", "Pharmacies"),
    "construction": ("Builders", "Construction", "Cement"),
    "hospitality": ("Hotels", "Catering", "Bakeries"),
    "public": ("Schools", "Housing", "Water"),
}
ROLES = (
    ("decides", ("Managing director", "Chief operating officer", "Owner", "Finance director")),
    ("influences", ("Head of IT", "Purchasing manager", "Office manager", "Head of facilities")),
    ("uses", ("Dispatcher", "Fleet coordinator", "Site manager", "Reception lead", "IT support")),
)  # fmt: skip
SEGMENT_REVENUE = {"small": (9, 40), "medium": (40, 160), "key": (160, 900)}


@dataclass(frozen=True)
class Clients:
    """Accounts, their contacts (account_index points into accounts) and who stays silent."""

    accounts: list[Account]
    contacts: list[Customer]
    silent: frozenset[int]


def _account(draw: random.Random, index: int, owner: str, today: date) -> Account:
    industry = draw.choice(tuple(SECOND))
    second = SECOND[industry][index // len(FIRST) % 3]
    segment = draw.choices(tuple(SEGMENT_REVENUE), (50, 35, 15))[0]
    segment = "key" if index == DECEPTIVE else segment
    low, high = SEGMENT_REVENUE[segment]
    region = draw.choice(REGIONS)
    round_number = index // (len(FIRST) * 3)
    return Account(
        key=f"A{index + 1:03d}",
        name=f"{FIRST[index % len(FIRST)]} {second}" + (" Group" if round_number else ""),
        industry=industry,
        segment=segment,
        region=region,
        city=draw.choice(CITIES[region]),
        owner=owner,
        revenue=draw.randint(low, high) * 1000,
        renews_on=today + timedelta(days=38 if index == DECEPTIVE else draw.randint(12, 700)),
        customer_since=today - timedelta(days=draw.randint(560, 4000)),
    )


def _contact(draw: random.Random, account: Account, today: date, place: int, key: int) -> Customer:
    role, titles = ROLES[0] if place == 0 else ROLES[1] if place in (1, 4) else ROLES[2]
    mix = {"north": (8, 1, 1, 1), "east": (4, 6, 1, 0), "south": (4, 1, 6, 0)}
    language = draw.choices(LANGUAGES, mix.get(account.region, (4, 0, 1, 6)))[0]
    gender = draw.choice("mf")
    first = draw.choice(first_names(language, gender))
    last = draw.choice(last_names(language, gender))
    host = account.name.lower().replace(" ", "-")
    return Customer(
        key=f"B{key:04d}",
        name=f"{first} {last}",
        gender=gender,
        language=language,
        email=f"{latin(first, language)}.{latin(last, language)}{place}@{host}.example",
        phone=phone(CAPACITY - 200 - key),
        city=account.city,
        region=account.region,
        unit="business",
        segment=f"business-{account.segment}",
        plan="Business",
        customer_since=account.customer_since,
        tenure_months=int((today - account.customer_since).days / 30.44),
        monthly_value=0.0,
        consents_to_email=True,
        account_index=int(account.key[1:]) - 1,
        role_in_decision=role,
        title=draw.choice(titles),
    )


def make_clients(
    *, draw: random.Random, count: int, employees: tuple[Employee, ...], today: date
) -> Clients:
    """Accounts with three to six contacts each; the first contact is the one who decides."""
    owners = [person.key for person in employees if person.role == "account-manager"]
    accounts: list[Account] = []
    contacts: list[Customer] = []
    for index in range(count):
        account = _account(draw, index, owners[index % len(owners)], today)
        accounts.append(account)
        for place in range(6 if index == DECEPTIVE else draw.randint(3, 6)):
            contacts.append(_contact(draw, account, today, place, len(contacts) + 1))
    others = [index for index in range(count) if index != DECEPTIVE]
    return Clients(accounts, contacts, frozenset(draw.sample(others, count // 8)))
