"""How does somebody say what they want to be told, how, and when not?"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.models import User
from loopwell.access.rules import Actor
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.notify.channels import CHANNELS
from loopwell.notify.enums import EMAIL, IN_APP, How
from loopwell.notify.kinds import KINDS
from loopwell.notify.models import Preference, QuietHours
from loopwell.notify.queries import wishes_of_all
from loopwell.notify.rules import Quiet, default_how

ALLOWED = {
    IN_APP: (How.NOW, How.OFF),
    EMAIL: (How.NOW, How.HOURLY, How.DAILY, How.OFF),
}
CHAT_ALLOWED = (How.NOW, How.HOURLY, How.OFF)


def allowed_hows(channel: str) -> tuple[How, ...]:
    return ALLOWED.get(channel, CHAT_ALLOWED)


@transaction.atomic
def set_preferences(*, actor: Actor, now: datetime, wanted: Mapping[tuple[str, str], How]) -> None:
    """`wanted` is by kind and channel; what is as by default is not stored, so that a better
    default reaches whoever never chose."""
    user = own_user(actor)
    wishes = wishes_of_all([user], now)[user.pk]
    for (name, channel), how in wanted.items():
        known = name in KINDS and (channel == IN_APP or channel in CHANNELS)
        if not known or how not in allowed_hows(channel):
            raise Invalid(_("This cannot be chosen: %(kind)s, %(channel)s, %(how)s.") % {
                "kind": name, "channel": channel, "how": how,
            })  # fmt: skip
        rows = Preference.objects.filter(user=user, kind=name, channel=channel)
        if how is default_how(channel, KINDS[name].urgency, wishes.roles):
            rows.delete()
        else:
            Preference.objects.update_or_create(
                user=user, kind=name, channel=channel, defaults={"how": how}
            )


def set_quiet_hours(*, actor: Actor, now: datetime, quiet: Quiet) -> None:
    if (quiet.begins is None) != (quiet.ends is None):
        message = _("Say both when it begins and when it ends, or leave both empty.")
        raise Invalid(message, fields={"begins": [message]})
    QuietHours.objects.update_or_create(
        user=own_user(actor),
        defaults={
            "begins": quiet.begins,
            "ends": quiet.ends,
            "weekends": quiet.weekends,
            "urgent_passes": quiet.urgent_passes,
        },
    )


def own_user(actor: Actor) -> User:
    """Only people have wishes; a key or the system has not."""
    if actor.user_id is None:
        raise Forbidden(_("Only a person can do this."))
    return User.objects.get(pk=actor.user_id)
