"""What was chosen for a file besides its columns, and what is proposed?"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.kit.tables import Table
from loopwell.kit.tables.numbers import read_rating
from loopwell.people.enums import UploadKind
from loopwell.people.rules.contact import normal_time_zone, region_of
from loopwell.surveys.queries import surveys_listed

TEXTS = ("encoding", "delimiter", "sheet", "date_order")
ANSWER_TEXTS = ("scale", "survey_ref", "survey_name", "answered_on")
ANSWER_CHECKS = ("creates_customers", "opens_cases")
PANEL_TEXTS = ("panel_name", "market", "provider", "fielded_from", "fielded_to")


@dataclass(frozen=True)
class Options:
    given: dict[str, Any]

    def region(self) -> str:
        return str(self.given.get("region") or region_of(settings.TIME_ZONE))

    def time_zone(self) -> str:
        return normal_time_zone(str(self.given.get("time_zone") or "")) or settings.TIME_ZONE

    def for_answers(self, table: Table, mapping: dict[str, str], filename: str) -> dict[str, Any]:
        """What is set, else what the file suggests."""
        name = _("Imported: %(file)s") % {"file": filename}
        proposed = {
            "scale": _scale(table, mapping.get("score", "")),
            "survey_name": name[:200],
            "creates_customers": True,
            "answered_on": timezone.localdate(),
        }
        return proposed | {k: v for k, v in self.given.items() if v != ""}

    def for_panel(self, filename: str) -> dict[str, Any]:
        name = filename.rsplit(".", 1)[0][:120]
        proposed = {"panel_name": name, "fielded_to": timezone.localdate()}
        return proposed | {k: v for k, v in self.given.items() if v != ""}


def _scale(table: Table, column: str) -> str:
    """1 to 5 when no mark of the first rows is above 5, otherwise 0 to 10 or 1 to 10."""
    if not column:
        return "0-10"
    place = table.columns.index(column)
    rows = [row.values[place] for row in table.sample(2000) if not row.ragged]
    marks = [mark for mark in map(read_rating, rows) if mark is not None]
    if marks and max(marks) <= 5 and min(marks) >= 1:
        return "1-5"
    return "1-10" if marks and min(marks) >= 1 and len(marks) > 200 else "0-10"


def options_from(data: QueryDict, kind: str) -> dict[str, Any]:
    texts: tuple[str, ...] = TEXTS
    if kind == UploadKind.ANSWERS:
        texts += ANSWER_TEXTS
    elif kind == UploadKind.CUSTOMERS:
        texts += ("region",)
    elif kind == UploadKind.INTERACTIONS:
        texts += ("region", "time_zone")
    elif kind == UploadKind.PANEL:
        texts += PANEL_TEXTS
    found: dict[str, Any] = {name: data.get(name, "").strip() for name in texts}
    if kind == UploadKind.ANSWERS:
        found |= {name: bool(data.get(name)) for name in ANSWER_CHECKS}
    if kind == UploadKind.PANEL:
        found["double_blind"] = bool(data.get("double_blind"))
    if "region" in found:
        found["region"] = found["region"].upper()[:2]
    return found


def surveys_for(actor: Actor) -> list[tuple[str, str]]:
    return [(survey.ref, survey.name) for survey in surveys_listed(actor)]
