"""How do customers, accounts, interactions and uploads come to be and change?"""

from loopwell.people.operations.accounts import AccountChange, change_account
from loopwell.people.operations.bulk import save_customers
from loopwell.people.operations.interactions import record_interaction
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
    "Saved",
    "StillRunning",
    "change_account",
    "choose_mapping",
    "receive_upload",
    "record_interaction",
    "save_account",
    "save_customer",
    "save_customers",
    "start_import",
    "start_trial",
]
