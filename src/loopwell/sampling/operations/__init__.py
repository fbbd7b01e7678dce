"""What can be done with sendings, programmes and contact rules?"""

from loopwell.sampling.operations.checks import check_numbers, check_reasons
from loopwell.sampling.operations.contact_rules import (
    add_rule,
    change_rule,
    move_rule,
    remove_rule,
    set_contact_limit,
)
from loopwell.sampling.operations.programmes import (
    NotNow,
    change_programme,
    create_programme,
    end_programme,
    pause_programme,
    resume_programme,
    start_programme,
)
from loopwell.sampling.operations.waves import (
    AlreadyLaunched,
    NothingToSend,
    discard_wave,
    launch_wave,
    pause_wave,
    plan_wave,
    resume_wave,
)
from loopwell.sampling.operations.weights import weight_wave

__all__ = [
    "AlreadyLaunched",
    "NotNow",
    "NothingToSend",
    "add_rule",
    "change_programme",
    "change_rule",
    "check_numbers",
    "check_reasons",
    "create_programme",
    "discard_wave",
    "end_programme",
    "launch_wave",
    "move_rule",
    "pause_programme",
    "pause_wave",
    "plan_wave",
    "remove_rule",
    "resume_programme",
    "resume_wave",
    "set_contact_limit",
    "start_programme",
    "weight_wave",
]
