"""How do customers, accounts, interactions and uploads come to be and change?"""

from loopwell.people.operations.accounts import AccountChange, change_account
from loopwell.people.operations.bulk import save_customers
from loopwell.people.operations.held import (
    choose_unknown_customers,
    create_all_held,
    create_held_customer,
    discard_held,
    link_held,
    start_creating_held,
)
from loopwell.people.operations.interactions import record_interaction, record_interactions
from loopwell.people.operations.journeys import (
    MomentChange,
    create_journey,
    delete_journey,
    move_moment,
    remove_moment,
    rename_journey,
    save_moment,
)
from loopwell.people.operations.properties import (
    change_property,
    declare_property,
    remove_property,
)
from loopwell.people.operations.replies import once
from loopwell.people.operations.saving import Saved, save_account, save_customer
from loopwell.people.operations.uploads import (
    StillRunning,
    choose_mapping,
    receive_upload,
    start_import,
    start_trial,
)

__all__ = [
    "AccountChange",
    "MomentChange",
    "Saved",
    "StillRunning",
    "change_account",
    "change_property",
    "choose_mapping",
    "choose_unknown_customers",
    "create_all_held",
    "create_held_customer",
    "create_journey",
    "declare_property",
    "delete_journey",
    "discard_held",
    "link_held",
    "move_moment",
    "once",
    "receive_upload",
    "record_interaction",
    "record_interactions",
    "remove_moment",
    "remove_property",
    "rename_journey",
    "save_account",
    "save_customer",
    "save_customers",
    "save_moment",
    "start_creating_held",
    "start_import",
    "start_trial",
]
