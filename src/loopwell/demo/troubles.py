"""How likely was each problem, here and then?"""

import numpy as np

from loopwell.demo.causes import PRAISE_SLUGS, PROBLEM_SLUGS
from loopwell.demo.clock import Clock, Floats, Ints
from loopwell.demo.fixes import (
    SLOTS_EFFECT,
    SLOTS_FIRST,
    SLOTS_LATER,
    slots_first_on,
    slots_later_on,
)
from loopwell.demo.records import Unit
from loopwell.demo.touchpoints import SLUGS, TOUCHPOINTS
from loopwell.demo.units import QUALITY

PROBLEM_TABLE = np.array(
    [[touchpoint.problems.get(slug, 0.0) for slug in PROBLEM_SLUGS] for touchpoint in TOUCHPOINTS]
)
PRAISE_TABLE = np.array(
    [[touchpoint.praises.get(slug, 0.0) for slug in PRAISE_SLUGS] for touchpoint in TOUCHPOINTS]
)
APP_RELEASE = (5.5, 8.0)  # months of a bad app release
PRICE_RISE = 12.0  # month of the new price list


def _column(slug: str) -> int:
    return PROBLEM_SLUGS.index(slug)


def _by_time(clock: Clock, touchpoint: Ints, day: Ints) -> Floats:
    """Multipliers per row and problem: seasons, weekdays and slow shifts."""
    factors = np.ones((len(day), len(PROBLEM_SLUGS)))
    month, weekday = clock.months[day], clock.weekdays[day]
    passed = day / clock.days
    age = passed * 18.0
    late_year = clock.days_of_month[day] + 100 * month
    rush = (late_year >= 1125) & (late_year <= 1226)
    call, shop = touchpoint == SLUGS.index("call"), touchpoint == SLUGS.index("shop-visit")
    waiting = factors[:, _column("long-waiting")]
    waiting *= np.where(call & (weekday == 0), 2.3, 1.0)
    waiting *= np.where(shop & (weekday == 5), 1.6, 1.0) * np.where(rush, 1.4, 1.0)
    factors[:, _column("late-delivery")] *= np.where(rush, 2.3, 1.0)
    factors[:, _column("network-coverage")] *= 1.5 - 0.95 * passed
    factors[:, _column("price")] *= np.where(age > PRICE_RISE, 1.7, 0.75)
    bad_release = (age > APP_RELEASE[0]) & (age < APP_RELEASE[1])
    factors[:, _column("app-problem")] *= np.where(bad_release, 2.6, 0.85)
    factors[:, _column("stock")] *= np.where((month >= 9) & (month <= 12), 1.7, 0.8)
    factors[:, _column("wrong-information")] *= 0.7 + 0.7 * passed
    return factors


def _slots(clock: Clock, unit: Ints, units: tuple[Unit, ...], day: Ints) -> Floats:
    """What delivery time slots leave of late deliveries: where they work, little."""
    keys = [key.key for key in units]
    starts = np.full(len(units), clock.days + 1)
    for key in SLOTS_FIRST:
        starts[keys.index(key)] = clock.day_number(slots_first_on(clock.starts_on))
    for key in SLOTS_LATER:
        starts[keys.index(key)] = clock.day_number(slots_later_on(clock.starts_on))
    return np.where(day >= starts[unit], SLOTS_EFFECT, 1.0)


def problem_chances(
    *, clock: Clock, touchpoint: Ints, unit: Ints, units: tuple[Unit, ...], day: Ints
) -> Floats:
    """Probability of every problem per row; the rest to 1 is "no problem"."""
    chances = PROBLEM_TABLE[touchpoint] * _by_time(clock, touchpoint, day)
    multiplier = np.array([QUALITY[u.key].problems if u.key in QUALITY else 1.0 for u in units])
    chances *= multiplier[unit][:, None]
    chances[:, _column("late-delivery")] *= _slots(clock, unit, units, day)
    total = chances.sum(axis=1, keepdims=True)
    return np.asarray(chances * np.minimum(1.0, 0.85 / total))
