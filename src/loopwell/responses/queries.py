"""Which answers does somebody see, and which of them meet a filter?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, ExtractIsoWeekDay
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import NotFound
from loopwell.responses.models import Response

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

    Weekdays count from Monday, 0."""

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


@dataclass(frozen=True)
class Tally:
    """How a selection of answers splits into categories."""

    n: int
    promoters: int
    detractors: int


def visible_to(actor: Actor) -> QuerySet[Response]:
    """Answers of the actor's units and accounts; test answers are kept apart."""
    require(actor, Right.READ_ANSWERS)
    return Response.objects.filter(actor.scope.rows(account="account"), is_test=False)


def answers(actor: Actor, wanted: AnswerFilter) -> QuerySet[Response]:
    """The newest first, with everything a list shows."""
    rows = _matching(visible_to(actor), wanted)
    related = ("customer", "account", "unit", "employee", "survey", "case")
    return rows.select_related(*related).order_by("-answered_at", "-id")


def tally(actor: Actor, wanted: AnswerFilter) -> Tally:
    found = _matching(visible_to(actor), wanted).aggregate(
        n=Count("pk"),
        promoters=Count("pk", filter=CATEGORIES["promoter"]),
        detractors=Count("pk", filter=CATEGORIES["detractor"]),
    )
    return Tally(**found)


def newest_comments(actor: Actor, wanted: AnswerFilter, limit: int) -> Sequence[Response]:
    rows = _matching(visible_to(actor), wanted).exclude(comment="")
    related = ("customer", "unit", "case")
    return list(rows.select_related(*related).order_by("-answered_at", "-id")[:limit])


def newest_answer_at(actor: Actor) -> datetime | None:
    return visible_to(actor).order_by("-answered_at").values_list("answered_at", flat=True).first()


def answer_by_ref(actor: Actor, ref: str) -> Response:
    """Raises NotFound for outsiders too."""
    related = (
        "customer", "account", "unit__parent", "employee", "survey", "version", "invitation__wave",
        "interaction", "case__owner",
    )  # fmt: skip
    require(actor, Right.READ_ANSWERS)
    mine = Response.objects.filter(actor.scope.rows(account="account"))
    found = mine.filter(ref=ref).select_related(*related).first()
    if found is None:
        raise NotFound(_("There is no such answer."))
    return found


def touchpoints(actor: Actor) -> Sequence[str]:
    return _distinct(actor, "touchpoint")


def languages(actor: Actor) -> Sequence[str]:
    return _distinct(actor, "language")


def _distinct(actor: Actor, column: str) -> Sequence[str]:
    rows = visible_to(actor).exclude(**{column: ""}).order_by(column)
    return list(rows.values_list(column, flat=True).annotate(Max("pk")).order_by(column))


def _matching(rows: QuerySet[Response], wanted: AnswerFilter) -> QuerySet[Response]:
    found = CATEGORIES.get(wanted.category, Q())
    if wanted.unit_path:
        found &= Q(unit__path__startswith=wanted.unit_path)
    for column, lookup in (("kind", "kind"), ("survey", "survey__ref")):
        if value := getattr(wanted, column):
            found &= Q(**{lookup: value})
    for column in ("touchpoint", "language"):
        if value := getattr(wanted, column):
            found &= Q(**{column: "" if value == NOTHING else value})
    if wanted.score is not None:
        found &= Q(score=wanted.score)
    if wanted.with_comment:
        found &= ~Q(comment="")
    return _with_text(_with_properties(_in_time(rows.filter(found), wanted), wanted), wanted.text)


def _with_properties(rows: QuerySet[Response], wanted: AnswerFilter) -> QuerySet[Response]:
    for place, (name, value) in enumerate(wanted.properties):
        said = {f"said{place}": Cast(KeyTextTransform(name, "properties"), TextField())}
        rows = rows.alias(**said)
        if value == NOTHING:
            rows = rows.filter(Q(**{f"said{place}": None}) | Q(**{f"said{place}": ""}))
        else:
            rows = rows.filter(**{f"said{place}": value})
    return rows


def _with_text(rows: QuerySet[Response], text: str) -> QuerySet[Response]:
    """In the comment or the customer's name; SQLite folds case for ASCII alone, hence forms."""
    if not text:
        return rows
    found = Q(customer__email__iexact=text)
    for form in {text, text.lower(), text.upper(), text.capitalize(), text.title()}:
        found |= Q(comment__icontains=form) | Q(customer__name__icontains=form)
    return rows.filter(found)


def _in_time(rows: QuerySet[Response], wanted: AnswerFilter) -> QuerySet[Response]:
    """Days begin at midnight of each unit's own zone, as they do in the warehouse."""
    if wanted.start is None and wanted.end is None and wanted.weekday is None:
        return rows
    own = _own_zones()
    elsewhere = [pk for pks in own.values() for pk in pks]
    at_home = Q(unit=None) | ~Q(unit__in=elsewhere) if elsewhere else Q()
    places = [(settings.TIME_ZONE, at_home), *((z, Q(unit__in=pks)) for z, pks in own.items())]
    found = Q(pk__in=[])
    for place, (name, units) in enumerate(places):
        zone = ZoneInfo(name)
        then = _stretch(wanted.start, wanted.end, zone)
        if wanted.weekday is not None:
            rows = rows.alias(**{f"day{place}": ExtractIsoWeekDay("answered_at", tzinfo=zone)})
            then &= Q(**{f"day{place}": wanted.weekday + 1})
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


def _stretch(start: date | None, end: date | None, zone: ZoneInfo) -> Q:
    found = Q()
    if start:
        found &= Q(answered_at__gte=datetime.combine(start, time(), zone).astimezone(UTC))
    if end:
        found &= Q(answered_at__lt=datetime.combine(end, time(), zone).astimezone(UTC))
    return found


def answer_by_key(actor: Actor, key: str | None) -> Response | None:
    """What was stored under an idempotency key (the key is its caller's own)."""
    require(actor, Right.WRITE_ANSWERS)
    if key is None:
        return None
    related = ("survey", "customer", "account", "unit", "employee")
    return Response.objects.filter(import_key=key).select_related(*related).first()
