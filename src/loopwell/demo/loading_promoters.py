"""What did the demo company's promoters do with its offers, and whom did they send?"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from loopwell.access.models import User
from loopwell.promoters.enums import How, ReferralState, Step
from loopwell.promoters.models import Happening, Offers, Promoter, Referral, ReviewPlace, Thanks
from loopwell.promoters.rules import PROMOTER_FROM
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS

COMMUNITY = "https://community.demo.example/welcome"
LOOK_BACK = timedelta(days=180)
MOST = 1500
FRIENDS = ("Marta Nowak", "Igor Bondar", "Ewa Zielińska", "Tom Baker", "Olena Koval", "Jan Maj")
NOTES = ("Said thanks on the phone, was delighted.", "Card with a small gift.", "")


def load_promoters(now: datetime) -> None:
    draw = random.Random(11)  # noqa: S311 demo data
    Offers.objects.create(
        reviews=True, referral=True, reference=True, community=True, community_url=COMMUNITY
    )
    places = ReviewPlace.objects.bulk_create(
        [
            ReviewPlace(name=name, url=f"https://{host}.demo.example/review", position=number,
                        is_demo=True)
            for number, (name, host) in enumerate([("Google", "maps"), ("Trustpilot", "trust")])
        ]
    )  # fmt: skip
    rows = Promoter.objects.bulk_create(_promoters(now, draw), batch_size=1000)
    Happening.objects.bulk_create(_steps(rows, places, now, draw), batch_size=1000)
    people = list(User.objects.filter(is_active=True).values_list("pk", flat=True)[:40])
    Thanks.objects.bulk_create(
        [
            Thanks(promoter=row, how=draw.choice(list(How)), note=draw.choice(NOTES),
                   by_id=draw.choice(people), at=row.thanked_at)
            for row in rows
            if row.thanked_at
        ],
        batch_size=1000,
    )  # fmt: skip
    Referral.objects.bulk_create(_friends(rows, now, draw), batch_size=1000)


def _promoters(now: datetime, draw: random.Random) -> list[Promoter]:
    """The newest answer of each of our customers, of late."""
    answers = Response.objects.filter(
        kind__in=OUR_CUSTOMERS, customer__is_demo=True, answered_at__gte=now - LOOK_BACK
    ).order_by("answered_at", "pk")
    newest = {
        row["customer_id"]: row
        for row in answers.values(
            "pk", "customer_id", "unit_id", "account_id", "score", "answered_at"
        )
    }
    found = []
    for row in [each for each in newest.values() if each["score"] >= PROMOTER_FROM][-MOST:]:
        at = row["answered_at"]
        said = draw.choices([None, True, False], [70, 22, 8])[0]
        thanked = min(at + timedelta(hours=draw.randint(2, 90)), now)
        old = now - at > timedelta(days=10)
        found.append(
            Promoter(
                customer_id=row["customer_id"],
                response_id=row["pk"],
                unit_id=row["unit_id"],
                account_id=row["account_id"],
                score=row["score"],
                answered_at=at,
                reference=said,
                reference_at=at + timedelta(minutes=1) if said is not None else None,
                thanked_at=thanked if old or draw.random() < 0.5 else None,
            )
        )
    return found


def _steps(
    rows: Sequence[Promoter],
    places: Sequence[ReviewPlace],
    now: datetime,
    draw: random.Random,
) -> Iterator[Happening]:
    for row in rows:
        soon = row.answered_at + timedelta(minutes=2)
        wanted: list[tuple[Step, ReviewPlace | None]] = [(Step.OFFERED, None)]
        if draw.random() < 0.18:
            wanted.append((Step.REVIEW, draw.choice(places)))
        if draw.random() < 0.06:
            wanted.append((Step.COMMUNITY, None))
        if draw.random() < 0.05:
            wanted += [(Step.VISIT, None)] * draw.randint(1, 4)
        for step, place in wanted:
            yield Happening(
                promoter=row, step=step, place=place, unit_id=row.unit_id, at=min(soon, now)
            )


def _friends(rows: Sequence[Promoter], now: datetime, draw: random.Random) -> Iterator[Referral]:
    for number, row in enumerate(draw.sample(list(rows), min(24, len(rows)))):
        at = min(row.answered_at + timedelta(days=draw.randint(0, 9)), now)
        name = FRIENDS[number % len(FRIENDS)]
        state = draw.choice(list(ReferralState))
        yield Referral(
            promoter=row,
            unit_id=row.unit_id,
            name=name,
            email=f"{name.split()[0].lower()}{number}@friends.demo.example",
            consent_at=at,
            at=at,
            state=state,
            revenue=Decimal(draw.randint(3, 40) * 30) if state == ReferralState.WON else None,
            changed_at=None if state == ReferralState.NEW else min(at + timedelta(days=5), now),
        )
