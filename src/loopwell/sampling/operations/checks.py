"""Do the numbers, the unit and the reasons of a plan make sense, and may its reader touch it?"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.queries import units_within
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Invalid, NotFound
from loopwell.sampling.enums import After, Channel
from loopwell.sampling.models import Wave
from loopwell.sampling.rules import LONGEST_DAYS
from loopwell.surveys.enums import ANONYMOUS


def check_reasons(exceptions: Mapping[After, str]) -> None:
    """Raises Invalid unless each contact rule is broken for a reason somebody wrote down."""
    if any(not reason.strip() for reason in exceptions.values()):
        message = _("Say why this may break the contact rules.")
        raise Invalid(message, fields={"exception_reason": [message]})


def check_discreet(kind: str, channel: str) -> None:
    """Raises Invalid where somebody would ask in person what nobody is to know."""
    if kind in ANONYMOUS and channel == Channel.PHONE:
        message = _("An anonymous survey is not asked by phone: the caller would know who said it.")
        raise Invalid(message, fields={"channel": [message]})


def check_numbers(size: int | None, reminders: Sequence[int], days: int) -> None:
    fields: dict[str, list[str]] = {}
    if size is not None and size < 1:
        fields["sample_size"] = [_("Ask at least one customer, or leave it empty for all.")]
    if not 1 <= days <= LONGEST_DAYS:
        fields["open_for_days"] = [_("Choose 1 to 365 days.")]
    if any(not 1 <= day < days for day in reminders):
        fields["reminders"] = [_("Remind while the survey is still open, or not at all.")]
    if fields:
        raise Invalid(_("Some numbers do not fit."), fields=fields)


def bound(actor: Actor, ref: str) -> Unit | None:
    """The unit below which is asked: the chosen one, else the actor's own; none: everywhere."""
    units = units_within(actor.within(Right.RUN_SURVEYS))
    if ref:
        unit = units.filter(ref=ref).first()
        if unit is None:
            message = _("There is no such unit.")
            raise Invalid(message, fields={"unit": [message]})
        return unit
    if actor.within(Right.RUN_SURVEYS).everything:
        return None
    if len(actor.within(Right.RUN_SURVEYS).paths) != 1:
        message = _("Choose the unit whose customers you want to ask.")
        raise Invalid(message, fields={"unit": [message]})
    return units.get(path=actor.within(Right.RUN_SURVEYS).paths[0])


def check_wave(actor: Actor, wave: Wave) -> None:
    """Raises unless the actor runs surveys where this sending asks."""
    require(actor, Right.RUN_SURVEYS)
    where = wave.unit.path if wave.unit else None
    if not actor.within(Right.RUN_SURVEYS).covers(where):
        raise NotFound(_("There is no such sending."))
