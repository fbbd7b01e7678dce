"""Through which door did an answer come?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Source(TextChoices):
    EMAIL = "email", _("E-mail")
    API = "api", _("API")
    IMPORT = "import", _("Import")
