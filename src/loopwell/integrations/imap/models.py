"""Which mailbox do replies come to, how far was it read, and what went wrong last?"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Security(models.TextChoices):
    TLS = "tls", _("TLS (usual, port 993)")
    STARTTLS = "starttls", _("STARTTLS (port 143)")
    NONE = "none", _("None: only inside your own network")


class Mailbox(models.Model):
    """The one mailbox of the company; one row.

    `sealed` is the password, sealed by kit.sealing. Mails up to `last_uid` of the mailbox's
    `validity` were taken; before the first reading those since `since` are.
    """

    host = models.CharField(max_length=200)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    user = models.CharField(max_length=200)
    sealed = models.TextField()
    folder = models.CharField(max_length=200, default="INBOX")
    done_folder = models.CharField(max_length=200, blank=True)
    is_on = models.BooleanField(default=True)
    since = models.DateTimeField(default=timezone.now)
    validity = models.CharField(max_length=40, blank=True)
    last_uid = models.PositiveBigIntegerField(default=0)
    last_read_at = models.DateTimeField(null=True)
    last_taken_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.host}"
