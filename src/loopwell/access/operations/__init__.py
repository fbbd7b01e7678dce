"""How do units, people, roles and API keys come to be and change?"""

from loopwell.access.operations.absences import Leave, cancel_absence, enter_absence
from loopwell.access.operations.keys import create_api_key, revoke_api_key, use_api_key
from loopwell.access.operations.people import (
    Grant,
    add_person,
    change_person,
    create_user,
    deactivate_person,
    may_invite,
    reactivate_person,
    set_roles,
)
from loopwell.access.operations.setting_up import change_own_settings, set_up_company
from loopwell.access.operations.units import add_unit, change_unit, create_unit, move_unit

__all__ = [
    "Grant",
    "Leave",
    "add_person",
    "add_unit",
    "cancel_absence",
    "change_own_settings",
    "change_person",
    "change_unit",
    "create_api_key",
    "create_unit",
    "create_user",
    "deactivate_person",
    "enter_absence",
    "may_invite",
    "move_unit",
    "reactivate_person",
    "revoke_api_key",
    "set_roles",
    "set_up_company",
    "use_api_key",
]
