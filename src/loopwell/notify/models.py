"""Who was told what, and did the message leave?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import User
from loopwell.cases.models import Case


class Alarm(models.Model):
    """One person told once about one case; claimed before it is sent, like every message."""

    user = models.ForeignKey(User, models.CASCADE, related_name="alarms")
    case = models.ForeignKey(Case, models.CASCADE, related_name="alarms")
    occasion = models.CharField(max_length=20)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "case", "occasion"], name="told_of_case_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.case_id} {self.occasion}"
