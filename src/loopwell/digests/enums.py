"""Which editions of the digest are there, and what counts as use?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Edition(TextChoices):
    DAILY = "daily", _("Every working day")
    WEEKLY = "weekly", _("On Mondays")
    MONTHLY = "monthly", _("On the first of the month")


class Used(TextChoices):
    """What somebody opened; counted by team and day."""

    HOME = "home", _("Opened the home page")
    FEED = "feed", _("Opened the answers")
    DIGEST = "digest", _("Followed the digest")
