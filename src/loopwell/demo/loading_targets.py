"""What does the demo company want to reach, what hangs on it, and how long do its shops' customers
wait?"""

import random
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Q
from django.utils.timezone import make_aware

from loopwell.access.enums import Role
from loopwell.access.models import Unit, User
from loopwell.responses.models import Response
from loopwell.surveys.enums import OUR_CUSTOMERS
from loopwell.targets.enums import Better, Period, WithinMargin
from loopwell.targets.models import BonusPlan, KeyFigure, KeyFigureValue, Target
from loopwell.targets.rules import Stretch, before, stretch_of

STEP, DRAWN = 3.0, 60.0
"""Points that the company wants to gain; answers that weigh as much as the company's mean."""
MONTHS = 14
STEPS = [[-10, 0], [-5, 50], [0, 100], [5, 120]]


def load_targets(now: datetime) -> None:
    today = now.date()
    units = list(Unit.objects.filter(is_demo=True).order_by("path"))
    scores = _Scores(today, units)
    setter = User.objects.filter(is_demo=True, memberships__role=Role.PROGRAMME).first()
    year, quarter = stretch_of(Period.YEAR, today), stretch_of(Period.QUARTER, today)
    stretches = [(Period.YEAR, year), (Period.QUARTER, quarter)]
    stretches.append((Period.QUARTER, before(Period.QUARTER, quarter)))
    for period, stretch in stretches:
        top = _target(None, period, stretch, scores.company + STEP, setter, now)
        top.save()
        if period is Period.QUARTER:
            _hand_down(top, units, scores, setter, now)
    Target.objects.create(
        metric="response_rate", period=Period.YEAR, start=year.start, end=year.end, value=25,
        set_by=setter, set_at=now, is_demo=True,
    )  # fmt: skip
    _plan(setter, now)
    shops = [unit for unit in units if (unit.external_id or "").startswith("shop-")]
    _figures(today, shops, scores)


class _Scores:
    """NPS by unit over the last year, drawn towards the company's where few answered."""

    def __init__(self, today: date, units: Iterable[Unit]) -> None:
        rows = Response.objects.filter(
            kind__in=OUR_CUSTOMERS, answered_at__date__gte=today - timedelta(days=365)
        )
        counts = rows.order_by().values_list("unit__path").annotate(
            n=Count("pk"), up=Count("pk", filter=Q(score__gte=9)),
            down=Count("pk", filter=Q(score__lte=6)),
        )  # fmt: skip
        told = [(path or "", n, up - down) for path, n, up, down in counts]
        total = sum(n for _path, n, _net in told)
        self.company = round(100 * sum(net for *_rest, net in told) / total) if total else 0
        self.by_unit: Mapping[int, float] = {unit.pk: self._of(unit, told) for unit in units}

    def _of(self, unit: Unit, told: Iterable[tuple[str, int, int]]) -> float:
        below = [(n, net) for path, n, net in told if path.startswith(unit.path)]
        n, net = sum(n for n, _net in below), sum(net for _n, net in below)
        return (100 * net + DRAWN * self.company) / (n + DRAWN)


def _target(
    unit: Unit | None,
    period: Period,
    stretch: Stretch,
    value: float,
    setter: User | None,
    now: datetime,
    above: Target | None = None,
) -> Target:
    return Target(
        metric="nps", unit=unit, period=period, start=stretch.start, end=stretch.end,
        value=round(value), above=above, set_by=setter, set_at=_begins(stretch, now), is_demo=True,
    )  # fmt: skip


def _begins(stretch: Stretch, now: datetime) -> datetime:
    """One of a stretch that is over was set when it began."""
    return min(now, make_aware(datetime.combine(stretch.start, time())))


def _hand_down(
    top: Target, units: Iterable[Unit], scores: _Scores, setter: User | None, now: datetime
) -> None:
    """To the regions, and from them to their shops."""
    stretch, period = Stretch(top.start, top.end), Period(top.period)
    regions: dict[int, Target] = {}
    for unit in units:
        if (unit.external_id or "").startswith("region-"):
            value = scores.by_unit[unit.pk] + STEP
            regions[unit.pk] = _target(unit, period, stretch, value, setter, now, top)
            regions[unit.pk].save()
    Target.objects.bulk_create(
        _target(
            unit, period, stretch, scores.by_unit[unit.pk] + STEP, setter, now,
            regions.get(unit.parent_id or 0),
        )
        for unit in units
        if (unit.external_id or "").startswith("shop-")
    )  # fmt: skip


def _plan(setter: User | None, now: datetime) -> None:
    BonusPlan.objects.create(
        name="Managers’ quarter", metric="nps", period=Period.QUARTER, role=Role.MANAGER,
        share=Decimal(10), steps=STEPS, within_margin=WithinMargin.SPARED, created_by=setter,
        created_at=now, is_demo=True,
    )  # fmt: skip


def _figures(today: date, shops: Iterable[Unit], scores: _Scores) -> None:
    """Customers wait longer where the shop is worse; returns have nothing to do with it."""
    draw = random.Random(29)  # noqa: S311 demo data
    waiting = KeyFigure.objects.create(
        name="Waiting time", slug="waiting-time", measured_in="min", better=Better.LOWER,
        is_demo=True,
    )  # fmt: skip
    returns = KeyFigure.objects.create(
        name="Returns", slug="returns", measured_in="%", better=Better.LOWER, is_demo=True
    )
    rows: list[KeyFigureValue] = []
    for shop in shops:
        ahead = scores.by_unit[shop.pk] - scores.company
        usual = 7.5 - 0.12 * ahead + draw.gauss(0, 0.7)
        for month in _months(today):
            rows.append(_value(waiting, shop, month, usual + draw.gauss(0, 0.6)))
            rows.append(_value(returns, shop, month, draw.gauss(4, 0.7)))
    KeyFigureValue.objects.bulk_create(rows, batch_size=1000)


def _value(figure: KeyFigure, unit: Unit, month: date, value: float) -> KeyFigureValue:
    return KeyFigureValue(figure=figure, unit=unit, month=month, value=round(max(value, 0.5), 1))


def _months(today: date) -> list[date]:
    """Those that are over."""
    count = today.year * 12 + today.month - 1
    past = range(count - MONTHS, count)
    return [date(each // 12, each % 12 + 1, 1) for each in past]
