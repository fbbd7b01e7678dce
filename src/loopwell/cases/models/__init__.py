"""Which customers must be called, by whom, what was tried and what was learnt?

`rules`: when a case opens and who gets it. `clock`: when units work, what happens when it is late.
`case`: the case and what happened to it. `learning`: what the call brought, redress, next actions.
`talk`: notes, files, who looks on. `letters`: mail to and from the customer. `people`: coaching
and training.
"""

from collections.abc import Sequence

from loopwell.cases.models.case import (
    Assignment,
    Attempt,
    Callback,
    Case,
    Closure,
    Draft,
    JoinedAnswer,
    Note,
    Reopening,
)
from loopwell.cases.models.clock import DayOff, Escalation, EscalationStep, WorkingTime
from loopwell.cases.models.learning import CallGuide, FurtherAction, Policy, Redress, RedressLimit
from loopwell.cases.models.letters import Letter, LetterTemplate, StrayMail
from loopwell.cases.models.people import CoachingNote, Completion, Training
from loopwell.cases.models.rules import Rule
from loopwell.cases.models.talk import File, Presence, Remark

__all__: Sequence[str] = [
    "Assignment",
    "Attempt",
    "CallGuide",
    "Callback",
    "Case",
    "Closure",
    "CoachingNote",
    "Completion",
    "DayOff",
    "Draft",
    "Escalation",
    "EscalationStep",
    "File",
    "FurtherAction",
    "JoinedAnswer",
    "Letter",
    "LetterTemplate",
    "Note",
    "Policy",
    "Presence",
    "Redress",
    "RedressLimit",
    "Remark",
    "Reopening",
    "Rule",
    "StrayMail",
    "Training",
    "WorkingTime",
]
