"""From where to where may an initiative move, and who decides that?"""

from loopwell.initiatives.enums import State

OPEN = (State.IDEA, State.APPROVED, State.RUNNING)
AT_WORK = (State.APPROVED, State.RUNNING)

MOVES: dict[State, tuple[State, ...]] = {
    State.IDEA: (State.APPROVED, State.STOPPED),
    State.APPROVED: (State.RUNNING, State.IDEA, State.STOPPED),
    State.RUNNING: (State.DONE, State.STOPPED),
    State.DONE: (State.RUNNING,),
    State.STOPPED: (State.IDEA,),
}
WORKED = {(State.APPROVED, State.RUNNING), (State.RUNNING, State.DONE)}
"""Moves of those who work on it; all others are decided for the whole company."""
EXPLAINED = {
    (State.IDEA, State.STOPPED),
    (State.APPROVED, State.STOPPED),
    (State.APPROVED, State.IDEA),
    (State.RUNNING, State.STOPPED),
    (State.DONE, State.RUNNING),
    (State.STOPPED, State.IDEA),
}
"""Moves that need words: what ends before it was done, and what comes back."""
