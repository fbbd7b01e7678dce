"""What does the bell on every page show?"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.rules import Actor
from loopwell.notify.queries import unread_count


@dataclass
class Bell:
    """Counts only when a page shows it, and once."""

    actor: Actor

    @cached_property
    def unread(self) -> int:
        return unread_count(self.actor)

    @property
    def words(self) -> str:
        if not self.unread:
            return _("Alarms")
        words = ngettext("Alarms: %(count)d not read", "Alarms: %(count)d not read", self.unread)
        return words % {"count": self.unread}


def bell_for(actor: Actor) -> Bell:
    return Bell(actor)
