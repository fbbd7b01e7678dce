"""When does an answer, or a silence, open a case, how soon must somebody call, and who?"""

from django.db import models

from loopwell.access.models import Unit, User
from loopwell.cases.enums import Priority, Route, Trigger
from loopwell.cases.models.people import Training
from loopwell.kit.ids import new_ref
from loopwell.surveys.models import Survey


class Rule(models.Model):
    """All conditions that are set must hold; the first rule by `position` that fits decides.

    `words` are matched in the comment without regard to case, any of them; `themes` are slugs.
    `property_values` name a segment (customers whose `property_name` is one of them), `share` in
    percent takes the same part of them always. `value_property` is a customer's property read as
    a number. `silent_days` counts from the end of the wave for the trigger SILENCE.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=100)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)

    trigger = models.CharField(max_length=8, choices=Trigger.choices, default=Trigger.ANSWER)
    lowest_score = models.PositiveSmallIntegerField(default=0)
    highest_score = models.PositiveSmallIntegerField(default=6)
    requires_consent = models.BooleanField(default=False)
    contact_requested = models.BooleanField(default=False)
    dropped = models.BooleanField(default=False)
    survey = models.ForeignKey(Survey, models.CASCADE, null=True, related_name="case_rules")
    touchpoint = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="case_rules")
    decision_roles = models.JSONField(default=list)
    least_revenue = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    property_name = models.CharField(max_length=40, blank=True)
    property_values = models.JSONField(default=list)
    value_property = models.CharField(max_length=40, blank=True)
    least_value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    words = models.JSONField(default=list)
    themes = models.JSONField(default=list)
    share = models.PositiveSmallIntegerField(default=100)
    silent_days = models.PositiveSmallIntegerField(default=0)

    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    due_working_hours = models.PositiveIntegerField(default=24)
    resolve_working_hours = models.PositiveIntegerField(null=True)
    route = models.CharField(max_length=12, choices=Route.choices, default=Route.NEAREST)
    route_person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    route_unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    skill = models.CharField(max_length=60, blank=True)
    same_language = models.BooleanField(default=True)
    training = models.ForeignKey(Training, models.SET_NULL, null=True, related_name="rules")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
