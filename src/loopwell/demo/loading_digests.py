"""How much was the demo company's home page used, did its digests help, what views are kept?"""

import random
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from loopwell.access.enums import Role
from loopwell.access.models import Membership, Unit
from loopwell.digests.enums import Edition, Used
from loopwell.digests.models import Opinion, Use
from loopwell.insights.models import SavedView

DAYS = 90
SENTENCES = (
    "The calls first, that is what I need on the way to the shop.",
    "Too much when there is a new comment every hour: the three best would do.",
    "I read it on the bus. Good.",
    "Could it come at six? We open at seven.",
)


def load_digests(now: datetime) -> None:
    """Use grows from a third of the people to over half; more managers say yes than no."""
    chance = random.Random(11)  # noqa: S311 invented history
    active = Count("employees", filter=Q(employees__is_active=True))
    units = list(Unit.objects.filter(is_demo=True).annotate(people=active))
    days = [(now - timedelta(days=n)).date() for n in range(DAYS, 0, -1)]
    Use.objects.bulk_create(
        [
            use
            for place, day in enumerate(days)
            if day.weekday() < 5
            for unit in units
            for use in _use_of(unit, day, 0.33 + 0.25 * place / DAYS, chance)
        ],
        batch_size=2000,
    )
    led = Membership.objects.filter(role__in=(Role.MANAGER, Role.SUPERVISOR), unit__in=units)
    leading = sorted(set(led.values_list("unit_id", flat=True)))
    Opinion.objects.bulk_create(
        [_opinion(unit, day, chance) for day in days if day.weekday() < 5
         for unit in leading if chance.random() < 0.06],
    )  # fmt: skip
    _views(now)


def _use_of(unit: Unit, day: date, share: float, chance: random.Random) -> list[Use]:
    people = getattr(unit, "people")  # noqa: B009 annotation
    opened = sum(chance.random() < share for _person in range(people))
    feed = sum(chance.random() < 0.5 for _person in range(opened))
    counts = {Used.HOME: opened, Used.FEED: feed, Used.DIGEST: min(opened, chance.randint(0, 2))}
    return [Use(unit=unit, day=day, what=what, people=n) for what, n in counts.items() if n]


def _opinion(unit: int, day: date, chance: random.Random) -> Opinion:
    sentence = chance.choice(SENTENCES) if chance.random() < 0.15 else ""
    return Opinion(
        unit_id=unit,
        day=day,
        edition=Edition.DAILY,
        helped=chance.random() < 0.8,
        sentence=sentence,
    )


def _views(now: datetime) -> None:
    """One that everybody finds, one of the programme manager's own."""
    owner = Membership.objects.filter(user__is_demo=True, role=Role.PROGRAMME).first()
    if owner is None:
        return
    rows = (
        ("Unhappy, with their reasons", "period=30d&category=detractor&comment=1", True),
        ("Praise to share", "period=30d&category=promoter&comment=1", False),
    )
    SavedView.objects.bulk_create(
        SavedView(
            owner_id=owner.user_id, name=name, filters=filters, for_all=for_all, created_at=now
        )
        for name, filters, for_all in rows
    )
