"""How far are the facts behind the truth, and which properties do they carry?"""

from dataclasses import dataclass
from datetime import datetime

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


def properties() -> dict[str, str]:
    """Label by name of every declared property, in the order people see."""
    return dict(Property.objects.order_by("label").values_list("name", "label"))
