"""How far are the facts behind the truth, and which properties do they carry?"""

from dataclasses import dataclass
from datetime import datetime

from loopwell.insights.warehouse import warehouse
from loopwell.insights.warehouse.tables import BUILT, TABLES
from loopwell.jobs.models import Job
from loopwell.journal.queries import behind
from loopwell.people.models import Property


@dataclass(frozen=True)
class Lag:
    """Journal entries whose facts are not written yet, and the age of the oldest in seconds."""

    waiting: int
    seconds: float


def lag(now: datetime) -> Lag:
    """How far the facts are behind; needs no warehouse."""
    waiting, seconds = behind(now).get("insights", (0, 0.0))
    return Lag(waiting, seconds)


def facts_kept(*, patience: float | None = None) -> dict[str, int]:
    """Rows by table; raises WarehouseUnavailable."""
    engine = warehouse(patience=patience)
    return {
        each.name: int(engine.read(f'SELECT COUNT(*) FROM "{each.name}"')[0][0])  # noqa: S608 our own names
        for each in TABLES
        if each is not BUILT
    }


def last_rebuild() -> datetime | None:
    """When a job built all facts anew the last time."""
    done = Job.objects.filter(kind="insights.rebuild", finished_at__isnull=False)
    return done.order_by("-finished_at").values_list("finished_at", flat=True).first()


def properties() -> dict[str, str]:
    """Label by name of every declared property, in the order people see."""
    return dict(Property.objects.order_by("label").values_list("name", "label"))
