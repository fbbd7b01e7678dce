"""What can people do with their alarms and about how they are told?"""

from loopwell.notify.operations.reading import mark_all_read, mark_read
from loopwell.notify.operations.targets import (
    add_own_target,
    add_unit_target,
    remove_target,
    switch_target,
    try_target,
)
from loopwell.notify.operations.wishing import set_preferences, set_quiet_hours

__all__ = [
    "add_own_target",
    "add_unit_target",
    "mark_all_read",
    "mark_read",
    "remove_target",
    "set_preferences",
    "set_quiet_hours",
    "switch_target",
    "try_target",
]
