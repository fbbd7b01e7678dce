"""Are customers asked again after their case was closed, and when?"""

from loopwell.sampling.enums import ProgrammeKind
from loopwell.sampling.models import Programme
from loopwell.surveys.templates.recovery import AFTER_A_CASE


def asks_again() -> Programme | None:
    """The programme that asks after closed cases: the newest that has not ended."""
    rows = Programme.objects.filter(kind=ProgrammeKind.TRANSACTIONAL, ended_at=None)
    found = [row for row in rows.select_related("survey").order_by("-pk") if _asks(row)]
    return found[0] if found else None


def _asks(row: Programme) -> bool:
    """In Python: SQLite cannot look into a JSON list."""
    return AFTER_A_CASE in row.touchpoints
