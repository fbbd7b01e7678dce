"""What does a customer's link lead to: which questions and words, and what was answered so far?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Subquery
from django.utils import translation

from loopwell.access.models import Unit
from loopwell.responses.anonymity import is_anonymous
from loopwell.responses.anonymous import said_through
from loopwell.responses.models import HeldAnswer
from loopwell.responses.rules import Standing
from loopwell.sampling.models import Invitation, OptOut
from loopwell.surveys.brand import hides_us
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.questions import DEFAULT, Question, questions_of
from loopwell.surveys.rules import fields_of, filled, language_for, texts_for

HELD_SHOWN_FOR = timedelta(minutes=30)
"""So long what is held looks recorded to whoever gave it; later comers begin anew."""
COLUMNS = (
    "language", "expires_at", "declined_at", "started_at", "sent_at", "touchpoint", "product",
    "properties", "programme__name", "version__texts", "version__questions",
    "version__default_language", "version__survey__kind", "version__survey__touchpoint",
    "customer__name", "customer__time_zone", "unit__name", "employee__name", "interaction__at",
    "response__score", "response__comment", "response__contact_consent", "response__answers",
)  # fmt: skip


@dataclass(frozen=True)
class Invited:
    """One invitation as its respondent's page shows it; `texts` are in `language`."""

    standing: Standing
    kind: str = ""
    language: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = DEFAULT
    company: str = ""
    score: int | None = None
    comment: str = ""
    contact_consent: bool | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    properties: Mapping[str, Any] = field(default_factory=dict)
    programme: str = ""
    time_zone: str = ""
    left_kind: bool = False
    """They want no more of this programme, and said nothing about the others."""
    is_held: bool = False
    expires_at: datetime | None = None
    sent_at: datetime | None = None
    started_at: datetime | None = None


def invited(ref: str, *, now: datetime) -> Invited:
    """Everything the page needs, in one look-up of just its columns: it is the busiest page."""
    row = _query(connection.vendor).row(ref, now - HELD_SHOWN_FOR)
    if row is None:
        return Invited(Standing.UNKNOWN)
    said = _said(row)
    kind = row["version__survey__kind"]
    if not said and is_anonymous(kind):
        said = said_through(ref)
    version = Version(
        texts=row["version__texts"],
        questions=row["version__questions"],
        default_language=row["version__default_language"],
        survey=Survey(kind=kind),
    )
    language = language_for(version, row["language"])
    return Invited(
        standing=_standing(row, said, now),
        language=language,
        texts=_texts(row, version, language),
        questions=questions_of(version),
        company=_company(row),
        score=said.get("score"),
        comment=said.get("comment") or "",
        contact_consent=said.get("contact_consent"),
        answers=said.get("answers") or {},
        properties=row["properties"] or {},
        programme=row["programme__name"] or "",
        time_zone=row["customer__time_zone"],
        left_kind=row["left_kind"] and not row["left_all"],
        kind=kind,
        is_held=row["response__score"] is None and bool(row["held"]),
        expires_at=row["expires_at"],
        sent_at=row["sent_at"],
        started_at=row["started_at"],
    )


@dataclass(frozen=True)
class _Query:
    """The look-up as SQL, written once: to write it costs more than to ask it."""

    sql: str
    params: tuple[Any, ...]
    columns: tuple[str, ...]
    converters: Mapping[int, Any]

    def row(self, ref: str, held_since: datetime) -> dict[str, Any] | None:
        given = {_REF: ref, _adapted(_SINCE): _adapted(held_since)}
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [given.get(each, each) for each in self.params])
            found = cursor.fetchone()
        if found is None:
            return None
        values = list(found)
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return dict(zip(self.columns, values, strict=True))


_REF, _SINCE = "the ref", datetime(1999, 1, 1, tzinfo=UTC)
"""Stand in the written query for what each look-up puts there."""


@cache
def _query(vendor: str) -> _Query:
    """Of this database; `vendor` keeps those of two apart."""
    company = Unit.objects.filter(parent=None).order_by("id").values("name")[:1]
    held = HeldAnswer.objects.filter(
        invitation=OuterRef("pk"), decided_at=None, at__gt=_SINCE
    ).values("given")[:1]
    left = OptOut.objects.filter(customer=OuterRef("customer"))
    rows = (
        Invitation.objects.filter(ref=_REF)
        .order_by()
        .values(
            *COLUMNS,
            company=Subquery(company),
            held=Subquery(held),
            left_kind=Exists(left.filter(programme=OuterRef("programme"))),
            left_all=Exists(left.filter(programme=None)),
        )
    )
    compiler = rows.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    chosen = compiler.select or []
    names = (*COLUMNS, "company", "held", "left_kind", "left_all")
    return _Query(sql, tuple(params), names, compiler.get_converters([each[0] for each in chosen]))


def _adapted(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _texts(row: Mapping[str, Any], version: Version, language: str) -> dict[str, str]:
    happened = row["interaction__at"]
    zone = ZoneInfo(row["customer__time_zone"] or settings.TIME_ZONE)
    with translation.override(language):
        fields = fields_of(
            employee=row["employee__name"] or "",
            unit=row["unit__name"] or "",
            product=row["product"],
            touchpoint=row["touchpoint"] or row["version__survey__touchpoint"],
            on=happened.astimezone(zone).date() if happened else None,
            properties=row["properties"],
        )
    return filled(
        texts_for(version, language),
        company=_company(row),
        name=row["customer__name"],
        fields=fields,
    )


def _company(row: Mapping[str, Any]) -> str:
    """Our name, unless the survey must not say who asks."""
    return "" if hides_us(row["version__survey__kind"]) else row["company"] or ""


def _said(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was answered, or what is held of the same customer; {} so far nothing."""
    if row["response__score"] is None:
        return row["held"] or {}
    return {
        key: row[f"response__{key}"] for key in ("score", "comment", "contact_consent", "answers")
    }


def _standing(row: Mapping[str, Any], said: Mapping[str, Any], now: datetime) -> Standing:
    if row["declined_at"] is not None:
        return Standing.DECLINED
    if row["expires_at"] <= now:
        return Standing.EXPIRED
    return Standing.ANSWERED if said else Standing.OPEN
