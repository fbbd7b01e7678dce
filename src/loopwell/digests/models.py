"""Which digest went to whom, did it help which team, and what is used by which team?

Use and opinions are kept by unit and day, never with who it was.
"""

from datetime import time

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.digests.enums import Edition, Used
from loopwell.kit.ids import new_ref


class Wish(models.Model):
    """Which editions somebody wants and when, once they have said so (else see rules.usual)."""

    user = models.OneToOneField(User, models.CASCADE, related_name="digest_wish")
    daily = models.BooleanField()
    weekly = models.BooleanField()
    monthly = models.BooleanField()
    at = models.TimeField(default=time(7, 30))

    def __str__(self) -> str:
        return f"{self.user_id}: {self.at}"


class Digest(models.Model):
    """One edition for one person and day; claimed before it is sent, and sent at most once.

    Claimed and neither sent, paused nor failed after a while: perhaps it left, nobody knows.
    `voted_at` keeps a digest from being judged twice; what was said is in Opinion.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="digests")
    edition = models.CharField(max_length=8, choices=Edition.choices)
    day = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    voted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "edition", "day"], name="one_digest_each")
        ]
        indexes = [
            # Serves the sending: digests nobody has claimed or given up.
            models.Index(
                fields=["id"],
                name="digest_waiting",
                condition=models.Q(claimed_at=None, failed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.edition} {self.day}"


class Opinion(models.Model):
    """Whether a digest helped somebody of this unit; not who."""

    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="digest_opinions")
    day = models.DateField()
    edition = models.CharField(max_length=8, choices=Edition.choices)
    helped = models.BooleanField()
    sentence = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["day"], name="opinions_by_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}: {self.helped}"


class Use(models.Model):
    """How many people of a unit used something on a day; not who."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="use")
    day = models.DateField()
    what = models.CharField(max_length=8, choices=Used.choices)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day", "what"], name="use_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.what}: {self.people}"


class Heard(models.Model):
    """Somebody marked what was picked for them in a week as read; `week` is its Monday."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    week = models.DateField()
    ref = models.CharField(max_length=14)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "week", "ref"], name="heard_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.week} {self.ref}"
