"""How does the company go a step further, or back, with whom it calls?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from loopwell.access.rules import Actor
from loopwell.cases.models import Rule
from loopwell.cases.operations.ruling import last_position, may_rule, tell_rule
from loopwell.cases.queries.widening import Change, Step, changes


@transaction.atomic
def widen(*, actor: Actor, now: datetime, step: Step) -> Sequence[Change]:
    """Changes the rules about the score alone; those with further conditions stay as they are."""
    may_rule(actor)
    wanted = changes(step, list(Rule.objects.select_for_update()))
    for change in wanted:
        if change.before is None:
            change.after.position = last_position() + 1
        change.after.save()
        tell_rule(actor, now, change.after, change.what)
    return wanted
