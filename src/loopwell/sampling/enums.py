"""Which programmes, channels, links, rules and quotas are there?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(TextChoices):
    RELATIONSHIP = "relationship", _("Relationship: everybody once per cycle")
    TRANSACTIONAL = "transactional", _("Transactional: after a contact")
    LINK = "link", _("Always on: links, QR codes, kiosks, website")


class Channel(TextChoices):
    """Ours; further ones register with delivery under a name of their own."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    PHONE = "phone", _("Phone")


class LinkKind(TextChoices):
    LINK = "link", _("Link")
    QR = "qr", _("QR code")
    KIOSK = "kiosk", _("Kiosk")
    EMBED = "embed", _("Website or app")


class After(TextChoices):
    """After what a customer is left alone."""

    INVITATION = "invitation", _("an invitation")
    ANSWER = "answer", _("an answer")
    DECLINE = "decline", _("a decline")
    CALL = "call", _("a call from us")


class QuotaPeriod(TextChoices):
    DAY = "day", _("day")
    WEEK = "week", _("week")
    MONTH = "month", _("month")
