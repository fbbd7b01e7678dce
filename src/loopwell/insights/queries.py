"""Do the facts agree with the truth, and how far behind are they?"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.insights.facts import SOURCES
from loopwell.insights.warehouse import warehouse
from loopwell.journal.queries import behind
from loopwell.people.models import Property


@dataclass(frozen=True)
class Comparison:
    """One figure in the truth and in the warehouse."""

    figure: str
    truth: int
    warehouse: int

    @property
    def agrees(self) -> bool:
        return self.truth == self.warehouse


@dataclass(frozen=True)
class Lag:
    """Journal entries whose facts are not written yet, and the age of the oldest in seconds."""

    waiting: int
    seconds: float


def check(actor: Actor, *, patience: float | None = None) -> list[Comparison]:
    """Counts and sums side by side; while answers arrive they may differ for some seconds."""
    require(actor, Right.READ_STATUS)
    engine = warehouse(patience=patience)
    found = []
    for source in SOURCES.values():
        name = source.table.name
        facts = engine.read(f'SELECT COUNT(*) FROM "{name}"')[0][0]  # noqa: S608 our own names
        found.append(Comparison(name, source.rows().count(), int(facts)))
    truth = SOURCES["response"].rows().aggregate(total=Sum("score"))["total"] or 0
    facts = engine.read('SELECT SUM("score") FROM "answers"')[0][0] or 0
    return [*found, Comparison("sum of scores", truth, int(facts))]


def lag(now: datetime) -> Lag:
    """How far the facts are behind; needs no warehouse."""
    waiting, seconds = behind(now).get("insights", (0, 0.0))
    return Lag(waiting, seconds)


def properties() -> dict[str, str]:
    """Label by name of every declared property, in the order people see."""
    return dict(Property.objects.order_by("label").values_list("name", "label"))
