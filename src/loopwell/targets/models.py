"""What do we want to reach, what depends on it, and how do our units do otherwise?"""

from django.db import models
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.models import Unit, User
from loopwell.kit.ids import new_ref
from loopwell.surveys.enums import SurveyKind
from loopwell.targets.enums import Better, Period, WithinMargin


class Target(models.Model):
    """The value a metric is to reach in a stretch of time; `end` is not included.

    Without a unit it is the company's; kind, channel and touchpoint narrow it where they are not
    empty. One handed down from a target above names it in `above`.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    metric = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="targets")
    kind = models.CharField(max_length=15, choices=SurveyKind.choices, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    touchpoint = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=7, choices=Period.choices)
    start = models.DateField()
    end = models.DateField()
    value = models.FloatField()
    above = models.ForeignKey("self", models.SET_NULL, null=True, related_name="below")
    set_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-start", "unit_id", "id"]
        indexes = [models.Index(fields=["metric", "unit", "start"], name="target_of_unit")]
        constraints = [
            models.CheckConstraint(
                name="target_ends_after_start", condition=models.Q(end__gt=models.F("start"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.value:g} {self.start}"


class BonusPlan(models.Model):
    """How a metric against its target moves pay: `steps` are (points against target, percent of
    this part that is paid), `share` is the part of pay in percent that depends on it.

    `within_margin` is the declared policy for a miss smaller than the margin of error.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=120, unique=True)
    metric = models.CharField(max_length=40)
    period = models.CharField(max_length=7, choices=Period.choices)
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    share = models.DecimalField(max_digits=5, decimal_places=2)
    steps = models.JSONField(default=list)
    within_margin = models.CharField(
        max_length=6, choices=WithinMargin.choices, default=WithinMargin.SPARED
    )
    retired_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class KeyFigure(models.Model):
    """An operational figure of units, read beside the score: waiting time, sales, stock-outs."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    measured_in = models.CharField(max_length=20, blank=True)
    better = models.CharField(max_length=6, choices=Better.choices, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class KeyFigureValue(models.Model):
    """One unit's figure in one month, named by the month's first day."""

    figure = models.ForeignKey(KeyFigure, models.CASCADE, related_name="values")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="key_figures")
    month = models.DateField()
    value = models.FloatField()

    class Meta:
        ordering = ["figure_id", "month", "unit_id"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "unit", "month"], name="figure_once_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.figure_id} {self.month:%Y-%m} {self.value:g}"
