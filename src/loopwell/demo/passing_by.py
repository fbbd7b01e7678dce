"""Who answered in the shops and on the website without being invited, and which of it is held?"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from loopwell.demo import records
from loopwell.journal.models import Entry
from loopwell.kit.bulk import insert
from loopwell.responses.enums import Doubt, Source
from loopwell.responses.models import HeldAnswer, Response
from loopwell.sampling.enums import LinkKind
from loopwell.sampling.models import Link
from loopwell.surveys.models import Version

DAYS = 120
A_DAY = {LinkKind.QR: 0.12, LinkKind.KIOSK: 1.4, LinkKind.EMBED: 1.1}
SCORES = (0, 1, 2, 3, 4, 5, 6, 7, 7, 8, 8, 8, 9, 9, 9, 9, 10, 10, 10, 10, 10)
LANGUAGES = ("en", "ru", "uk", "pl")
HELD = (
    (Doubt.BURST, 10, "31 answers within 5 minutes", 3.1),
    (Doubt.BURST, 10, "32 answers within 5 minutes", 3.1),
    (Doubt.BURST, 10, "33 answers within 5 minutes", 3.0),
    (Doubt.REPEATED, 10, "", 26.0),
    (Doubt.REPEATED, 0, "", 51.5),
    (Doubt.HONEYPOT, 5, "", 76.0),
)
"""Doubt, score, detail and how many hours ago."""


def load_passing_by(company: records.Company, version: Version) -> int:
    """Answers through the demo's links of the last months; returns how many count."""
    luck = Random(17)  # noqa: S311 an invented company
    links = list(Link.objects.filter(programme__is_demo=True).select_related("unit"))
    made = insert(Response, _COLUMNS, _rows(company.now, version, links, luck))
    moments = dict(Response.objects.filter(pk__in=made).values_list("pk", "answered_at"))
    insert(
        Entry,
        ("type", "at", "actor", "subject", "subject_id", "payload"),
        (("response.recorded", moments[pk], "customer", "response", pk, {}) for pk in made),
    )
    _held(company.now, links)
    return len(made)


_COLUMNS = (
    "survey_id", "version_id", "kind", "touchpoint", "link_id", "unit_id", "properties", "score",
    "language", "source", "opens_case", "answered_at", "updated_at", "created_at",
)  # fmt: skip


def _rows(
    now: datetime, version: Version, links: list[Link], luck: Random
) -> Iterator[tuple[Any, ...]]:
    survey = version.survey
    for link in links:
        for day in range(DAYS):
            chance = A_DAY[LinkKind(link.kind)]
            for _number in range(int(chance) + (luck.random() < chance % 1)):
                at = now - timedelta(days=day, minutes=luck.randrange(30, 600))
                yield (
                    survey.pk, version.pk, survey.kind, survey.touchpoint, link.pk, link.unit_id,
                    {}, luck.choice(SCORES), luck.choice(LANGUAGES), Source(link.kind).value, False,
                    at, at, at,
                )  # fmt: skip


def _held(now: datetime, links: list[Link]) -> None:
    codes = [link for link in links if link.kind == LinkKind.QR]
    HeldAnswer.objects.bulk_create(
        HeldAnswer(
            link=codes[0] if doubt == Doubt.BURST else codes[-1],
            unit=codes[0].unit if doubt == Doubt.BURST else codes[-1].unit,
            given={"score": score, "comment": "", "contact_consent": None, "answers": {}},
            doubt=doubt,
            detail=detail,
            at=now - timedelta(hours=hours),
        )
        for doubt, score, detail, hours in HELD
    )
