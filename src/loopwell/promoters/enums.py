"""What is offered to promoters, and what became of a referral?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Step(TextChoices):
    """Something a promoter, or a friend of theirs, did with an offer."""

    OFFERED = "offered", _("Offered")
    REVIEW = "review", _("Went to a review page")
    COMMUNITY = "community", _("Went to the community")
    VISIT = "visit", _("A friend opened their link")


class How(TextChoices):
    """How a promoter was thanked."""

    CALL = "call", _("By a call")
    LETTER = "letter", _("By a letter")
    PERSON = "person", _("In person")


class ReferralState(TextChoices):
    NEW = "new", _("New")
    CONTACTED = "contacted", _("Contacted")
    WON = "won", _("Won")
    LOST = "lost", _("Not interested")
