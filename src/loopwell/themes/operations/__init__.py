"""How does the list of root causes change, and how is what an interviewer found kept?"""

from loopwell.themes.operations.listing import (
    add_theme,
    record_root_causes,
    rename_theme,
    retire_theme,
)
from loopwell.themes.operations.proposing import accept_theme, merge_theme, propose_theme

__all__ = [
    "accept_theme",
    "add_theme",
    "merge_theme",
    "propose_theme",
    "record_root_causes",
    "rename_theme",
    "retire_theme",
]
