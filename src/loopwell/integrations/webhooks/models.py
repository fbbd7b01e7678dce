"""Which addresses want to hear of what, what was sent to each, and how did it go?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.kit.ids import new_ref


class Endpoint(models.Model):
    """An address of another system; it hears of `unit` and what is below.

    `sealed` is the signing secret (kit.sealing), `sealed_before` the one before it, still signed
    with until `before_until`. `failures` counts tries without a success in between; after one,
    nothing is sent before `retry_at`. Paused: what happens is kept and sent when it goes on.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=100)
    url = models.CharField(max_length=1000)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="webhooks")
    types = models.JSONField(default=list)
    with_comments = models.BooleanField(default=False)
    sealed = models.TextField()
    sealed_before = models.TextField(blank=True)
    before_until = models.DateTimeField(null=True)
    is_on = models.BooleanField(default=True)
    paused_at = models.DateTimeField(null=True)
    paused_why = models.CharField(max_length=300, blank=True)
    failures = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One event for one endpoint; `body` is sent as it stands, however often it is tried.

    `entry_id` is the journal's, None for a test. Claimed and silent for a while: the worker died;
    it is tried again, as receivers know it by its id (`ref`).
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    entry_id = models.BigIntegerField(null=True)
    type = models.CharField(max_length=60)
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "entry_id"], name="delivered_once")
        ]
        indexes = [
            # Serves the sending: what waits.
            models.Index(
                fields=["next_at", "id"],
                name="delivery_waiting",
                condition=models.Q(delivered_at=None, failed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.ref}"


class Attempt(models.Model):
    """One try: what the other side answered, or why there was no answer."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    reply = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.status or self.error}"
