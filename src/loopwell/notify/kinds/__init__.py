"""Of what can people be told, in which words, and how pressing is it?"""

from loopwell.notify.kinds import cases, company, initiatives
from loopwell.notify.kinds.registry import KINDS, TURN, Kind, Seen, kind_of, register

__all__ = [
    "KINDS",
    "TURN",
    "Kind",
    "Seen",
    "cases",
    "company",
    "initiatives",
    "kind_of",
    "register",
]
