"""Who reads the name of the employee an answer is about?"""

from loopwell.access.enums import Role
from loopwell.access.rules import Actor


def reads_every_name(actor: Actor) -> bool:
    """Who works at the front line alone sees own feedback by name, colleagues' without."""
    return actor.roles != frozenset({Role.FRONT_LINE})


def reads_name(actor: Actor, employee_id: int | None) -> bool:
    if employee_id is None:
        return False
    return reads_every_name(actor) or employee_id == actor.user_id
