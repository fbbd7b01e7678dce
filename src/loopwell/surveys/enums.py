"""Which kinds of survey are there?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SurveyKind(TextChoices):
    RELATIONSHIP = "relationship", _("Relationship")
    TRANSACTIONAL = "transactional", _("Transactional")
