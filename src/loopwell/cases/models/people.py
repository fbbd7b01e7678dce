"""What do our own people learn: notes to them about an answer, and the training of each role?"""

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from loopwell.access.models import User
from loopwell.cases.enums import NoteKind
from loopwell.kit.ids import new_ref
from loopwell.responses.models import Response


class CoachingNote(models.Model):
    """A manager's words to an employee about one customer's feedback: coaching or praise."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="coaching")
    employee = models.ForeignKey(User, models.CASCADE, related_name="coaching_notes")
    kind = models.CharField(max_length=8, choices=NoteKind.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "employee"],
                condition=models.Q(kind="praise"),
                name="praised_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.kind}"


class Training(models.Model):
    """What people of some roles should have read or seen; `texts` maps a language to
    {"title": …, "body": …}, `link` leads to a recording. A new `edition` asks everybody again."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    texts = models.JSONField(default=dict)
    roles = models.JSONField(default=list)
    link = models.URLField(blank=True)
    edition = models.PositiveIntegerField(default=1)
    position = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)
    updated_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        known: dict[str, dict[str, str]] = self.texts
        words = known.get(get_language() or "en") or known.get("en") or {}
        return words.get("title") or self.ref


class Completion(models.Model):
    """Somebody went through one edition of a training."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="completions")
    user = models.ForeignKey(User, models.CASCADE, related_name="completions")
    edition = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training", "user", "edition"], name="completed_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.training_id}"
