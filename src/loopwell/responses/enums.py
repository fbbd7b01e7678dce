"""Through which door did an answer come, and why may it not be a customer's?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Source(TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    LINK = "link", _("Link")
    QR = "qr", _("QR code")
    KIOSK = "kiosk", _("Kiosk")
    EMBED = "embed", _("Website")
    PHONE = "phone", _("Phone")
    API = "api", _("API")
    IMPORT = "import", _("Import")


class Doubt(TextChoices):
    """Why an answer is held."""

    HONEYPOT = "honeypot", _("Filled in a field that people do not see")
    SCANNER = "scanner", _("A mail scanner had opened every link just before")
    TOO_SOON = "too_soon", _("Came seconds after the message was delivered")
    BURST = "burst", _("Many answers through the same link within minutes")
    REPEATED = "repeated", _("The same device answered again")
