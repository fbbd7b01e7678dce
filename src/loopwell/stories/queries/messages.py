"""What does everybody say alike at a touchpoint?"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.kit.errors import NotFound
from loopwell.stories.models import KeyMessage


def key_messages(actor: Actor, *, touchpoint: str = "") -> QuerySet[KeyMessage]:
    if not actor.may(Right.READ_ANSWERS):
        return KeyMessage.objects.none()
    rows = KeyMessage.objects.filter(retired_at=None).select_related("survey", "updated_by")
    return rows.filter(touchpoint=touchpoint) if touchpoint else rows


def key_message_by_ref(actor: Actor, ref: str) -> KeyMessage:
    found = key_messages(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such key message."))
    return found
