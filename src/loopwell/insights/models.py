"""What did people keep under a name: selections of answers, questions, dashboards?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.insights.enums import Every
from loopwell.kit.ids import new_ref


class SavedView(models.Model):
    """The filters of the answers' page under a name: whoever opens it sees what they may see.

    `filters` are the words of the page's address. Shared with the people of `unit` and below
    it, or with everybody; else its owner's alone.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    filters = models.CharField(max_length=1000, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    for_all = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="view_named_once")]

    def __str__(self) -> str:
        return self.name


class SavedQuestion(models.Model):
    """A question under a name; `address` are the words of Explore's address, and nothing else:
    whoever opens it sees what they may see."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, null=True, related_name="saved_questions")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=2000, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    for_all = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="question_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """Who gets the answer to a saved question by mail, and how often."""

    question = models.ForeignKey(SavedQuestion, models.CASCADE, related_name="subscriptions")
    user = models.ForeignKey(User, models.CASCADE, related_name="question_subscriptions")
    every = models.CharField(max_length=5, choices=Every.choices)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["question", "user"], name="subscribed_once")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.every}"


class Dashboard(models.Model):
    """Saved questions on one page. A ready one has a `slug` and no owner; `roles` are those whom
    it is offered to first, everybody where empty."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    slug = models.CharField(max_length=40, null=True, unique=True)
    owner = models.ForeignKey(User, models.CASCADE, null=True, related_name="dashboards")
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=300, blank=True)
    roles = models.JSONField(default=list)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    for_all = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Card(models.Model):
    """One question on a dashboard: a saved one, or one that only this page has (`address`).

    `width` is in thirds of the page.
    """

    dashboard = models.ForeignKey(Dashboard, models.CASCADE, related_name="cards")
    question = models.ForeignKey(SavedQuestion, models.CASCADE, null=True, related_name="cards")
    title = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=2000, blank=True)
    width = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title or str(self.question_id)
