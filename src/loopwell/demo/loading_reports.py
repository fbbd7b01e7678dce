"""How often do the demo company's customers complain of each problem, and what do others report?

Most of what is complained of is a bill or a broken thing. Waiting is the commonest problem of all
and hardly anybody writes a complaint about it; the staff see it and say so.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from loopwell.access.models import Unit
from loopwell.demo import records
from loopwell.themes.enums import ReportWay
from loopwell.themes.models import Report, Theme

MONTHS = 14
COMPLAINTS = {
    "billing-error": 1.4, "late-delivery": 0.7, "price": 0.5, "returns": 0.5,
    "network-coverage": 0.45, "not-solved-first-time": 0.45, "product-fault": 0.45,
    "app-problem": 0.4, "rude-staff": 0.35, "wrong-information": 0.35, "long-waiting": 0.08,
}  # fmt: skip
SOCIAL = {"app-problem": 0.9, "network-coverage": 0.6, "price": 0.3, "long-waiting": 0.1}
EMPLOYEES = {"long-waiting": 0.8, "stock": 0.5, "wrong-information": 0.2}
"""Reports a month in a place where customers come, on average."""
PLACES = ("shop", "delivery", "call-centre", "online")


def load_reports(company: records.Company, now: datetime) -> None:
    """After the themes."""
    keys = {each.key for each in company.units if each.kind in PLACES}
    units = list(Unit.objects.filter(is_demo=True, external_id__in=keys).order_by("path"))
    themes = dict(Theme.objects.values_list("slug", "pk"))
    draw = random.Random(23)  # noqa: S311 an invented company
    rows = []
    for way, usual in ((ReportWay.COMPLAINTS, COMPLAINTS), (ReportWay.SOCIAL, SOCIAL),
                       (ReportWay.EMPLOYEES, EMPLOYEES)):  # fmt: skip
        for slug, mean in usual.items():
            for month in _months(now.date()):
                counts = ((unit, _poisson(draw, mean)) for unit in units)
                rows += [
                    Report(theme_id=themes[slug], unit=unit, way=way, on=month, count=count)
                    for unit, count in counts if count
                ]  # fmt: skip
    Report.objects.bulk_create(rows, batch_size=2000)


def _months(today: date) -> Iterator[date]:
    """The first days of those that are over, the newest first."""
    month = today.replace(day=1)
    for _each in range(MONTHS):
        month = (month - timedelta(days=1)).replace(day=1)
        yield month


def _poisson(draw: random.Random, mean: float) -> int:
    """Events in a unit of time whose gaps are exponential."""
    count, passed = 0, draw.expovariate(mean)
    while passed < 1:
        count, passed = count + 1, passed + draw.expovariate(mean)
    return count
