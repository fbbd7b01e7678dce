"""Whom does the demo company serve as consumers?"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from loopwell.demo.clock import Bools, Clock, Floats, Ints
from loopwell.demo.names import first_names, last_names, latin
from loopwell.demo.phones import phone
from loopwell.demo.records import Customer, Unit
from loopwell.demo.units import REGION_WEIGHTS, REGIONS

LANGUAGES = ("en", "ru", "uk", "pl")
LANGUAGE_MIX = np.array(
    [[0.74, 0.10, 0.08, 0.08], [0.27, 0.57, 0.12, 0.04], [0.27, 0.10, 0.58, 0.05],
     [0.27, 0.04, 0.07, 0.62]]
)  # fmt: skip
SEGMENTS = ("standard", "family", "young", "senior", "premium")
SEGMENT_MIX = (0.40, 0.22, 0.17, 0.13, 0.08)
PLANS = ("Mobile S", "Mobile M", "Mobile L", "Prepaid", "Fibre 300", "Fibre 1000", "Family Bundle")
PLAN_PRICES = np.array([12.0, 19.0, 29.0, 8.0, 25.0, 35.0, 58.0])
PLAN_MIX = {
    "standard": (0.20, 0.30, 0.12, 0.10, 0.18, 0.05, 0.05),
    "family": (0.05, 0.12, 0.08, 0.02, 0.16, 0.09, 0.48),
    "young": (0.18, 0.25, 0.22, 0.20, 0.08, 0.06, 0.01),
    "senior": (0.38, 0.22, 0.04, 0.18, 0.14, 0.01, 0.03),
    "premium": (0.01, 0.09, 0.35, 0.00, 0.08, 0.30, 0.17),
}
MAIL_HOSTS = ("mail.example", "post.example", "inbox.example", "letters.example")


@dataclass(frozen=True)
class Base:
    """The customers as columns: indexes into LANGUAGES, REGIONS, shops and so on. `joined` is
    a local day number, negative before the start; `warmth` the person's own lasting leaning
    in score points."""

    language: Ints
    region: Ints
    shop: Ints
    segment: Ints
    gender: Ints
    joined: Ints
    mails: Bools
    warmth: Floats
    plan: Ints

    def __len__(self) -> int:
        return len(self.language)


def _by_row(rng: np.random.Generator, table: Floats, rows: Ints) -> Ints:
    """One draw per row from the distribution `table[row]`."""
    steps = np.cumsum(table, axis=1)[rows]
    return np.asarray((rng.random(len(rows))[:, None] * steps[:, -1:] > steps).sum(axis=1))


def draw_base(rng: np.random.Generator, clock: Clock, count: int, shops: list[Unit]) -> Base:
    """Draws who lives where, speaks what and has which plan."""
    region = rng.choice(4, size=count, p=REGION_WEIGHTS)
    near = np.array([[s.parent == f"region-{r}" for s in shops] for r in REGIONS], dtype=float)
    size = rng.uniform(0.6, 1.6, len(shops))
    segment = rng.choice(len(SEGMENTS), size=count, p=SEGMENT_MIX)
    old = -np.minimum(rng.exponential(1300, count), 5200).astype(np.int64)
    new = rng.integers(0, clock.days, count)
    return Base(
        language=_by_row(rng, LANGUAGE_MIX, region),
        region=region,
        shop=_by_row(rng, near * size, region),
        segment=segment,
        gender=rng.integers(0, 2, count),
        joined=np.where(rng.random(count) < 0.13, new, old),
        mails=rng.random(count) < 0.93,
        warmth=rng.normal(0, 0.75, count),
        plan=_by_row(rng, np.array([PLAN_MIX[name] for name in SEGMENTS]), segment),
    )


def _names(rng: np.random.Generator, base: Base) -> list[tuple[str, str, str]]:
    """Full name and the two parts of the mail address of everybody."""
    pools = [
        [
            (
                [(name, latin(name, language)) for name in first_names(language, gender)],
                [(name, latin(name, language)) for name in last_names(language, gender)],
            )
            for gender in "mf"
        ]
        for language in LANGUAGES
    ]
    picks = rng.integers(0, 1 << 30, (len(base), 2)).tolist()
    result = []
    for language, gender, (one, two) in zip(
        base.language.tolist(), base.gender.tolist(), picks, strict=True
    ):
        firsts, lasts = pools[language][gender]
        first, latin_first = firsts[one % len(firsts)]
        last, latin_last = lasts[two % len(lasts)]
        result.append((f"{first} {last}", latin_first, latin_last))
    return result


def make_customers(
    rng: np.random.Generator, clock: Clock, base: Base, shops: list[Unit]
) -> list[Customer]:
    """The consumers as records, C00001 onwards."""
    values = (PLAN_PRICES[base.plan] * rng.uniform(0.85, 1.5, len(base))).round(2).tolist()
    hosts = rng.integers(0, len(MAIL_HOSTS), len(base)).tolist()
    has_phone = (rng.random(len(base)) < 0.85).tolist()
    columns = (base.language, base.region, base.shop, base.segment, base.gender, base.joined)
    customers = []
    for number, ((name, first, last), language, region, shop, segment, gender, joined) in enumerate(
        zip(_names(rng, base), *(column.tolist() for column in columns), strict=True), start=1
    ):
        customers.append(
            Customer(
                key=f"C{number:05d}",
                name=name,
                gender="mf"[gender],
                language=LANGUAGES[language],
                email=f"{first}.{last}{number}@{MAIL_HOSTS[hosts[number - 1]]}",
                phone=phone(number) if has_phone[number - 1] else "",
                city=shops[shop].city,
                region=REGIONS[region],
                unit=shops[shop].key,
                segment=SEGMENTS[segment],
                plan=PLANS[base.plan[number - 1]],
                customer_since=clock.starts_on + timedelta(days=joined),
                tenure_months=int((clock.days - 1 - joined) / 30.44),
                monthly_value=values[number - 1],
                consents_to_email=bool(base.mails[number - 1]),
                account_index=None,
                role_in_decision="",
                title="",
            )
        )
    return customers
