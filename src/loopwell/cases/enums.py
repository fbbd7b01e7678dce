"""How did an attempt end, and where does a case stand?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    REFUSED = "refused", _("Does not want to talk")


class Stage(TextChoices):
    """Derived from the records, never stored: see cases.rules.stage_of."""

    NEW = "new", _("To call")
    WAITING = "waiting", _("Call again later")
    REACHED = "reached", _("Reached, not closed")
    CLOSED = "closed", _("Closed")


class Result(TextChoices):
    SOLVED = "solved", _("Solved")
    EXPLAINED = "explained", _("Explained")
    PASSED_ON = "passed_on", _("Passed on")
    UNREACHABLE = "unreachable", _("Not reached")
    NO_CONTACT = "no_contact", _("Did not want to talk")
