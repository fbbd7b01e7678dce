"""Which messages left, did they arrive, and which addresses must never be used again?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import User
from loopwell.delivery.enums import CallOutcome, Purpose, Reason, State
from loopwell.kit.ids import new_ref
from loopwell.sampling.enums import Channel
from loopwell.sampling.models import Invitation


class Message(models.Model):
    """One attempt to tell one customer something; it goes out at most once.

    A row is claimed (SENDING) and marked as handed over (`handed_at`) before the server hears of
    it. If the worker dies before that mark, it waits again; if after it, nobody knows whether it
    left: it becomes UNSURE and is never sent again. `number` counts reminders.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="messages")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    number = models.PositiveSmallIntegerField(default=0, db_default=0)
    channel = models.CharField(max_length=20, default=Channel.EMAIL, db_default=Channel.EMAIL)
    to = models.CharField(max_length=254)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    clicked_at = models.DateTimeField(null=True)
    complained_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "purpose", "number"], name="told_once")
        ]
        indexes = [
            models.Index(
                fields=["id"], name="message_waiting", condition=models.Q(state=State.QUEUED)
            ),
            models.Index(fields=["message_id"], name="message_by_id"),
            # Serves the search for what senders that died left behind.
            models.Index(
                fields=["claimed_at"],
                name="message_in_hand",
                condition=models.Q(claimed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.to}"


class Suppression(models.Model):
    """An address (lower case) that must never be used again."""

    address = models.CharField(max_length=254, unique=True)
    reason = models.CharField(max_length=14, choices=Reason.choices)
    detail = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.address


class DomainLimit(models.Model):
    """How fast mail may go to one provider, known by its domains ("gmail.com"); all senders keep
    to it together.

    `used` messages left in the minute that began at `minute_began`. After refusals that ask for
    patience a domain rests by itself until `rests_until`, longer each time (`rests`); `said` is
    its last refusal.
    """

    name = models.CharField(max_length=100, unique=True)
    domains = models.JSONField(default=list)
    per_minute = models.PositiveIntegerField(null=True)
    minute_began = models.DateTimeField(null=True)
    used = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)
    rests = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CallAttempt(models.Model):
    """One call to a customer who is asked by phone, and how it ended."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="calls")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=CallOutcome.choices)

    class Meta:
        ordering = ["-id"]
        indexes = [
            # Serves a caller's numbers of today.
            models.Index(fields=["by", "at"], name="call_of_caller"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at:%Y-%m-%d %H:%M}"


class Nudge(models.Model):
    """A personal reminder: somebody of us told the customer about the survey."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="nudges")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.at:%Y-%m-%d}"
