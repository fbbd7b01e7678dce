"""Where, besides e-mail, can a person or a team be reached?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.kit.ids import new_ref


class Target(models.Model):
    """A chat, phone or team channel: a person's own, or a unit's for all its alarms.

    `sealed` is the address with its secrets (kit.sealing); `shown` is what pages may show of it.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    channel = models.CharField(max_length=20)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="alarm_targets")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="alarm_targets")
    name = models.CharField(max_length=100)
    sealed = models.TextField()
    shown = models.CharField(max_length=200)
    is_on = models.BooleanField(default=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="target_is_a_persons_or_a_units",
                condition=models.Q(user__isnull=False, unit__isnull=True)
                | models.Q(user__isnull=True, unit__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name
