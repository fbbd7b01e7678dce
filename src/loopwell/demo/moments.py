"""What happened between the demo company and its customers, and when?"""

from dataclasses import dataclass

import numpy as np

from loopwell.demo.clock import DAY, Bools, Clock, Floats, Ints, draw_local, to_moments
from loopwell.demo.customers import Base
from loopwell.demo.records import Employee, Interaction, Unit
from loopwell.demo.touchpoints import ACCOUNTS, RELATIONSHIP, SLUGS, TOUCHPOINTS, Touchpoint
from loopwell.demo.units import REGIONS

NOBODY = -1


@dataclass(frozen=True)
class Moments:
    """Interactions and relationship draws as columns, in order of time: `at` in UTC seconds,
    `unit` and `employee` as indexes (NOBODY where none served)."""

    customer: Ints
    touchpoint: Ints
    at: Ints
    unit: Ints
    employee: Ints
    channel: Ints
    product: Ints

    def __len__(self) -> int:
        return len(self.customer)

    def pick(self, which: Ints | Bools) -> "Moments":
        return Moments(
            self.customer[which], self.touchpoint[which], self.at[which], self.unit[which],
            self.employee[which], self.channel[which], self.product[which],
        )  # fmt: skip

    @classmethod
    def joined(cls, parts: "list[Moments]") -> "Moments":
        names = ("customer", "touchpoint", "at", "unit", "employee", "channel", "product")
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


@dataclass(frozen=True)
class Places:
    """Where things happen: unit indexes by kind and the front line of every unit."""

    shops: Ints
    shop_region: Ints
    delivery: Ints
    calls: Ints
    online: int
    staff: list[Ints]

    @classmethod
    def of(cls, units: tuple[Unit, ...], employees: tuple[Employee, ...]) -> "Places":
        keys = [unit.key for unit in units]
        shops = [index for index, unit in enumerate(units) if unit.kind == "shop"]
        regions = [(units[index].parent or "").removeprefix("region-") for index in shops]
        return cls(
            shops=np.array(shops),
            shop_region=np.array([REGIONS.index(region) for region in regions]),
            delivery=np.array([keys.index(f"delivery-{region}") for region in REGIONS]),
            calls=np.array([keys.index("calls-customer"), keys.index("calls-technical")]),
            online=keys.index("online"),
            staff=[
                np.array(
                    [
                        place
                        for place, person in enumerate(employees)
                        if person.unit == key and person.role == "front-line"
                    ]
                )
                for key in keys
            ],
        )


def _units_for(rng: np.random.Generator, slug: str, who: Ints, base: Base, places: Places) -> Ints:
    if slug in {"delivery", "installation"}:
        return places.delivery[base.region[who]]
    if slug == "call":
        return places.calls[(rng.random(len(who)) < 0.38).astype(np.int64)]
    if slug == "self-service":
        return np.full(len(who), places.online)
    home = base.shop[who]
    if slug == "relationship":
        return places.shops[home]
    other = rng.integers(0, len(places.shops), len(who))
    nearby = (places.shop_region[other] == base.region[who]) & (rng.random(len(who)) < 0.5)
    return places.shops[np.where(nearby, other, home)]


def _staff_for(rng: np.random.Generator, unit: Ints, places: Places, slug: str) -> Ints:
    staff = np.full(len(unit), NOBODY)
    if slug in {"self-service", "relationship"}:
        return staff
    for index in np.unique(unit):
        here = unit == index
        staff[here] = rng.choice(places.staff[index], int(here.sum()))
    return staff


def _day_weights(clock: Clock, touchpoint: Touchpoint) -> Floats:
    weekdays = np.array(touchpoint.weekdays)[clock.weekdays]
    return np.asarray(weekdays * np.array(touchpoint.months)[clock.months - 1])


def draw_moments(
    rng: np.random.Generator, clock: Clock, base: Base, places: Places, scale: float
) -> Moments:
    """Everything that happened to consumers since they joined, in order of time."""
    parts = []
    activity = rng.gamma(2.0, 0.5, len(base))
    for number, touchpoint in enumerate(TOUCHPOINTS):
        count = round(touchpoint.volume * scale)
        if number == ACCOUNTS:
            continue
        even = number == RELATIONSHIP
        weights = None if even else activity / activity.sum()
        who = rng.choice(len(base), size=count, p=weights)
        local = draw_local(
            rng, clock, count, _day_weights(clock, touchpoint), np.array(touchpoint.hours)
        )
        if touchpoint.slug == "installation":
            local = _after_joining(rng, clock, base.joined[who], local)
        unit = _units_for(rng, touchpoint.slug, who, base, places)
        part = Moments(
            customer=who,
            touchpoint=np.full(count, number),
            at=clock.to_utc(local),
            unit=unit,
            employee=_staff_for(rng, unit, places, touchpoint.slug),
            channel=rng.integers(0, max(1, len(touchpoint.channels)), count),
            product=rng.integers(0, max(1, len(touchpoint.products)), count),
        )
        parts.append(part.pick((local // DAY > base.joined[who]) & (part.at <= clock.now_seconds)))
    everything = Moments.joined(parts)
    return everything.pick(np.argsort(everything.at, kind="stable"))


def _after_joining(rng: np.random.Generator, clock: Clock, joined: Ints, local: Ints) -> Ints:
    """New customers get their installation within the first fortnight."""
    day = joined + rng.integers(1, 14, len(joined))
    fits = (joined >= 0) & (day < clock.days)
    fits &= clock.weekdays[np.clip(day, 0, clock.days - 1)] < 6
    return np.where(fits, day * DAY + local % DAY, local)


def make_interactions(
    moments: Moments, units: tuple[Unit, ...], employees: tuple[Employee, ...]
) -> tuple[list[Interaction], list[int | None]]:
    """The records, and for every moment its interaction's index (None for relationship)."""
    interactions: list[Interaction] = []
    places: list[int | None] = []
    keys = [unit.key for unit in units]
    names: list[str | None] = [person.key for person in employees]
    names.append(None)  # NOBODY is the last index
    columns = (moments.customer, moments.touchpoint, moments.unit, moments.employee,
               moments.channel, moments.product)  # fmt: skip
    rows = zip(*(column.tolist() for column in columns), to_moments(moments.at), strict=True)
    for customer, number, unit, employee, channel, product, at in rows:
        if number >= RELATIONSHIP:
            places.append(None)
            continue
        touchpoint = TOUCHPOINTS[number]
        places.append(len(interactions))
        interactions.append(
            Interaction(
                key=f"I{len(interactions) + 1:06d}",
                customer_index=customer,
                touchpoint=SLUGS[number],
                unit=keys[unit],
                employee=names[employee],
                channel=touchpoint.channels[channel],
                product=touchpoint.products[product],
                happened_at=at,
            )
        )
    return interactions, places
