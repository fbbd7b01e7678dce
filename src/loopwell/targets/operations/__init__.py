"""What can be done with targets."""

from loopwell.targets.operations.aiming import TargetDraft, remove_target, set_target, set_targets
from loopwell.targets.operations.cascading import HandDown, Proposal, propose

__all__ = [
    "HandDown",
    "Proposal",
    "TargetDraft",
    "propose",
    "remove_target",
    "set_target",
    "set_targets",
]
