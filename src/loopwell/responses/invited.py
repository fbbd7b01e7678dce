"""What does a customer's link lead to: which words, and what have they answered so far?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Subquery

from loopwell.access.models import Unit
from loopwell.responses.rules import Standing
from loopwell.sampling.models import Invitation
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.rules import filled, language_for, texts_for


@dataclass(frozen=True)
class Invited:
    """One invitation as its respondent's page shows it; `texts` are in `language`."""

    standing: Standing
    language: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    company: str = ""
    score: int | None = None
    comment: str = ""
    contact_consent: bool | None = None
    expires_at: datetime | None = None


def invited(ref: str, *, now: datetime) -> Invited:
    """Everything the page needs, in one look-up of just its columns: it is the busiest page."""
    company = Unit.objects.filter(parent=None).order_by("id").values("name")[:1]
    row = (
        Invitation.objects.filter(ref=ref)
        .order_by()
        .values(
            "language",
            "expires_at",
            "declined_at",
            "version__texts",
            "version__default_language",
            "version__survey__kind",
            "customer__name",
            "response__score",
            "response__comment",
            "response__contact_consent",
            company=Subquery(company),
        )
        .first()
    )
    if row is None:
        return Invited(Standing.UNKNOWN)
    version = Version(
        texts=row["version__texts"],
        default_language=row["version__default_language"],
        survey=Survey(kind=row["version__survey__kind"]),
    )
    language = language_for(version, row["language"])
    name = row["company"] or ""
    return Invited(
        standing=_standing(row, now),
        language=language,
        texts=filled(texts_for(version, language), company=name, name=row["customer__name"]),
        company=name,
        score=row["response__score"],
        comment=row["response__comment"] or "",
        contact_consent=row["response__contact_consent"],
        expires_at=row["expires_at"],
    )


def _standing(row: Mapping[str, Any], now: datetime) -> Standing:
    if row["declined_at"] is not None:
        return Standing.DECLINED
    if row["expires_at"] <= now:
        return Standing.EXPIRED
    return Standing.OPEN if row["response__score"] is None else Standing.ANSWERED
