"""What do we ask, and in which words at which time?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import User
from loopwell.kit.ids import new_ref
from loopwell.surveys.enums import SurveyKind


class Survey(models.Model):
    """A questionnaire through its versions; answers of all versions count together."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=15, choices=SurveyKind.choices)
    touchpoint = models.CharField(max_length=60, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """The questions and words of a survey; once published they never change.

    `questions` is a list of surveys.questions.Question as JSON, in the order shown (empty: the
    score, why, and consent). `texts` maps a language to texts by key (rules.TEXTS lists the fixed
    keys, questions.text_keys those of a question); `default_language` is shown where a
    customer's language is missing.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    questions = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    default_language = models.CharField(max_length=10, default="en")
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, models.SET_NULL, null=True)

    class Meta:
        ordering = ["survey_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["survey"], name="one_draft", condition=models.Q(published_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} v{self.number}"


class Brand(models.Model):
    """How our messages and pages look to customers; one row for the company.

    `logo` is a PNG small enough to stand inside a respondent's page; `colour` is "#rrggbb".
    """

    logo = models.BinaryField(null=True)
    colour = models.CharField(max_length=7, default="#0b5cad")
    sender_name = models.CharField(max_length=100, blank=True)
    reply_to = models.EmailField(blank=True)
    postal_address = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sender_name or self.colour
