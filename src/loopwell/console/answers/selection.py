"""Which period, unit, survey and more does the address of a page select?

Home and the list of answers read the same words, so that every number can lead to the answers
behind it: `/?unit=…&period=90d` and `/answers/?unit=…&period=90d` speak of the same ones.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.access.queries import visible_units
from loopwell.access.rules import Actor
from loopwell.insights.phrasing import Narrowed, from_query
from loopwell.insights.questions import Filters
from loopwell.insights.warehouse.tables import PROPERTY
from loopwell.responses.queries import NOTHING, AnswerFilter

PERIODS = ("30d", "90d", "12m", "all")
DEFAULT_PERIOD = "90d"
FURTHER = (
    "source",
    "channel",
    "product",
    "theme",
    "decision_role",
    "employee",
    "account",
    "scores",
    "hour",
)
_FURTHER_WORDS = (
    "source",
    "channel",
    "product",
    "theme",
    "role",
    "employee",
    "account",
    "score",
    "hour",
)
_DAYS = {"30d": 30, "90d": 90, "12m": 365}


@dataclass(frozen=True)
class Chosen:
    """The unit a page is about."""

    ref: str
    name: str
    path: str


@dataclass(frozen=True)
class Selection:
    """What the address says, cleaned: unknown units, dates and numbers are left out."""

    period: str = DEFAULT_PERIOD
    start: date | None = None
    end: date | None = None
    unit: Chosen | None = None
    kind: str = ""
    survey: str = ""
    category: str = ""
    score: int | None = None
    weekday: int | None = None
    touchpoint: str = ""
    language: str = ""
    comment: bool = False
    text: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    further: Narrowed = field(default_factory=Narrowed)
    """What other pages lead here by: way in, product, role, employee, account, scores, hour."""

    @property
    def path(self) -> str:
        return self.unit.path if self.unit else ""

    @property
    def last_day(self) -> date | None:
        return self.end - timedelta(days=1) if self.end else None

    def for_numbers(self) -> Filters:
        return Filters(
            start=self.start,
            end=self.end,
            unit_path=self.path,
            kind=self.kind,
            survey=self.survey,
            touchpoint=self.touchpoint,
            language=self.language,
            properties=self.properties,
        )

    def for_answers(self) -> AnswerFilter:
        return AnswerFilter(
            start=self.start,
            end=self.end,
            unit_path=self.path,
            kind=self.kind,
            survey=self.survey,
            category=self.category,
            score=self.score,
            weekday=self.weekday,
            touchpoint=self.touchpoint,
            language=self.language,
            properties=self.properties,
            with_comment=self.comment,
            text=self.text,
            **{name: getattr(self.further.filters(), name) for name in FURTHER},
        )

    def before(self) -> "Selection | None":
        """The same stretch of time just before; None where there is no beginning."""
        if self.start is None or self.end is None:
            return None
        length = self.end - self.start
        return replace(self, period="", start=self.start - length, end=self.start)

    def query(self, **changes: object) -> str:
        """The address' words for this selection, changed; properties as `p_<name>`."""
        known = {f.name for f in fields(self)}
        picked = replace(self, **{k: v for k, v in changes.items() if k in known})  # type: ignore[arg-type]  # our own callers
        words: dict[str, str] = {}
        if picked.period in PERIODS:
            words["period"] = picked.period
        else:
            words |= {"from": _day(picked.start), "to": _day(picked.last_day)}
        words["unit"] = picked.unit.ref if picked.unit else ""
        for name in ("kind", "survey", "category", "touchpoint", "language"):
            words[name] = getattr(picked, name)
        for name in ("score", "weekday"):
            number = getattr(picked, name)
            words[name] = "" if number is None else str(number)
        words["comment"] = "1" if picked.comment else ""
        words["q"] = picked.text
        words |= {f"p_{name}": value for name, value in picked.properties}
        words |= picked.further.words()
        return urlencode({name: value for name, value in words.items() if value})

    def words(self) -> str:
        """The period as people say it."""
        names = {
            "30d": _("the last 30 days"),
            "90d": _("the last 90 days"),
            "12m": _("the last 12 months"),
            "all": _("all time"),
        }
        if self.period in names:
            return names[self.period]
        first = date_format(self.start, "DATE_FORMAT") if self.start else "…"
        last = date_format(self.last_day, "DATE_FORMAT") if self.last_day else "…"
        return f"{first} – {last}"


def read_selection(
    query: QueryDict, actor: Actor, now: datetime, *, further: bool = False
) -> Selection:
    """The selection in an address; a unit the actor does not see selects nothing of it. Lists of
    answers read `further` words, which numbers of who was asked would not know."""
    period = query.get("period", "")
    start, end = _date(query.get("from")), _date(query.get("to"))
    if start or end:
        period = ""
        end = end + timedelta(days=1) if end else None
    else:
        period = period if period in PERIODS else DEFAULT_PERIOD
        start, end = _stretch(period, now)
    ref = query.get("unit", "")
    return Selection(
        period=period,
        start=start,
        end=end,
        unit=_unit(actor, ref) if ref else None,
        kind=query.get("kind", ""),
        survey=query.get("survey", ""),
        category=query.get("category", ""),
        score=_number(query.get("score"), 10),
        weekday=_number(query.get("weekday"), 6),
        touchpoint=query.get("touchpoint", ""),
        language=query.get("language", ""),
        comment=query.get("comment") == "1",
        text=query.get("q", "").strip()[:200],
        further=_further(query, actor, now) if further else Narrowed(),
        properties=tuple(
            sorted(
                (n.removeprefix("p_"), str(v)) for n, v in query.items() if _is_property(n) and v
            )
        ),
    )


def _further(query: QueryDict, actor: Actor, now: datetime) -> Narrowed:
    words = {word: text for word in _FURTHER_WORDS if (text := query.get(word, ""))}
    if "-" not in words.get("score", "-"):
        del words["score"]  # one score is a control of its own
    if not words:
        return Narrowed()
    found = from_query(urlencode(words), actor, now).narrowed
    return replace(Narrowed(), **{name: getattr(found, name) for name in FURTHER})


def _unit(actor: Actor, ref: str) -> Chosen | None:
    found = visible_units(actor).filter(ref=ref).values_list("ref", "name", "path").first()
    return Chosen(*found) if found else None


def today(now: datetime) -> date:
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _stretch(period: str, now: datetime) -> tuple[date | None, date | None]:
    if period not in _DAYS:
        return None, None
    end = today(now) + timedelta(days=1)
    return end - timedelta(days=_DAYS[period]), end


def _is_property(name: str) -> bool:
    return name.startswith("p_") and PROPERTY.fullmatch(name.removeprefix("p_")) is not None


def _number(text: str | None, highest: int) -> int | None:
    found = text or ""
    return int(found) if found.isdecimal() and int(found) <= highest else None


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


__all__ = ["NOTHING", "PERIODS", "Selection", "read_selection", "today"]
