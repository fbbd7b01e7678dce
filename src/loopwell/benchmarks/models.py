"""How willing are people to recommend our competitors, and us, when somebody asks the market?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import User
from loopwell.benchmarks.enums import PanelSource
from loopwell.kit.ids import new_ref
from loopwell.responses.models import Response
from loopwell.surveys.models import Survey


class Brand(models.Model):
    """A competitor, or ourselves (`is_us`, one at most). Under the names it had before (in lower
    case) it is still known: the next file, and the survey's choice, keep its old spelling.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=120, unique=True)
    known_as = models.JSONField(default=list, db_default=[])
    is_us = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_us"], condition=models.Q(is_us=True), name="one_brand_is_us"
            )
        ]

    def __str__(self) -> str:
        return self.name


class BenchmarkSurvey(models.Model):
    """A survey of ours that asks people of the market. `brand_question` says whom an answer is
    about: one choice names the brand that the score is given to, a rating has a line for each
    brand, and one answer is about all that were rated. Its answers make a panel each quarter.
    """

    survey = models.OneToOneField(Survey, models.CASCADE, related_name="as_benchmark")
    brand_question = models.CharField(max_length=40)
    market = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=120, blank=True)
    double_blind = models.BooleanField(default=False)
    declared_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["survey__name"]

    def __str__(self) -> str:
        return str(self.survey)


class Panel(models.Model):
    """One fielding of the question among people of a market.

    `double_blind`: neither did those asked know who paid, nor those who pay whom they asked.
    `upload_ref` is the import it came with; one made of a survey of ours has `survey`, and the
    first day of its `quarter`.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=6, choices=PanelSource.choices)
    survey = models.ForeignKey(Survey, models.PROTECT, null=True, related_name="panels")
    market = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=120, blank=True)
    double_blind = models.BooleanField(default=False)
    quarter = models.DateField(null=True)
    fielded_from = models.DateField()
    fielded_to = models.DateField()
    upload_ref = models.CharField(max_length=14, blank=True, db_index=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-fielded_to", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "quarter"], name="panel_of_quarter_once")
        ]

    def __str__(self) -> str:
        return self.name


class PanelAnswer(models.Model):
    """What one person said of one brand; `person` tells apart who rated several.

    `ratings` maps an aspect to its points, 0 to 10; `row` is the line of the file. Those given in
    a survey of ours go with their `response`, of which each brand is rated once.
    """

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="answers")
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="answers")
    person = models.CharField(max_length=80, blank=True)
    segment = models.CharField(max_length=80, blank=True)
    score = models.PositiveSmallIntegerField()
    weight = models.FloatField(default=1.0)
    ratings = models.JSONField(default=dict)
    answered_on = models.DateField()
    row = models.PositiveIntegerField(default=0)
    response = models.ForeignKey(
        Response, models.CASCADE, null=True, related_name="about_brands", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["panel", "brand"], name="panel_answers_of_brand")]
        constraints = [
            models.CheckConstraint(
                name="panel_score_is_0_to_10", condition=models.Q(score__gte=0, score__lte=10)
            ),
            models.UniqueConstraint(fields=["response", "brand"], name="brand_of_response_once"),
        ]

    def __str__(self) -> str:
        return f"{self.brand_id} {self.score}"
