"""What can be done with a case? Every change is one function, one transaction, one entry."""

from collections.abc import Sequence

from loopwell.cases.operations.attempts import record_attempt, schedule_callback
from loopwell.cases.operations.closing import Interview, close_case, reopen_case, save_draft
from loopwell.cases.operations.files import add_file, delete_file, keep_file
from loopwell.cases.operations.locking import ChangedMeanwhile
from loopwell.cases.operations.merging import merge_cases
from loopwell.cases.operations.opening import note_changes, open_cases
from loopwell.cases.operations.owners import reassign_case
from loopwell.cases.operations.passing_on import pass_on
from loopwell.cases.operations.presence import leave, look_at
from loopwell.cases.operations.ranking import set_priority
from loopwell.cases.operations.remarks import Remarked, write_remark
from loopwell.cases.operations.ruling import RuleChange, save_rule

__all__: Sequence[str] = [
    "ChangedMeanwhile",
    "Interview",
    "Remarked",
    "RuleChange",
    "add_file",
    "close_case",
    "delete_file",
    "keep_file",
    "leave",
    "look_at",
    "merge_cases",
    "note_changes",
    "open_cases",
    "pass_on",
    "reassign_case",
    "record_attempt",
    "reopen_case",
    "save_draft",
    "save_rule",
    "schedule_callback",
    "set_priority",
    "write_remark",
]
