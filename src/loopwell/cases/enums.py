"""How did an attempt end, where does a case stand, and why did somebody get it?"""

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


class Route(TextChoices):
    """Why this person got the case when it opened; empty when somebody chose them."""

    EMPLOYEE_MANAGER = "employee", _("Manager of the employee the answer is about")
    UNIT_MANAGER = "unit", _("Leads the unit")
    ACCOUNT_OWNER = "account", _("Owns the account")
    PROGRAMME = "programme", _("Nobody nearer could take it")


class Change(TextChoices):
    """What the customer did to their answer after the case had opened."""

    SCORE = "score", _("The score changed")
    COMMENT = "comment", _("A comment came")
    REFUSED = "refused", _("The customer no longer wants to be contacted")
    AGREED = "agreed", _("The customer agreed to be contacted")


class Tab(TextChoices):
    """The parts of the queue."""

    MINE = "mine", _("Mine")
    UNITS = "units", _("My units")
    LATE = "late", _("Late")
    WAITING = "waiting", _("Waiting")
    CLOSED = "closed", _("Closed")
