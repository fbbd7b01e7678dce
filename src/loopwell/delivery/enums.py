"""What is a message for, and what became of it?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    INVITATION = "invitation", _("Invitation")
    REMINDER = "reminder", _("Reminder")


class State(TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Bounced")
    UNSURE = "unsure", _("Perhaps sent")
    SKIPPED = "skipped", _("Not needed any more")


class Reason(TextChoices):
    UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
    BOUNCED = "bounced", _("Address does not exist")
    COMPLAINED = "complained", _("Reported as spam")
    MANUAL = "manual", _("Added by hand")


class CallOutcome(TextChoices):
    """How a survey's call ended."""

    ANSWERED = "answered", _("Answered")
    NOT_REACHED = "not_reached", _("Not reached")
    CALL_BACK = "call_back", _("Call back later")
    REFUSED = "refused", _("Does not want to answer")
    WRONG_NUMBER = "wrong_number", _("Wrong number")


class InvitationState(TextChoices):
    """How far an invitation came, or where it ended."""

    PLANNED = "planned", _("Planned")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    OPENED = "opened", _("Opened")
    STARTED = "started", _("Started to answer")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")
    BOUNCED = "bounced", _("Came back")
    COMPLAINED = "complained", _("Reported as spam")
    EXPIRED = "expired", _("Expired without an answer")
