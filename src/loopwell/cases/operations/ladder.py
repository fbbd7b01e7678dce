"""How does the company decide who learns that a case is late?"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor, require
from loopwell.cases.enums import Whom
from loopwell.cases.models import EscalationStep
from loopwell.cases.queries import able_to_work
from loopwell.kit.errors import Invalid

LONGEST = 500  # working hours, as for promises


@dataclass(frozen=True)
class Rung:
    """One step as somebody wants it; `person` only when `whom` is a person."""

    after_working_hours: int
    whom: Whom
    person: User | None = None
    takes_over: bool = False


@transaction.atomic
def save_step(
    *, actor: Actor, now: datetime, step: EscalationStep | None, wanted: Rung
) -> EscalationStep:
    """Changes a rung or, without one, adds it; cases late already go on by the new ladder."""
    require(actor, Right.RUN_SURVEYS)
    _check(step, wanted)
    changed = step or EscalationStep()
    changed.after_working_hours = wanted.after_working_hours
    changed.whom = wanted.whom
    changed.person = wanted.person if wanted.whom == Whom.PERSON else None
    changed.takes_over = wanted.takes_over and wanted.whom != Whom.OWNER
    changed.save()
    return changed


@transaction.atomic
def remove_step(*, actor: Actor, now: datetime, step: EscalationStep) -> None:
    """Who was told by it stays told."""
    require(actor, Right.RUN_SURVEYS)
    step.delete()


def _check(step: EscalationStep | None, wanted: Rung) -> None:
    fields: dict[str, list[str]] = {}
    if not 0 <= wanted.after_working_hours <= LONGEST:
        fields["after_working_hours"] = [_("Give 0 to 500 working hours.")]
    if wanted.whom == Whom.PERSON:
        if wanted.person is None:
            fields["person"] = [_("Say who is told.")]
        elif not able_to_work([wanted.person.pk]):
            words = _("%(name)s does not work on cases.")
            fields["person"] = [words % {"name": wanted.person}]
    same = EscalationStep.objects.filter(
        after_working_hours=wanted.after_working_hours, whom=wanted.whom, person=wanted.person
    )
    if not fields and same.exclude(pk=step.pk if step else 0).exists():
        fields["whom"] = [_("The ladder has this step already.")]
    if fields:
        raise Invalid(" ".join(t for texts in fields.values() for t in texts), fields=fields)
