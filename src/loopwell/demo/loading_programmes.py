"""Which programmes, links and journey does the demo company have?"""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from loopwell.access.models import Unit, User
from loopwell.demo import records
from loopwell.demo.loading_people import TOUCHPOINTS, People
from loopwell.demo.touchpoints import TOUCHPOINTS as RHYTHMS
from loopwell.people.models import Account, Journey, Moment
from loopwell.sampling.enums import LinkKind, ProgrammeKind, QuotaPeriod
from loopwell.sampling.models import Link, Programme, Quota
from loopwell.surveys.models import Version

NAMES = {
    "relationship": "Our customers, all year",
    "accounts": "Business accounts",
    "shop-visit": "After a visit to a shop",
    "call": "After a call",
    "delivery": "After a delivery",
    "installation": "After an installation",
    "self-service": "After self-service",
}
CYCLES = {"relationship": 91, "accounts": 91}
REMINDERS = {"relationship": [7], "accounts": [7, 21]}
WEBSITE = "https://www.solvarna.example"
JOURNEY = "From the first visit to the renewal"
MOMENTS = (
    ("Choosing in the shop", "shop-visit", "branch-manager", False),
    ("The parcel arrives", "delivery", "supervisor", True),
    ("The technician connects it", "installation", "supervisor", False),
    ("Help on the phone", "call", "supervisor", False),
    ("Paying and changing in the app", "self-service", "programme-manager", False),
)


@dataclass(frozen=True)
class Programmes:
    """Primary keys by the generator's programme."""

    by_name: dict[str, int]


def load_programmes(
    company: records.Company, people: People, versions: dict[str, Version], now: datetime
) -> Programmes:
    """The contact programmes run (nothing new happens to invented customers, so nothing is
    sent); those that would write to everybody in turn are paused."""
    began = datetime.combine(company.starts_on, time(9), tzinfo=UTC)
    boss = User.objects.filter(memberships__role="programme", is_demo=True).first()
    delays = {each.slug: round(each.delay * 60) for each in RHYTHMS}
    made = {}
    for name, version in versions.items():
        cycle = CYCLES.get(name)
        made[name] = Programme.objects.create(
            name=NAMES[name],
            survey=version.survey,
            kind=ProgrammeKind.RELATIONSHIP if cycle else ProgrammeKind.TRANSACTIONAL,
            cycle_days=cycle or 91,
            touchpoints=[] if cycle else [TOUCHPOINTS[name]],
            delay_minutes=delays.get(name, 0),
            reminders=REMINDERS.get(name, []),
            filter={"kind": "contacts"} if name == "accounts" else {"kind": "consumers"},
            created_by=boss,
            created_at=began,
            started_at=began,
            paused_at=now if cycle else None,
            is_demo=True,
        )
    Quota.objects.create(programme=made["shop-visit"], period=QuotaPeriod.DAY, each="unit", most=25)
    _ways_in(versions["shop-visit"], boss, began)
    _journey(company, people, now)
    return Programmes({name: programme.pk for name, programme in made.items()})


def _ways_in(version: Version, boss: User | None, began: datetime) -> None:
    """A code on every counter, a kiosk in the first shop, and a question on the website."""
    always = Programme.objects.create(
        name="In the shops and on the website",
        survey=version.survey,
        kind=ProgrammeKind.LINK,
        created_by=boss,
        created_at=began,
        started_at=began,
        is_demo=True,
    )
    shops = list(Unit.objects.filter(is_demo=True, kind="branch").order_by("pk"))
    company = Unit.objects.filter(is_demo=True, parent=None).first()
    nothing: dict[str, list[str]] = {}
    codes = [(LinkKind.QR, shop.name, shop, nothing) for shop in shops]
    kiosks = [(LinkKind.KIOSK, f"{shop.name}: exit", shop, nothing) for shop in shops[:1]]
    web = [(LinkKind.EMBED, "Website", company, {"sites": [WEBSITE]})]
    Link.objects.bulk_create(
        Link(programme=always, kind=kind, name=name, unit=unit, settings=settings, created_at=began)
        for kind, name, unit, settings in [*codes, *kiosks, *web]
    )


def _journey(company: records.Company, people: People, now: datetime) -> None:
    journey = Journey.objects.create(name=JOURNEY, is_demo=True, created_at=now)
    courier = Account.objects.create(
        external_id="partner-courier",
        name="Rapido Couriers",
        unit_id=people.units[people.root],
        is_demo=True,
        created_at=now,
        updated_at=now,
    )
    for position, (name, touchpoint, role, partner) in enumerate(MOMENTS, start=1):
        owner = next(person.key for person in company.employees if person.role == role)
        Moment.objects.create(
            journey=journey,
            position=position,
            name=name,
            touchpoint=TOUCHPOINTS[touchpoint],
            owner_id=people.employees[owner],
            partner=courier if partner else None,
        )
