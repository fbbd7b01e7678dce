"""What did we write to the customer from the case, and what did they answer?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import User
from loopwell.cases.enums import Direction
from loopwell.cases.models.case import Case
from loopwell.kit.ids import new_ref


class Letter(models.Model):
    """One mail to or from the customer. Ours are claimed before they are handed over, and go out at
    most once; `message_id` finds the case of a reply and keeps one mail from being taken twice."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="letters")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    address = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    quoted = models.TextField(blank=True)
    message_id = models.CharField(max_length=300, unique=True)
    purpose = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["id"],
                name="letter_waiting",
                condition=models.Q(direction="out", claimed_at=None, failed_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.subject


class LetterTemplate(models.Model):
    """Ready words for letters; `words` maps a language to {"subject": …, "text": …}."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=20, blank=True)
    words = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class StrayMail(models.Model):
    """A mail that came and belongs to no case we could tell: kept until somebody decides.

    The whole mail lies at `path` below the data folder until then. Resolved without a letter
    means it was not for us.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    message_id = models.CharField(max_length=300, unique=True)
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    is_automatic = models.BooleanField(default=False)
    why = models.CharField(max_length=300)
    path = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["-id"], name="stray_open", condition=models.Q(resolved_at=None))
        ]

    def __str__(self) -> str:
        return self.subject
