"""Which units does the demo company have, and how good is each?"""

from dataclasses import dataclass

from loopwell.demo.clock import ZONE
from loopwell.demo.records import Unit

COMPANY_NAME = "Solvarna Telecom & Shops"
DOMAIN = "solvarna.example"
REGIONS = ("north", "east", "south", "west")
REGION_WEIGHTS = (0.28, 0.24, 0.24, 0.24)

CITIES: dict[str, tuple[str, ...]] = {
    "north": ("Halvern", "Brockmere", "Stenwick", "Ulsgate"),
    "east": ("Verkhoyar", "Tolmin", "Sosnograd", "Kostrel"),
    "south": ("Dnistrava", "Lypovets", "Zorynsk", "Berestok"),
    "west": ("Gradowice", "Wierzbin", "Kamionna", "Jastrow"),
}
SHOPS: dict[str, tuple[str, ...]] = {
    "north": (
        "Halvern Market Square", "Halvern Harbour", "Halvern Station", "Brockmere High Street",
        "Brockmere Retail Park", "Stenwick Centre", "Stenwick Mall", "Ulsgate",
    ),
    "east": (
        "Verkhoyar Central", "Verkhoyar Prospekt", "Verkhoyar Arena", "Tolmin Plaza",
        "Tolmin Old Town", "Sosnograd", "Kostrel Station", "Kostrel Park",
    ),
    "south": (
        "Dnistrava Opera", "Dnistrava Riverside", "Dnistrava Mall", "Lypovets",
        "Zorynsk Centre", "Zorynsk Market", "Berestok",
    ),
    "west": (
        "Gradowice Rynek", "Gradowice Galeria", "Gradowice Dworzec", "Wierzbin Centre",
        "Wierzbin Park", "Kamionna", "Jastrow",
    ),
}  # fmt: skip

STAR = "shop-brockmere-high-street"
WEAK = ("shop-kostrel-station", "shop-dnistrava-mall")


@dataclass(frozen=True)
class Quality:
    """How a unit differs: shift of satisfaction in score points, multiplier of its problems."""

    shift: float
    problems: float


QUALITY: dict[str, Quality] = {
    STAR: Quality(0.55, 0.4),
    WEAK[0]: Quality(-0.5, 1.7),
    WEAK[1]: Quality(-0.45, 1.6),
    "shop-gradowice-galeria": Quality(0.25, 0.8),
    "shop-halvern-station": Quality(-0.2, 1.15),
    "calls-technical": Quality(-0.15, 1.1),
    "delivery-south": Quality(-0.1, 1.15),
}


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _region_units(region: str) -> list[Unit]:
    name, city = region.title(), CITIES[region][0]
    units = [Unit(f"region-{region}", f"Region {name}", "region", "company", city, ZONE)]
    for shop in SHOPS[region]:
        key = f"shop-{_slug(shop)}"
        units.append(Unit(key, shop, "shop", f"region-{region}", shop.split()[0], ZONE))
    delivery = f"Delivery & Installation {name}"
    units.append(Unit(f"delivery-{region}", delivery, "delivery", f"region-{region}", city, ZONE))
    return units


def make_units() -> tuple[Unit, ...]:
    """The tree, parents before children: company, four regions, 40 units."""
    units = [Unit("company", COMPANY_NAME, "company", None, "Halvern", ZONE)]
    for region in REGIONS:
        units += _region_units(region)
    central = (
        ("calls-customer", "Call Centre: Customer Line", "call-centre", "Tolmin"),
        ("calls-technical", "Call Centre: Technical Line", "call-centre", "Wierzbin"),
        ("online", "Web & App", "online", "Halvern"),
        ("business", "Business Sales", "business", "Halvern"),
        ("call-back", "Customer Call-back Team", "call-back", "Halvern"),
        ("head-office", "Head Office", "office", "Halvern"),
    )
    units += [Unit(key, name, kind, "company", city, ZONE) for key, name, kind, city in central]
    return tuple(units)
