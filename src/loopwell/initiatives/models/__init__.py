"""What is an initiative made of?"""

from loopwell.initiatives.models.initiative import Decision, Initiative, StateChange
from loopwell.initiatives.models.parts import Comment, Link, Milestone, Raised, RollOut, Task
from loopwell.initiatives.models.telling import Telling, Told

__all__ = [
    "Comment",
    "Decision",
    "Initiative",
    "Link",
    "Milestone",
    "Raised",
    "RollOut",
    "StateChange",
    "Task",
    "Telling",
    "Told",
]
