"""What does each person want to hear, by which way, and when not?"""

from django.db import models

from loopwell.access.models import User
from loopwell.notify.enums import How


class Preference(models.Model):
    """One kind of alarm by one channel, where the person wants it other than by default."""

    user = models.ForeignKey(User, models.CASCADE, related_name="alarm_preferences")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    how = models.CharField(max_length=10, choices=How.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="preferred_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.channel}: {self.how}"


class QuietHours(models.Model):
    """When a person wants peace, in their own time zone; both None: never.

    Without a row the default of notify.rules holds.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="quiet_hours")
    begins = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    weekends = models.BooleanField(default=False)
    urgent_passes = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.begins} to {self.ends}"
