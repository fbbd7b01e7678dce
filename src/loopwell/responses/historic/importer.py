"""How do the rows of a file become answers, each once however often the file comes?"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.calc.scales import Scale
from loopwell.kit.tables import Row, Table
from loopwell.people.importing.kinds import property_labels
from loopwell.people.importing.runner import CannotImport, Importer, Item, Make
from loopwell.people.importing.source import date_formats
from loopwell.people.models import Upload
from loopwell.people.operations.planning import State
from loopwell.people.operations.writing import declare_properties
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.problems import Problem
from loopwell.responses.historic.people import Answerers
from loopwell.responses.historic.reading import (
    ORIGINAL_SCALE,
    ORIGINAL_SCORE,
    AnswerDraft,
    AnswerReading,
    Rows,
    glance_at_answers,
    read_answers,
)
from loopwell.responses.historic.surveys import SurveyShelf
from loopwell.responses.historic.writing import Ready, plan_answers, write_answers

LONGEST_ID = 60
"""Longer ones are shortened to a digest: a key has 80 characters."""
Read = Callable[[Rows, AnswerReading], list[AnswerDraft]]


@dataclass(frozen=True)
class Choices:
    """What the person chose for the whole file."""

    scale: Scale
    survey_ref: str
    survey_name: str
    opens_cases: bool
    creates_customers: bool
    answered_on: str

    @classmethod
    def of(cls, upload: Upload) -> "Choices":
        options = upload.options
        return cls(
            scale=Scale(options.get("scale") or "0-10"),
            survey_ref=str(options.get("survey_ref") or ""),
            survey_name=str(options.get("survey_name") or ""),
            opens_cases=bool(options.get("opens_cases")),
            creates_customers=bool(options.get("creates_customers", True)),
            answered_on=str(options.get("answered_on") or ""),
        )


class AnswerImporter:
    def __init__(self, upload: Upload, table: Table, actor: Actor, *, whole: bool = True) -> None:
        if "score" not in upload.mapping:
            raise CannotImport(_("Say which column holds the score."))
        self.actor = actor
        self.choices = Choices.of(upload)
        self.directory = Directory(actor)
        self.shelf = SurveyShelf(actor, self.choices.survey_ref, self._survey_name(upload))
        self.answerers = Answerers(self.directory, create=self.choices.creates_customers)
        self.labels = property_labels(upload)
        self.reading = self._reading(upload, table, whole)
        self._places = [
            (name, table.columns.index(column)) for name, column in upload.mapping.items()
        ]
        self._seen: dict[bytes, int] = {}
        self._again: dict[int, int] = {}
        self._read_to = 0

    def _survey_name(self, upload: Upload) -> str:
        return self.choices.survey_name or _("Imported: %(file)s") % {"file": upload.filename}

    def _reading(self, upload: Upload, table: Table, whole: bool) -> AnswerReading:
        zone = ZoneInfo(settings.TIME_ZONE)
        day = parse_date(self.choices.answered_on) if self.choices.answered_on else None
        now = timezone.now()
        default = datetime.combine(day, time(12), tzinfo=zone) if day else upload.created_at
        dates = date_formats(upload, table, ["answered_at"], whole=whole).get("answered_at")
        return AnswerReading(self.choices.scale, zone, now, min(default, now), dates)

    def read(self, rows: Sequence[Row]) -> list[Item]:
        return self._items(rows, read_answers)

    def glance(self, rows: Sequence[Row]) -> list[Item]:
        return self._items(rows, glance_at_answers)

    def _items(self, rows: Sequence[Row], read: Read) -> list[Item]:
        columns = list(zip(*(row.values for row in rows), strict=True))
        named = {name: columns[place] for name, place in self._places} if rows else {}
        cells = Rows(named, len(rows))
        drafts = read(cells, self.reading)
        for row, draft in zip(rows, drafts, strict=True):
            if draft.answer_id is None:
                self._count(row)
        return [
            Item(row, draft, _keys(draft), cells.problems.get(place) or [])
            for place, (row, draft) in enumerate(zip(rows, drafts, strict=True))
        ]

    def _count(self, row: Row) -> None:
        """Rows alike in every column are different answers: the second, third … of their kind.

        Counted in the first pass over the file alone, whichever chunk is written later.
        """
        if row.number <= self._read_to:
            return
        self._read_to = row.number
        digest = _content(row)
        self._seen[digest] = self._seen.get(digest, 0) + 1
        if self._seen[digest] > 1:
            self._again[row.number] = self._seen[digest]

    def _key(self, item: Item, survey: str) -> str:
        """Keys of neighbours in the file are neighbours too, so that a million of them find their
        places in an index quickly: by id as the other system gave it, else by moment."""
        draft: AnswerDraft = item.draft
        if draft.answer_id is not None:
            if len(draft.answer_id) <= LONGEST_ID:
                return f"id:{survey}:{draft.answer_id}"
            digest = hashlib.sha256(draft.answer_id.encode(errors="surrogatepass"))
            return f"longid:{survey}:{digest.hexdigest()[:48]}"
        again = self._again.get(item.row.number, 1)
        digest = hashlib.sha256(f"{again}\0".encode() + _content(item.row))
        told = self.reading.dates is not None  # otherwise the moment is that of the upload
        moment = f"{draft.answered_at:%Y%m%d%H%M%S}" if told else ""
        return f"row:{survey}:{moment}:{digest.hexdigest()[:32]}"

    def apply(self, items: Sequence[Item], *, write: bool, now: datetime) -> list[State]:
        self.answerers.begin([item.draft for item in items], lock=write)
        anywhere = self.actor.within(Right.IMPORT_DATA).everything
        ready = [self._ready(item, anywhere, write=write, now=now) for item in items]
        taken = [each for each in ready if each is not None]
        if write:
            declare_properties(self._names(), self.labels, now)
            self.answerers.write([each.customer for each in taken], actor=self.actor, now=now)
        states = plan_answers(taken)
        if write:
            opens_cases = self.choices.opens_cases
            write_answers(taken, opens_cases=opens_cases, actor=self.actor, now=now)
        found = iter(states)
        return [State.REFUSED if each is None else next(found) for each in ready]

    def _names(self) -> list[str]:
        five = self.choices.scale in (Scale.ONE_TO_FIVE, Scale.FIVE_TO_ONE)
        return [*self.labels, *([ORIGINAL_SCORE, ORIGINAL_SCALE] if five else [])]

    def _ready(self, item: Item, anywhere: bool, *, write: bool, now: datetime) -> Ready | None:
        draft: AnswerDraft = item.draft
        unit = self.directory.unit(draft.unit) if draft.unit else None
        employee = self.directory.person(draft.employee, "employee") if draft.employee else None
        person = self.answerers.who(draft)
        if isinstance(unit, Problem):
            item.problems.append(unit)
            unit = None
        if isinstance(employee, Problem):
            item.problems.append(employee)
            employee = None
        if isinstance(person, Problem):
            item.problems.append(person)
            person = None
        if not anywhere and unit is None and not (person and person.unit_id):
            reason = _("name the unit: you manage only a part of the company")
            item.problems.append(Problem(reason, "unit"))
        if item.problems and item.is_refused:
            return None
        survey = self.shelf.named(draft.survey, write=write, now=now)
        return Ready(
            key=self._key(item, survey.ref),
            draft=draft,
            survey=survey,
            customer=person,
            unit=unit,
            employee=employee,
        )

    def extra(self) -> dict[str, int]:
        counts = {"surveys": self.shelf.made, "customers": self.answerers.made}
        return {name: count for name, count in counts.items() if count}


def _keys(draft: AnswerDraft) -> tuple[str, ...]:
    return (f"answer:{draft.survey}:{draft.answer_id}",) if draft.answer_id else ()


def _content(row: Row) -> bytes:
    return hashlib.sha256("\x1f".join(row.values).encode(errors="surrogatepass")).digest()


def answers_for(actor: Actor) -> Make:
    def make(upload: Upload, table: Table) -> Importer:
        return AnswerImporter(upload, table, actor)

    return make
