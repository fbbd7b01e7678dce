"""Who is asked, and what was true of them when they were chosen?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.kit.ids import new_ref
from loopwell.people.models import Account, Customer, Interaction
from loopwell.surveys.models import Version


class Wave(models.Model):
    """One sending of one survey version to the customers that met a filter.

    `filter` is a sampling.rules.CustomerFilter as JSON; `unit` bounds it (none: the whole
    company). `excluded` counts candidates by the reason they were left out and `chosen` those
    to ask, both kept from the moment of the launch.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=200)
    version = models.ForeignKey(Version, models.PROTECT, related_name="waves")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="waves")
    filter = models.JSONField(default=dict)
    quarantine_days = models.PositiveIntegerField(default=30)
    other_languages = models.BooleanField(default=False)
    sample_size = models.PositiveIntegerField(null=True)
    seed = models.BigIntegerField()
    excluded = models.JSONField(default=dict)
    chosen = models.PositiveIntegerField(null=True)
    remind_after_days = models.PositiveIntegerField(null=True, default=7)
    open_for_days = models.PositiveIntegerField(default=35)
    is_demo = models.BooleanField(default=False)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    launched_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """One customer asked once; unit, employee, account and properties as they were then."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, null=True, related_name="invitations")
    version = models.ForeignKey(Version, models.PROTECT, related_name="invitations")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="invitations")
    interaction = models.ForeignKey(Interaction, models.SET_NULL, null=True)
    language = models.CharField(max_length=10)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="invitations")
    employee = models.ForeignKey(User, models.SET_NULL, null=True, related_name="invitations")
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="invitations")
    properties = models.JSONField(default=dict)
    is_test = models.BooleanField(default=False)
    planned_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "customer"], name="asked_once_in_a_wave")
        ]
        indexes = [
            # Serves the reminder: sent, unanswered, not yet reminded.
            models.Index(
                fields=["wave", "sent_at"],
                name="invitation_to_remind",
                condition=models.Q(answered_at=None, reminded_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.ref
