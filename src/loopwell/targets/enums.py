"""For which lengths of time are targets set, and does a miss within the margin count?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Period(TextChoices):
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", _("Year")


class WithinMargin(TextChoices):
    """The declared policy for a score below its target by less than its margin of error."""

    SPARED = "spared", _("It does not count as a miss")
    COUNTS = "counts", _("It counts as a miss")


class Better(TextChoices):
    HIGHER = "higher", _("More is better")
    LOWER = "lower", _("Less is better")
