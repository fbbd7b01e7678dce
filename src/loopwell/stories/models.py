"""What do colleagues read: stories, notices, recognition, key messages?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.cases.models import Case
from loopwell.kit.ids import new_ref
from loopwell.responses.models import Response
from loopwell.stories.enums import ReactionKind, StoryState
from loopwell.surveys.models import Survey
from loopwell.themes.models import Theme


class Story(models.Model):
    """How a customer was helped, for colleagues to read; proposed by one, published by another.

    `names_customer` is false by default: then the text must not say who the customer is.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    title = models.CharField(max_length=150)
    text = models.TextField()
    names_customer = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=StoryState.choices, default=StoryState.PROPOSED)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="stories")
    response = models.ForeignKey(Response, models.SET_NULL, null=True, related_name="stories")
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="stories")
    employee = models.ForeignKey(User, models.SET_NULL, null=True, related_name="stories")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-decided_at", "-id"]
        indexes = [models.Index(fields=["state", "-decided_at"], name="stories_by_state")]

    def __str__(self) -> str:
        return self.title


class Reaction(models.Model):
    """One colleague's reaction to a story, each kind once."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="reactions")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=ReactionKind.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "user", "kind"], name="reacted_once")
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.kind}"


class Notice(models.Model):
    """A new procedure or rule, with the problem that caused it, for a unit and those below it and
    for `roles` (empty: all)."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    title = models.CharField(max_length=150)
    text = models.TextField()
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, related_name="notices")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="notices")
    roles = models.JSONField(default=list)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.title


class NoticeRead(models.Model):
    """Somebody said that they have read a notice; counted by unit, never shown by person."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reads")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="read_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.user_id}"


class Recognition(models.Model):
    """Somebody customers praised, honoured for a quarter; `quarter` is its first day."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    quarter = models.DateField()
    employee = models.ForeignKey(User, models.CASCADE, related_name="recognitions")
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="recognitions")
    reason = models.TextField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-quarter", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["quarter", "employee"], name="honoured_once")
        ]

    def __str__(self) -> str:
        return f"{self.quarter}: {self.employee_id}"


class KeyMessage(models.Model):
    """What everybody says alike at one touchpoint: the message, the scenario, current offers.

    `texts` maps a language to {"message": …, "scenario": …, "offers": …}. `survey` is one that
    checks whether it gets through.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    touchpoint = models.CharField(max_length=60)
    texts = models.JSONField(default=dict)
    survey = models.ForeignKey(Survey, models.SET_NULL, null=True, related_name="key_messages")
    position = models.PositiveIntegerField(default=0)
    updated_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.touchpoint
