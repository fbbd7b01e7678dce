"""How pressing is an alarm, and in which way does somebody want to be told?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Urgency(TextChoices):
    AT_ONCE = "at_once", _("At once")
    SOON = "soon", _("Soon")
    MAY_WAIT = "may_wait", _("May wait")


class How(TextChoices):
    """When a channel hands an alarm over. The daily digest is a mail of its own."""

    NOW = "now", _("At once")
    HOURLY = "hourly", _("Once an hour, together")
    DAILY = "daily", _("In the daily digest")
    OFF = "off", _("Not")


IN_APP, EMAIL, CHAT = "app", "email", "chat"
"""Names of channels; others register in notify.channels."""
