"""Who has a right nearest to a unit?"""

from loopwell.access.enums import Right, Role
from loopwell.access.models import Membership, Unit
from loopwell.access.rules import ROLE_RIGHTS


def nearest_holders(right: Right, unit: Unit | None) -> list[int]:
    """Active people whose role at this unit, or at the nearest above that has any, carries the
    right; without a unit those of the whole company. Account managers' rights reach no unit."""
    roles = [role for role, rights in ROLE_RIGHTS.items() if right in rights]
    rows = Membership.objects.filter(role__in=roles, user__is_active=True)
    rows = rows.exclude(role=Role.ACCOUNT_MANAGER)
    if unit is None:
        found = rows.filter(unit__parent=None)
        return sorted(set(found.values_list("user_id", flat=True)))
    above = [int(part) for part in unit.path.strip("/").split("/")]
    by_unit: dict[int, set[int]] = {}
    for unit_id, user_id in rows.filter(unit_id__in=above).values_list("unit_id", "user_id"):
        by_unit.setdefault(unit_id, set()).add(user_id)
    nearest = next((pk for pk in reversed(above) if pk in by_unit), None)
    return sorted(by_unit[nearest]) if nearest else []
