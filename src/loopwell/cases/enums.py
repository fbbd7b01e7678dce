"""How did an attempt end, where does a case stand, and why did somebody get it?"""

from django.db.models import IntegerChoices, TextChoices
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
    MERGED = "merged", _("Goes on in another case")


class Trigger(TextChoices):
    ANSWER = "answer", _("An answer")
    SILENCE = "silence", _("No answer from somebody who was asked")


class Priority(IntegerChoices):
    HIGH = 1, _("High")
    NORMAL = 2, _("Normal")
    LOW = 3, _("Low")


class ChurnRisk(TextChoices):
    """What the caller felt, not what a model says."""

    LOW = "low", _("Will stay")
    MEDIUM = "medium", _("Undecided")
    HIGH = "high", _("About to leave")
    GONE = "gone", _("Has left")


class RedressState(TextChoices):
    GIVEN = "given", _("Given")
    ASKED = "asked", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class Direction(TextChoices):
    OUT = "out", _("To the customer")
    IN = "in", _("From the customer")


class NoteKind(TextChoices):
    COACHING = "coaching", _("Coaching")
    PRAISE = "praise", _("Praise")


class Late(TextChoices):
    """Which promise was not kept."""

    CONTACT = "contact", _("First contact")
    RESOLVE = "resolve", _("Resolution")


class Whom(TextChoices):
    """To whom a late case goes up."""

    OWNER = "owner", _("Who has the case")
    MANAGER = "manager", _("Their manager")
    UNIT = "unit", _("Who leads the unit above")
    PROGRAMME = "programme", _("Who runs the programme")
    PERSON = "person", _("A person")


class Route(TextChoices):
    """Whom a rule gives its cases to, and why somebody got one; empty when somebody chose them.

    NEAREST is only for rules: the employee's manager, the account's owner, who leads the unit,
    whichever is first.
    """

    NEAREST = "nearest", _("The nearest who is responsible")

    EMPLOYEE_MANAGER = "employee", _("Manager of the employee the answer is about")
    UNIT_MANAGER = "unit", _("Leads the unit")
    ACCOUNT_OWNER = "account", _("Owns the account")
    CALL_BACK = "call_back", _("Call-back team")
    UNIT_TEAM = "team", _("The unit's team, by turns")
    PERSON = "person", _("One person")
    ESCALATED = "escalated", _("It was late and went up")
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
    ESCALATED = "escalated", _("Came up to me")
    WAITING = "waiting", _("Waiting")
    CLOSED = "closed", _("Closed")


class Sort(TextChoices):
    """In which order the queue shows open cases; closed ones come newest first."""

    NEXT = "next", _("What is next")
    DUE = "due", _("Promised first")
    PRIORITY = "priority", _("Most urgent")
    VALUE = "value", _("Biggest account")
    NEWEST = "newest", _("Newest")
