"""How do the answers of a sending come to mirror its customer base?"""

from collections.abc import Sequence
from datetime import datetime

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.sampling.models import Wave, Weighting

MOST_WEIGHT = 5.0


def weight_wave(
    *,
    actor: Actor,
    wave: Wave,
    properties: Sequence[str],
    now: datetime,
    cap: float = MOST_WEIGHT,
) -> Weighting:
    require(actor, Right.RUN_SURVEYS)
    raise NotImplementedError
