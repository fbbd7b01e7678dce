"""How is a rung of the ladder said in plain words?"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.cases.enums import Whom


def when_in_words(step: Any) -> str:
    hours = step.after_working_hours
    if not hours:
        return _("at once")
    words = ngettext("%(hours)d working hour later", "%(hours)d working hours later", hours)
    return words % {"hours": hours}


def whom_in_words(step: Any) -> str:
    """Told or takes over, as one sentence without its time."""
    name = step.person.name if step.person else ""
    if step.takes_over:
        words = {
            Whom.MANAGER: _("their manager takes it over"),
            Whom.UNIT: _("who leads the unit above takes it over"),
            Whom.PROGRAMME: _("who runs the programme takes it over"),
            Whom.PERSON: _("%(name)s takes it over"),
        }
    else:
        words = {
            Whom.OWNER: _("who has the case is told"),
            Whom.MANAGER: _("their manager is told"),
            Whom.UNIT: _("who leads the unit above is told"),
            Whom.PROGRAMME: _("who runs the programme is told"),
            Whom.PERSON: _("%(name)s is told"),
        }
    return words.get(Whom(step.whom), "") % {"name": name}
