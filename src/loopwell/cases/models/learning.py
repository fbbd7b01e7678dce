"""What did a call bring: what the customer got, what is still to do, how are calls led?"""

from decimal import Decimal

from django.db import models
from django.utils import timezone

from loopwell.access.enums import Role
from loopwell.access.models import User
from loopwell.cases.enums import RedressState
from loopwell.cases.models.case import Case
from loopwell.kit.ids import new_ref
from loopwell.surveys.models import Survey


class Policy(models.Model):
    """How the company closes loops; one row.

    `most_tries` unanswered calls are followed by a letter and the end "not reached"; a closed case
    opens again when the customer answers or writes within `reopen_days`. An hour of a caller's
    time costs `hour_cost` in `currency`; a call takes `call_minutes` where nobody says otherwise.
    `agent_cases_a_day` is how many cases one agent closes on a working day, until the past tells.
    """

    most_tries = models.PositiveSmallIntegerField(default=4)
    reopen_days = models.PositiveSmallIntegerField(default=30)
    hour_cost = models.DecimalField(max_digits=10, decimal_places=2, default=Decimal(0))
    currency = models.CharField(max_length=3, default="EUR")
    call_minutes = models.PositiveSmallIntegerField(default=15)
    agent_cases_a_day = models.PositiveSmallIntegerField(default=6)

    def __str__(self) -> str:
        return f"{self.most_tries} tries"


class Redress(models.Model):
    """What a customer gets: within the giver's limit at once, above it once approved."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="redress")
    what = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=RedressState.choices)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.amount} {self.currency}"


class RedressLimit(models.Model):
    """How much somebody in this role may give one customer without asking; none: without limit."""

    role = models.CharField(max_length=20, choices=Role.choices, unique=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    def __str__(self) -> str:
        return f"{self.role}: {self.amount}"


class FurtherAction(models.Model):
    """Something promised in a case that is still to be done, by whom and by when."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="further_actions")
    due_on = models.DateField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                name="open_actions_of",
                condition=models.Q(done_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.what


class CallGuide(models.Model):
    """How calls are led: for one survey, or for all without one. `steps` maps a language to a
    list of {"title": …, "text": …}."""

    survey = models.OneToOneField(Survey, models.CASCADE, null=True, related_name="call_guide")
    steps = models.JSONField(default=dict)
    updated_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.survey_id or "all")
