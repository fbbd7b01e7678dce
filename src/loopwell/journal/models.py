"""What happened, in which order, and how far has each consumer read?"""

from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One thing that happened; never changed, never deleted.

    On PostgreSQL the table also has `xid xid8`, the writing transaction (migration 0002):
    readers order by (xid, id), because ids are handed out before commit.
    """

    type = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=60)
    subject = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    payload = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject", "subject_id", "id"], name="entry_of_subject")]

    def __str__(self) -> str:
        return f"{self.id} {self.type}"


class Cursor(models.Model):
    """How far one consumer has read, and how it is doing."""

    consumer = models.CharField(max_length=60, unique=True)
    xid = models.BigIntegerField(default=0)
    entry_id = models.BigIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    moved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.consumer


class ParkedEntry(models.Model):
    """An entry that a consumer failed on again and again: put aside, visibly."""

    consumer = models.CharField(max_length=60)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="parked")
    error = models.TextField()
    parked_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consumer", "entry"], name="parked_once")]

    def __str__(self) -> str:
        return f"{self.consumer}: {self.entry_id}"
