"""How do the demo company's touchpoints differ: volume, rhythm, response, troubles?"""

from dataclasses import dataclass

SHOP_HOURS = (0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 5, 7, 8, 7, 6, 7, 9, 11, 10, 5, 0, 0, 0, 0)
CALL_HOURS = (0, 0, 0, 0, 0, 0, 0, 1, 6, 10, 10, 9, 7, 6, 6, 7, 8, 8, 7, 5, 3, 1, 0, 0)
VAN_HOURS = (0, 0, 0, 0, 0, 0, 0, 0, 4, 8, 9, 9, 8, 7, 7, 8, 8, 7, 6, 3, 0, 0, 0, 0)
WEB_HOURS = (2, 1, 0, 0, 0, 0, 1, 3, 5, 5, 5, 5, 6, 5, 4, 4, 5, 6, 7, 9, 11, 11, 8, 4)
MAIL_HOURS = (0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 6, 5, 4, 3, 3, 3, 4, 4, 2, 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Touchpoint:
    """volume: interactions (or draws) at scale 1; weekdays Monday first; months January first
    (weights); response: share that answers; delay: hours until the invitation; problems and
    praises: weights by slug, problems as probability in an average unit at an average time."""

    slug: str
    volume: int
    hours: tuple[int, ...]
    weekdays: tuple[float, ...]
    months: tuple[float, ...]
    channels: tuple[str, ...]
    products: tuple[str, ...]
    response: float
    delay: float
    problems: dict[str, float]
    praises: dict[str, float]


FLAT = (1.0,) * 12
TOUCHPOINTS: tuple[Touchpoint, ...] = (
    Touchpoint(
        "shop-visit", 37_500, SHOP_HOURS, (0.9, 0.85, 0.9, 1.0, 1.25, 1.6, 0.5),
        (0.85, 0.85, 0.95, 0.95, 1.0, 0.95, 0.9, 1.0, 1.15, 1.0, 1.2, 1.55), ("shop",),
        ("Phone", "SIM card", "Accessory", "Contract", "Router", "Repair"), 0.155, 2.0,
        {"long-waiting": 0.11, "rude-staff": 0.04, "wrong-information": 0.035, "stock": 0.05,
         "product-fault": 0.025, "returns": 0.03, "price": 0.045},
        {"friendly-staff": 0.5, "quick": 0.25, "good-value": 0.12, "problem-solved": 0.13},
    ),
    Touchpoint(
        "call", 29_000, CALL_HOURS, (1.45, 1.1, 1.0, 1.0, 1.0, 0.6, 0.35),
        (1.15, 1.0, 1.0, 0.95, 0.95, 0.95, 0.95, 0.95, 1.0, 1.0, 1.05, 1.2), ("phone",),
        ("Bill", "Contract", "Mobile", "Fibre", "TV"), 0.175, 0.5,
        {"long-waiting": 0.12, "not-solved-first-time": 0.10, "rude-staff": 0.02,
         "wrong-information": 0.03, "billing-error": 0.06, "network-coverage": 0.02},
        {"friendly-staff": 0.38, "quick": 0.2, "problem-solved": 0.37, "good-network": 0.05},
    ),
    Touchpoint(
        "delivery", 15_500, VAN_HOURS, (1.0, 1.1, 1.1, 1.1, 1.15, 0.8, 0.0),
        (0.8, 0.8, 0.85, 0.85, 0.9, 0.9, 0.85, 0.9, 1.0, 1.0, 1.6, 2.2), ("courier",),
        ("Phone", "Router", "TV box", "Accessory", "Tablet"), 0.20, 14.0,
        {"late-delivery": 0.21, "product-fault": 0.04, "returns": 0.025,
         "wrong-information": 0.02, "rude-staff": 0.012, "stock": 0.015},
        {"quick": 0.55, "friendly-staff": 0.3, "good-value": 0.15},
    ),
    Touchpoint(
        "installation", 4_900, VAN_HOURS, (1.1, 1.1, 1.1, 1.1, 1.1, 0.5, 0.0), FLAT, ("visit",),
        ("Fibre 300", "Fibre 1000", "Router", "TV box"), 0.215, 4.0,
        {"not-solved-first-time": 0.10, "late-delivery": 0.07, "network-coverage": 0.04,
         "product-fault": 0.04, "wrong-information": 0.03},
        {"friendly-staff": 0.4, "quick": 0.3, "good-network": 0.2, "easy-to-use": 0.1},
    ),
    Touchpoint(
        "self-service", 17_500, WEB_HOURS, (1.0, 1.0, 1.0, 1.0, 0.95, 0.95, 1.1), FLAT,
        ("web", "app"), ("Bill", "Top-up", "Tariff change", "Order", "Profile"), 0.105, 0.2,
        {"app-problem": 0.16, "billing-error": 0.06, "price": 0.035, "wrong-information": 0.02},
        {"easy-to-use": 0.55, "quick": 0.3, "good-value": 0.15},
    ),
    Touchpoint(
        "relationship", 24_500, MAIL_HOURS, (1.0, 1.1, 1.1, 1.1, 0.9, 0.2, 0.1), FLAT, (),
        (), 0.14, 0.0,
        {"price": 0.10, "network-coverage": 0.10, "billing-error": 0.06, "app-problem": 0.025,
         "not-solved-first-time": 0.03, "long-waiting": 0.02},
        {"good-network": 0.35, "good-value": 0.25, "friendly-staff": 0.2, "easy-to-use": 0.1,
         "problem-solved": 0.1},
    ),
    Touchpoint(
        "accounts", 0, MAIL_HOURS, (1.0, 1.1, 1.1, 1.0, 0.6, 0.0, 0.0), FLAT, (), (), 0.24, 0.0,
        {"billing-error": 0.08, "price": 0.07, "network-coverage": 0.06,
         "not-solved-first-time": 0.06, "wrong-information": 0.02},
        {"friendly-staff": 0.4, "problem-solved": 0.25, "good-network": 0.25, "good-value": 0.1},
    ),
)  # fmt: skip
SLUGS = tuple(touchpoint.slug for touchpoint in TOUCHPOINTS)
RELATIONSHIP = SLUGS.index("relationship")
ACCOUNTS = SLUGS.index("accounts")
