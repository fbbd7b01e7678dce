"""Which alarms does somebody have, how do they want them, and which did not leave?"""

from loopwell.notify.queries.inbox import (
    DigestItem,
    Tidings,
    alarm_by_ref,
    digest_items,
    inbox,
    own_alarms,
    tidings,
    unread_count,
)
from loopwell.notify.queries.told import Told, alarms_of_case, troubled, unsent_of
from loopwell.notify.queries.wishes import (
    Wish,
    Wishes,
    quiet_hours_of,
    target_by_ref,
    targets_of,
    unit_targets,
    wishes_of,
    wishes_of_all,
)

__all__ = [
    "DigestItem",
    "Tidings",
    "Told",
    "Wish",
    "Wishes",
    "alarm_by_ref",
    "alarms_of_case",
    "digest_items",
    "inbox",
    "own_alarms",
    "quiet_hours_of",
    "target_by_ref",
    "targets_of",
    "tidings",
    "troubled",
    "unit_targets",
    "unread_count",
    "unsent_of",
    "wishes_of",
    "wishes_of_all",
]
