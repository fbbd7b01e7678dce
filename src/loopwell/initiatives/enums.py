"""Where does an initiative stand, of which kind is it, and where did it come from?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    IDEA = "idea", _("Idea")
    APPROVED = "approved", _("Approved")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


class Kind(TextChoices):
    FIX = "fix", _("Fixes a problem")
    COMPETES = "competes", _("Competes for the same budget")


class Origin(TextChoices):
    PAIN_MAP = "pain_map", _("The pain map")
    ISSUE = "issue", _("An issue that a team raised")
    CALL = "call", _("A call with a customer")
    OTHER = "other", _("Another way")


class NotTold(TextChoices):
    """Why a customer who named the problem is not written to."""

    NO_CONSENT = "no_consent", _("did not agree to be contacted")
    NO_ADDRESS = "no_address", _("no e-mail address")
    OPTED_OUT = "opted_out", _("want no more mail from us")
    SUPPRESSED = "suppressed", _("address came back or is never to be used")
