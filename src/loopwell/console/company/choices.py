"""Which units can somebody who gives access choose from?"""

from loopwell.access.queries import in_order, managed_units
from loopwell.access.rules import Actor

STEP = "\u2003"  # an em space: a select cannot be indented otherwise


def unit_choices(actor: Actor, without: str = "") -> list[tuple[str, str]]:
    """The tree as a list; `without` is the path of a branch that cannot be chosen."""
    return [
        (unit.ref, f"{STEP * depth}{unit.name}")
        for unit, depth in in_order(managed_units(actor))
        if not (without and unit.path.startswith(without))
    ]
