"""What is being changed, for whom, by whom, at what cost, and what is hoped for?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.cases.models import Case
from loopwell.huddles.models import Issue
from loopwell.initiatives.enums import Kind, Origin, State
from loopwell.kit.ids import new_ref
from loopwell.themes.models import Theme


class Initiative(models.Model):
    """A systemic fix, or another project that wants the same money.

    `units` are those it is meant for, with all below; none is the whole company. `comparison`
    are units it is measured against; none is every unit it is meant for that has no roll-out.
    Expected effects are signed: `share` in percentage points of answers that name the problem,
    `nps` in points, each with the range that is thought possible. Money is in `currency`;
    nothing there is “not known”, never 0. `version` rises with each change of these fields.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=150)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.FIX)
    state = models.CharField(max_length=8, choices=State.choices, default=State.IDEA)
    state_at = models.DateTimeField(default=timezone.now)
    themes = models.ManyToManyField(Theme, related_name="initiatives")
    units = models.ManyToManyField(Unit, related_name="initiatives")
    comparison = models.ManyToManyField(Unit, related_name="+")
    depends_on = models.ManyToManyField("self", symmetrical=False, related_name="needed_by")
    segment = models.CharField(max_length=150, blank=True)
    hypothesis = models.TextField(blank=True)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="initiatives")
    sponsor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    function = models.CharField(max_length=100, blank=True)
    authority = models.TextField(blank=True)
    due_on = models.DateField(null=True)

    share = models.FloatField(null=True)
    nps = models.FloatField(null=True)
    nps_low = models.FloatField(null=True)
    nps_high = models.FloatField(null=True)

    people = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    currency = models.CharField(max_length=3)
    budget = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    profit = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    profit_low = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    profit_high = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    agreed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    agreed_note = models.CharField(max_length=300, blank=True)

    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.OTHER)
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, related_name="initiatives")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="initiatives")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reminded_on = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "due_on"], name="initiatives_by_state")]

    def __str__(self) -> str:
        return self.title


class StateChange(models.Model):
    """Who moved it to which state, when, and why."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="changes")
    state = models.CharField(max_length=8, choices=State.choices)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.state}"


class Decision(models.Model):
    """What was decided about what to do first: by whom, why, and the ranking they looked at.

    `seen` is what `queries.priorities.as_record` made of it; `chosen` were to be done.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    what = models.CharField(max_length=300)
    why = models.TextField()
    chosen = models.ManyToManyField(Initiative, related_name="decisions")
    budget = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    seen = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.what
