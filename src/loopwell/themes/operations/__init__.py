"""How does the taxonomy change, and how is what people and programs found kept?"""

from loopwell.themes.operations.merging import Part, merge_theme, split_theme
from loopwell.themes.operations.proposing import accept_theme, propose_theme
from loopwell.themes.operations.recording import record_root_causes
from loopwell.themes.operations.rules import RuleDraft, remove_rule, switch_rule, write_rule
from loopwell.themes.operations.taxonomy import (
    Words,
    add_theme,
    describe_theme,
    move_theme,
    restore_theme,
    retire_theme,
)

__all__ = [
    "Part",
    "RuleDraft",
    "Words",
    "accept_theme",
    "add_theme",
    "describe_theme",
    "merge_theme",
    "move_theme",
    "propose_theme",
    "record_root_causes",
    "remove_rule",
    "restore_theme",
    "retire_theme",
    "split_theme",
    "switch_rule",
    "write_rule",
]
