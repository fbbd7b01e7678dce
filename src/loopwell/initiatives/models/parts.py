"""What is planned, said and pointed to within an initiative, and where does it begin when?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.cases.models import Case
from loopwell.huddles.models import Issue
from loopwell.initiatives.models.initiative import Initiative
from loopwell.kit.ids import new_ref


class Milestone(models.Model):
    """Something that is reached by a day, or not."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.title


class Task(models.Model):
    """What one function has to do, by whom, until when."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="tasks")
    what = models.CharField(max_length=300)
    function = models.CharField(max_length=100, blank=True)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="initiative_tasks")
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "id"]

    def __str__(self) -> str:
        return self.what


class RollOut(models.Model):
    """The day from which a unit, with all below it, works in the new way."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="roll_outs")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="roll_outs")
    on = models.DateField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "unit"], name="rolled_out_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.on}"


class Raised(models.Model):
    """An issue or a case that the initiative takes care of too, besides the one it came from."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="raised")
    issue = models.ForeignKey(Issue, models.CASCADE, null=True, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "issue"], name="issue_raised_once"),
            models.UniqueConstraint(fields=["initiative", "case"], name="case_raised_once"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.issue_id or self.case_id}"


class Comment(models.Model):
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]


class Link(models.Model):
    """A page about it in another system."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="links")
    title = models.CharField(max_length=150)
    url = models.URLField(max_length=1000)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
