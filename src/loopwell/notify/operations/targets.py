"""How does somebody add a chat, a phone or a team channel, and try whether it works?"""

from datetime import datetime

from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor, require
from loopwell.delivery.transports import Outcome, Unreachable
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.kit.sealing import seal
from loopwell.notify.channels import CHANNELS, Parcel
from loopwell.notify.models import Target
from loopwell.notify.operations.wishing import own_user
from loopwell.notify.queries import target_by_ref
from loopwell.notify.wording import Words, as_they_read

PURPOSE = "alarm-target"
MOST_TARGETS = 10


def add_own_target(*, actor: Actor, now: datetime, channel: str, name: str, address: str) -> Target:
    """`address` is what the channel understands; raises Invalid for what must not be called."""
    user = own_user(actor)
    if Target.objects.filter(user=user).count() >= MOST_TARGETS:
        raise Invalid(_("You have %(count)d already: remove one first.") % {"count": MOST_TARGETS})
    return _add(actor, now, channel, name, address, user=user)


def add_unit_target(
    *, actor: Actor, now: datetime, channel: str, name: str, address: str, unit: Unit
) -> Target:
    """A channel that everything about the unit and those below it goes to."""
    require(actor, Right.COACH)
    if not actor.within(Right.COACH).covers(unit.path):
        raise Forbidden(_("You do not lead this unit."))
    return _add(actor, now, channel, name, address, unit=unit)


def _add(
    actor: Actor,
    now: datetime,
    channel: str,
    name: str,
    address: str,
    *,
    user: User | None = None,
    unit: Unit | None = None,
) -> Target:
    way = CHANNELS.get(channel)
    if way is None or way.check is None:
        raise Invalid(_("There is no such way to be told."))
    shown = way.check(address.strip())
    return Target.objects.create(
        channel=channel,
        user=user,
        unit=unit,
        name=name.strip()[:100] or shown[:100],
        sealed=seal(address.strip(), purpose=PURPOSE),
        shown=shown[:200],
        created_by_id=actor.user_id,
        created_at=now,
    )


def switch_target(*, actor: Actor, now: datetime, ref: str, is_on: bool) -> Target:
    target = target_by_ref(actor, ref)
    target.is_on = is_on
    target.save(update_fields=["is_on"])
    return target


def remove_target(*, actor: Actor, now: datetime, ref: str) -> None:
    target_by_ref(actor, ref).delete()


def try_target(*, actor: Actor, now: datetime, ref: str) -> str:
    """Sends a test at once; returns what went wrong, "" when it left."""
    target, user = target_by_ref(actor, ref), own_user(actor)
    with as_they_read(user):
        said = _("This is a test from Loopwell: alarms will arrive here.")
    carrier = CHANNELS[target.channel].carrier()
    try:
        carrier.open()
        words = Words(subject="Loopwell", text=said, html=said, short=said)
        result = carrier.send(Parcel(f"test-{target.ref}", words, user, target))
        problem = "" if result.outcome is Outcome.SENT else result.detail or result.outcome.value
    except Unreachable as error:
        problem = str(error)
    finally:
        carrier.close()
    facts = {"last_error": problem[:500]} | ({} if problem else {"last_sent_at": now})
    Target.objects.filter(pk=target.pk).update(**facts)
    return problem
