"""What can be done with a case? Every change is one function, one transaction, one entry."""

from collections.abc import Sequence

from loopwell.cases.operations.actions import Promise, finish_action, give_action
from loopwell.cases.operations.attempts import record_attempt, schedule_callback
from loopwell.cases.operations.bulk import BulkResult, NotDone, cannot_close
from loopwell.cases.operations.by_hand import HasCase, open_by_hand
from loopwell.cases.operations.clocks import Week, remove_day, set_day, set_week
from loopwell.cases.operations.closing import Interview, close_case, reopen_case, save_draft
from loopwell.cases.operations.coaching import mark_read, pass_on_praise, write_coaching
from loopwell.cases.operations.escalating import escalate
from loopwell.cases.operations.files import add_file, delete_file, keep_file
from loopwell.cases.operations.guides import save_guide
from loopwell.cases.operations.ladder import Rung, remove_step, save_step
from loopwell.cases.operations.letters import (
    NeedsConfirmation,
    NotWritable,
    send_letter_again,
    write_letter,
    write_unreachable,
)
from loopwell.cases.operations.locking import ChangedMeanwhile
from loopwell.cases.operations.merging import merge_cases
from loopwell.cases.operations.opening import note_changes, open_cases
from loopwell.cases.operations.owners import reassign_case
from loopwell.cases.operations.passing_on import pass_on
from loopwell.cases.operations.policies import PolicyChange, save_policy
from loopwell.cases.operations.presence import leave, look_at
from loopwell.cases.operations.ranking import set_priority
from loopwell.cases.operations.redress import (
    Gift,
    decide_redress,
    give_redress,
    save_limits,
)
from loopwell.cases.operations.remarks import Remarked, write_remark
from loopwell.cases.operations.ruling import (
    copy_rule,
    move_rule,
    order_rules,
    remove_rule,
    save_rule,
    switch_rule,
)
from loopwell.cases.operations.standing_in import stand_in
from loopwell.cases.operations.thanking import thank, thanked
from loopwell.cases.operations.widening import widen
from loopwell.cases.queries.drafting import RuleChange

__all__: Sequence[str] = [
    "BulkResult",
    "ChangedMeanwhile",
    "Gift",
    "HasCase",
    "Interview",
    "NeedsConfirmation",
    "NotDone",
    "NotWritable",
    "PolicyChange",
    "Promise",
    "Remarked",
    "RuleChange",
    "Rung",
    "Week",
    "add_file",
    "cannot_close",
    "close_case",
    "copy_rule",
    "decide_redress",
    "delete_file",
    "escalate",
    "finish_action",
    "give_action",
    "give_redress",
    "keep_file",
    "leave",
    "look_at",
    "mark_read",
    "merge_cases",
    "move_rule",
    "note_changes",
    "open_by_hand",
    "open_cases",
    "order_rules",
    "pass_on",
    "pass_on_praise",
    "reassign_case",
    "record_attempt",
    "remove_day",
    "remove_rule",
    "remove_step",
    "reopen_case",
    "save_draft",
    "save_guide",
    "save_limits",
    "save_policy",
    "save_rule",
    "save_step",
    "schedule_callback",
    "send_letter_again",
    "set_day",
    "set_priority",
    "set_week",
    "stand_in",
    "switch_rule",
    "thank",
    "thanked",
    "widen",
    "write_coaching",
    "write_letter",
    "write_remark",
    "write_unreachable",
]
