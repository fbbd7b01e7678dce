"""Who works in the demo company?"""

import random
from dataclasses import dataclass, field

from loopwell.demo.names import first_names, last_names, latin
from loopwell.demo.phones import CAPACITY, phone
from loopwell.demo.records import Employee, Unit
from loopwell.demo.units import DOMAIN, REGIONS

HOME_LANGUAGE = {"north": "en", "east": "ru", "south": "uk", "west": "pl"}
BIG_SHOPS = ("shop-halvern-market-square", "shop-verkhoyar-central", "shop-gradowice-rynek")
FRONT_LINE = {"shop": 2, "delivery": 3, "call-centre": 6, "online": 1}
TITLES = {
    "shop": ("Shop manager", "Sales adviser"),
    "delivery": ("Depot manager", "Courier and fitter"),
    "call-centre": ("Call centre manager", "Call centre agent"),
    "online": ("Head of web and app", "Web support"),
}
OFFICE = (
    ("executive", "Chief executive"),
    ("executive", "Chief operating officer"),
    ("programme-manager", "Customer experience manager"),
    ("analyst", "Customer insight analyst"),
    ("finance", "Finance controller"),
    ("administrator", "Systems administrator"),
)


@dataclass
class _Staff:
    """Hires people one by one, never the same name twice."""

    draw: random.Random
    people: list[Employee] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def hire(self, role: str, title: str, unit: Unit, manager: str | None) -> Employee:
        region = next((name for name in REGIONS if unit.key.endswith(name)), None)
        region = region or (unit.parent or "").removeprefix("region-")
        language = (
            HOME_LANGUAGE.get(region)
            or self.draw.choices(("en", "ru", "uk", "pl"), (55, 15, 15, 15))[0]
        )
        first, last = self._name(language)
        handle = f"{latin(first, language)}.{latin(last, language)}"
        person = Employee(
            key=handle,
            name=f"{first} {last}",
            email=f"{handle}@{DOMAIN}",
            phone=phone(CAPACITY - 1 - len(self.people)),
            role=role,
            title=title,
            unit=unit.key,
            manager=manager,
            language=language,
        )
        self.people.append(person)
        return person

    def _name(self, language: str) -> tuple[str, str]:
        while True:
            gender = self.draw.choice("mf")
            first = self.draw.choice(first_names(language, gender))
            last = self.draw.choice(last_names(language, gender))
            if f"{first}{last}" not in self.taken:
                self.taken.add(f"{first}{last}")
                return first, last


def _staff_unit(staff: _Staff, unit: Unit, chief: str) -> None:
    manager_title, title = TITLES[unit.kind]
    boss = staff.hire("branch-manager", manager_title, unit, chief).key
    if unit.kind == "call-centre" or unit.key in BIG_SHOPS:
        boss = staff.hire("supervisor", "Team supervisor", unit, boss).key
    for _ in range(FRONT_LINE[unit.kind]):
        staff.hire("front-line", title, unit, boss)


def make_employees(*, draw: random.Random, units: tuple[Unit, ...]) -> tuple[Employee, ...]:
    """About 150 people; managers stand before those they manage."""
    staff = _Staff(draw)
    by_key = {unit.key: unit for unit in units}
    office = by_key["head-office"]
    chief = staff.hire(*OFFICE[0], office, None).key
    operations = staff.hire(*OFFICE[1], office, chief).key
    for role, title in OFFICE[2:]:
        staff.hire(role, title, office, chief)
    regional = {
        unit.key: staff.hire("regional-manager", "Regional manager", unit, operations).key
        for unit in units
        if unit.kind == "region"
    }
    for unit in units:
        if unit.kind in TITLES:
            _staff_unit(staff, unit, regional.get(unit.parent or "", operations))
    sales = by_key["business"]
    head = staff.hire("branch-manager", "Head of business sales", sales, operations).key
    for _ in range(8):
        staff.hire("account-manager", "Account manager", sales, head)
    team = by_key["call-back"]
    lead = staff.hire("supervisor", "Call-back team lead", team, operations).key
    for _ in range(4):
        staff.hire("call-back", "Customer interviewer", team, lead)
    return tuple(staff.people)
