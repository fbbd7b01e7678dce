"""How would today's digest of this person read?"""

from datetime import datetime

from django.utils.translation import gettext as _

from loopwell.access.models import User
from loopwell.access.rules import Actor
from loopwell.digests.enums import Edition
from loopwell.digests.models import Digest
from loopwell.digests.operations.planning import working_days, zone_of
from loopwell.digests.operations.sending import brief_of
from loopwell.digests.wording import words_for
from loopwell.kit.errors import NotFound


def preview(*, actor: Actor, now: datetime, edition: Edition) -> str:
    """The mail's HTML as it would be now; nothing is kept, and its links judge nothing."""
    if actor.user_id is None:
        raise NotFound(_("Only people have a home page and digests."))
    user = User.objects.select_related("unit").get(pk=actor.user_id)
    hours = working_days([user])
    digest = Digest(user=user, edition=edition, day=now.astimezone(zone_of(user, hours)).date())
    found, zone = brief_of(digest, hours, {}, now)
    return words_for(digest, found, paused=0, zone=zone).html
