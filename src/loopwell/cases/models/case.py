"""Which customers must be called, by whom, what was tried and how did it end?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.cases.enums import Change, ChurnRisk, Outcome, Priority, Result, Route
from loopwell.cases.models.rules import Rule
from loopwell.kit.ids import new_ref
from loopwell.people.models import Account, Customer
from loopwell.responses.models import Response
from loopwell.sampling.models import Invitation


class Case(models.Model):
    """The closed-loop work on one customer's answer, or on the silence of one who was asked:
    then it has an `invitation` and neither response nor score.

    `closed_at` mirrors the newest Closure or Reopening, `next_step_at` the newest Attempt or
    Callback, and `score`, `comment_seen` and `consent_seen` the answer as far as the case has
    taken note of it (see Note), so that the queue is one indexed query; all are written by
    cases.operations and cases.handlers alone. Who writes states the `version` they saw.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    response = models.OneToOneField(Response, models.CASCADE, null=True, related_name="case")
    invitation = models.OneToOneField(Invitation, models.CASCADE, null=True, related_name="case")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="cases")
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="cases")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="cases")
    rule = models.ForeignKey(Rule, models.SET_NULL, null=True)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="cases")
    priority = models.PositiveSmallIntegerField(
        choices=Priority.choices, default=Priority.NORMAL, db_default=Priority.NORMAL
    )
    score = models.PositiveSmallIntegerField(null=True)
    comment_seen = models.BooleanField(default=False)
    consent_seen = models.BooleanField(null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    resolve_by = models.DateTimeField(null=True)
    next_step_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    escalated_to = models.ForeignKey(User, models.SET_NULL, null=True, related_name="escalated")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["next_step_at", "id"]
        indexes = [
            models.Index(
                fields=["owner", "next_step_at"],
                name="open_cases_of",
                condition=models.Q(closed_at=None),
            ),
            models.Index(
                fields=["unit", "next_step_at"],
                name="open_cases_in",
                condition=models.Q(closed_at=None),
            ),
            models.Index(fields=["-closed_at"], name="newest_closed_cases"),
            models.Index(
                fields=["unit", "-closed_at"],
                name="closed_cases_in",
                condition=models.Q(closed_at__isnull=False),
            ),
            models.Index(
                fields=["owner", "-closed_at"],
                name="closed_cases_of",
                condition=models.Q(closed_at__isnull=False),
            ),
            models.Index(
                fields=["next_step_at", "id"],
                name="open_cases_by_next_step",
                condition=models.Q(closed_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_is_about_something",
                condition=models.Q(response__isnull=False, score__isnull=False)
                | models.Q(invitation__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.ref


class Assignment(models.Model):
    """Who got the case, from whom and why."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments")
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    route = models.CharField(max_length=12, choices=Route.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    instead_of = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.owner_id}"


class Attempt(models.Model):
    """One try to reach the customer."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="attempts")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    note = models.TextField(blank=True)
    next_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.outcome}"


class Closure(models.Model):
    """How the case ended and what the company learnt from it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="closures")
    result = models.CharField(max_length=12, choices=Result.choices)
    learnt = models.TextField()
    resolution = models.TextField(blank=True)
    churn_risk = models.CharField(max_length=6, choices=ChurnRisk.choices, blank=True)
    may_quote = models.BooleanField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.result}"


class Reopening(models.Model):
    """Why a closed case is open again."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reopenings")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Callback(models.Model):
    """A moment at which the customer wants to be called, agreed on or chosen."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="callbacks")
    call_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.call_at:%Y-%m-%d %H:%M}"


class Note(models.Model):
    """The customer changed their answer while the case existed; `details` has from and to."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    change = models.CharField(max_length=12, choices=Change.choices)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.change}"


class JoinedAnswer(models.Model):
    """A further answer of the customer that this case takes care of too."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="joined")
    response = models.OneToOneField(Response, models.CASCADE, related_name="joined_case")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.response_id}"


class Draft(models.Model):
    """What one person has typed into the interview form and not yet sent."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="one_draft_each")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.user_id}"
