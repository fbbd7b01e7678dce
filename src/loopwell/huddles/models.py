"""What does a team agree on each week, and what does it raise upwards?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.cases.models import Case
from loopwell.huddles.enums import CommitmentState, IssueState
from loopwell.kit.ids import new_ref
from loopwell.responses.models import Response
from loopwell.themes.models import Theme


class Huddle(models.Model):
    """One team's meeting of one week; `week` is its Monday. Held: `facts` keep its numbers as they
    were told then."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="huddles")
    week = models.DateField()
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    attended = models.PositiveSmallIntegerField(null=True)
    notes = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-week", "-id"]
        constraints = [models.UniqueConstraint(fields=["unit", "week"], name="one_huddle_a_week")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.week}"


class Commitment(models.Model):
    """Something a team promised itself; open ones come back in each huddle until they end.

    `outcome` says what came of it, or why it was dropped.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="commitments")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="commitments")
    due_on = models.DateField()
    week = models.DateField()
    state = models.CharField(
        max_length=8, choices=CommitmentState.choices, default=CommitmentState.OPEN
    )
    outcome = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="commitments_of_unit"),
            models.Index(fields=["owner", "state", "due_on"], name="commitments_of_owner"),
        ]

    def __str__(self) -> str:
        return self.what


class Issue(models.Model):
    """What a team cannot solve, raised to the CX office with its evidence.

    Accepted: `work` names the initiative or who does what, until `due_on`. One that was raised
    before is `joined_to` the first; those who raised it support that one.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="issues")
    title = models.CharField(max_length=150)
    text = models.TextField()
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, related_name="issues")
    state = models.CharField(max_length=10, choices=IssueState.choices, default=IssueState.NEW)
    work = models.CharField(max_length=300, blank=True)
    work_owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="issues_at_work")
    due_on = models.DateField(null=True)
    joined_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="duplicates")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="issues_raised")
    at = models.DateTimeField(default=timezone.now)
    first_answer_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="issues_by_state")]

    def __str__(self) -> str:
        return self.title


class Supporter(models.Model):
    """Somebody else who has the same issue; `seen_at` when they read the newest answer."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="supporters")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "user"], name="supports_once")]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.user_id}"


class Evidence(models.Model):
    """An answer, with its case if there is one, that shows the issue."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="evidence")
    response = models.ForeignKey(Response, models.CASCADE, null=True, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="issues")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issue", "response"], name="shows_once"),
            models.UniqueConstraint(fields=["issue", "case"], name="case_shows_once"),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}"


class IssueStep(models.Model):
    """One change of an issue's state: who, when, and what they said."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=IssueState.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.state}"
