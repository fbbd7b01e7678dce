"""Where in the company did something happen, and what time was it there?"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from loopwell.access.models import Unit


@dataclass(frozen=True)
class Places:
    """The unit tree as facts need it: path and time zone by unit id."""

    paths: dict[int, str]
    zones: dict[int, ZoneInfo]
    company: ZoneInfo = field(default_factory=lambda: ZoneInfo(settings.TIME_ZONE))

    def path(self, unit_id: int | None) -> str:
        return self.paths.get(unit_id, "") if unit_id is not None else ""

    def local(self, at: datetime, unit_id: int | None) -> datetime:
        """The clock on the unit's wall; naive."""
        zone = self.zones.get(unit_id, self.company) if unit_id is not None else self.company
        return at.astimezone(zone).replace(tzinfo=None)


def naive_utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC).replace(tzinfo=None) if at is not None else None


def load_places() -> Places:
    """All units; one without a time zone has that of the nearest unit above that has one."""
    paths: dict[int, str] = {}
    zones: dict[int, ZoneInfo] = {}
    rows = Unit.objects.order_by("path").values_list("pk", "parent_id", "path", "time_zone")
    for unit_id, parent_id, path, zone in sorted(rows, key=lambda row: row[2].count("/")):
        paths[unit_id] = path
        if zone:
            zones[unit_id] = ZoneInfo(zone)
        elif parent_id in zones:
            zones[unit_id] = zones[parent_id]
    return Places(paths, zones)
