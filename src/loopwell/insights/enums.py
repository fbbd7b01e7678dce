"""How often does somebody get an answer by mail?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Every(TextChoices):
    DAY = "day", _("Every working day")
    WEEK = "week", _("Every Monday")
    MONTH = "month", _("On the first of the month")
