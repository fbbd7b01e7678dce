"""Where do competitors' scores come from?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PanelSource(TextChoices):
    FILE = "file", _("A file of a panel")
    SURVEY = "survey", _("A survey of ours")
