"""When does a unit work, and who learns that a case is late?"""

from datetime import time

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.cases.enums import Late, Whom
from loopwell.cases.models.case import Case
from loopwell.kit.ids import new_ref


class WorkingTime(models.Model):
    """A unit's working week; units without one take the nearest above. `days`: Monday is 0."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="working_time")
    days = models.JSONField(default=list)
    start = models.TimeField(default=time(9))
    end = models.TimeField(default=time(18))
    holidays_of = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.start:%H:%M}–{self.end:%H:%M}"


class DayOff(models.Model):
    """A day on which a unit and those below do not work though others do, or the reverse."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="days_off")
    day = models.DateField()
    name = models.CharField(max_length=100, blank=True)
    works = models.BooleanField(default=False)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="day_off_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class EscalationStep(models.Model):
    """One rung of the ladder: so many working hours after a deadline passed, who is told."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    after_working_hours = models.PositiveIntegerField(default=0)
    whom = models.CharField(max_length=12, choices=Whom.choices)
    person = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    takes_over = models.BooleanField(default=False)

    class Meta:
        ordering = ["after_working_hours", "id"]

    def __str__(self) -> str:
        return f"{self.after_working_hours} h: {self.whom}"


class Escalation(models.Model):
    """A late case went up one rung; once for each case, deadline and rung."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="escalations")
    step = models.ForeignKey(EscalationStep, models.SET_NULL, null=True, related_name="+")
    late = models.CharField(max_length=8, choices=Late.choices)
    deadline = models.DateTimeField()
    to = models.ForeignKey(User, models.SET_NULL, null=True, related_name="escalations")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "late", "deadline"], name="escalated_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.to_id}"
