"""Where does a commitment or a raised issue stand?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CommitmentState(TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class IssueState(TextChoices):
    NEW = "new", _("New")
    ASKED = "asked", _("Waits for those who raised it")
    ACCEPTED = "accepted", _("In work")
    ANSWERED = "answered", _("Answered")
    JOINED = "joined", _("Joined to another")
