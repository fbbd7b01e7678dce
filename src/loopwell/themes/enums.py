"""What kind of problem is a theme, and who found it?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ThemeKind(TextChoices):
    DEFECT = "defect", _("Defect")
    PERCEPTION = "perception", _("Perception")
    EXPECTATION = "expectation", _("Expectation")
    ABSENCE = "absence", _("Absence")
    DELIGHT = "delight", _("Delight")


class MentionSource(TextChoices):
    INTERVIEWER = "interviewer", _("Found in the call")
