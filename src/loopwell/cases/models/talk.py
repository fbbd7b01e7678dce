"""What do colleagues say to each other about a case, and who looks at it now?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import User
from loopwell.cases.models.case import Case
from loopwell.kit.ids import new_ref


class Remark(models.Model):
    """A note of a colleague; those it mentions are told."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="remarks")
    text = models.TextField()
    mentions = models.ManyToManyField(User, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.by_id}"


class File(models.Model):
    """A file put into a case by us or sent by the customer; `path` is below the data folder."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="files")
    letter = models.ForeignKey(
        "cases.Letter", models.CASCADE, null=True, related_name="attachments"
    )
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=255)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """Somebody has the case's page open; `typing_at` when they last typed into its interview."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)
    typing_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.user_id}"
