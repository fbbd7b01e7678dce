"""Which work runs later, and when does the clock strike next?"""

from django.db import models
from django.utils import timezone

from loopwell.kit.ids import new_ref


class Job(models.Model):
    """One piece of work: claimed under a lease, retried with back-off, watched by its ref."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    kind = models.CharField(max_length=80)
    args = models.JSONField(default=dict)
    actor = models.CharField(max_length=60, default="system")
    dedupe_key = models.CharField(max_length=120, null=True, unique=True)
    run_at = models.DateTimeField(default=timezone.now)
    attempts = models.IntegerField(default=0)
    max_attempts = models.IntegerField(default=5)
    leased_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        indexes = [
            # Serves the claim: the next due job that is neither finished nor given up.
            models.Index(
                fields=["run_at", "id"],
                name="job_due",
                condition=models.Q(finished_at=None, failed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class Schedule(models.Model):
    """When a recurring piece of work is due next."""

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name
