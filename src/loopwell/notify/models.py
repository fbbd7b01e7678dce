"""Who was told what, and did the message leave?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import User
from loopwell.cases.models import Case


class Alarm(models.Model):
    """One person told once about one case; claimed before it is sent, like every message.

    Claimed and neither sent nor failed after a while: the worker died in between, nobody
    knows whether it left, and it is never sent again.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="alarms")
    case = models.ForeignKey(Case, models.CASCADE, related_name="alarms")
    occasion = models.CharField(max_length=30)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "case", "occasion"], name="told_of_case_once")
        ]
        indexes = [
            # Serves the sending: alarms nobody has claimed or given up.
            models.Index(
                fields=["id"],
                name="alarm_waiting",
                condition=models.Q(claimed_at=None, failed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.case_id} {self.occasion}"
