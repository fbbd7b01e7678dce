"""What part of the answers, or of the invitations behind them, does a filter select?"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, ExtractHour, ExtractIsoWeekDay

from loopwell.access.models import Unit
from loopwell.surveys.enums import OUR_CUSTOMERS

Row = TypeVar("Row", bound=Model)
NOTHING = "—"
"""As the value of a filter: the answers where this is not known."""

CATEGORIES = {
    "promoter": Q(score__gte=9),
    "passive": Q(score__in=(7, 8)),
    "detractor": Q(score__lte=6),
}


@dataclass(frozen=True)
class AnswerFilter:
    """What part of the answers is wanted; dates are days at the unit, `end` not included.

    Weekdays count from Monday, 0; `scores` are the lowest and the highest, `employee` and `account`
    ids. Without a kind and a survey only our customers' opinion of us
    is selected (OUR_CUSTOMERS)."""

    start: date | None = None
    end: date | None = None
    unit_path: str = ""
    kind: str = ""
    survey: str = ""
    category: str = ""
    score: int | None = None
    touchpoint: str = ""
    language: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    with_comment: bool = False
    text: str = ""
    weekday: int | None = None
    hour: int | None = None
    scores: tuple[int, int] | None = None
    source: str = ""
    product: str = ""
    channel: str = ""
    theme: str = ""
    decision_role: str = ""
    employee: int | None = None
    account: int | None = None


def of_kind(wanted: AnswerFilter, column: str) -> Q:
    """Employees' and competitors' answers stay apart unless they are asked for."""
    return Q() if wanted.kind or wanted.survey else Q(**{f"{column}__in": OUR_CUSTOMERS})


def with_properties(rows: QuerySet[Row], wanted: AnswerFilter) -> QuerySet[Row]:
    for place, (name, value) in enumerate(wanted.properties):
        said = {f"said{place}": Cast(KeyTextTransform(name, "properties"), TextField())}
        rows = rows.alias(**said)
        if value == NOTHING:
            rows = rows.filter(Q(**{f"said{place}": None}) | Q(**{f"said{place}": ""}))
        else:
            rows = rows.filter(**{f"said{place}": value})
    return rows


def in_time(rows: QuerySet[Row], wanted: AnswerFilter, column: str) -> QuerySet[Row]:
    """Days begin at midnight of each unit's own zone, as they do in the warehouse."""
    if not (wanted.start or wanted.end or wanted.weekday is not None or wanted.hour is not None):
        return rows
    own = _own_zones()
    elsewhere = [pk for pks in own.values() for pk in pks]
    at_home = Q(unit=None) | ~Q(unit__in=elsewhere) if elsewhere else Q()
    places = [(settings.TIME_ZONE, at_home), *((z, Q(unit__in=pks)) for z, pks in own.items())]
    found = Q(pk__in=[])
    for place, (name, units) in enumerate(places):
        zone = ZoneInfo(name)
        then = _stretch(wanted, column, zone)
        if wanted.weekday is not None:
            rows = rows.alias(**{f"day{place}": ExtractIsoWeekDay(column, tzinfo=zone)})
            then &= Q(**{f"day{place}": wanted.weekday + 1})
        if wanted.hour is not None:
            rows = rows.alias(**{f"hour{place}": ExtractHour(column, tzinfo=zone)})
            then &= Q(**{f"hour{place}": wanted.hour})
        found |= units & then
    return rows.filter(found)


def _own_zones() -> dict[str, list[int]]:
    """Units whose zone is not the company's, by zone; a unit inherits from the one above."""
    zones: dict[int, str] = {}
    found: dict[str, list[int]] = {}
    if not Unit.objects.exclude(time_zone="").exists():
        return found
    rows = Unit.objects.values_list("pk", "parent_id", "path", "time_zone")
    for pk, parent, _path, own in sorted(rows, key=lambda row: row[2].count("/")):
        zones[pk] = own or zones.get(parent or 0, "")
        if zones[pk] and zones[pk] != settings.TIME_ZONE:
            found.setdefault(zones[pk], []).append(pk)
    return found


def _stretch(wanted: AnswerFilter, column: str, zone: ZoneInfo) -> Q:
    found = Q()
    if wanted.start:
        begin = datetime.combine(wanted.start, time(), zone).astimezone(UTC)
        found &= Q(**{f"{column}__gte": begin})
    if wanted.end:
        found &= Q(**{f"{column}__lt": datetime.combine(wanted.end, time(), zone).astimezone(UTC)})
    return found
