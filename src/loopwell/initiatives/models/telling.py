"""What do those read who raised what an initiative solved, and who has been told?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.initiatives.models.initiative import Initiative
from loopwell.kit.ids import new_ref
from loopwell.people.models import Customer


class Telling(models.Model):
    """The message to those who raised the problem; `words` maps a language to subject and text.

    `version` rises with each change, which ends the approval. Whoever wrote it does not approve it.
    """

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="telling")
    version = models.PositiveIntegerField(default=1)
    words = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.version}"


class Told(models.Model):
    """One customer who is written to, or one of us who gets a notice; each once.

    `unit` is where the customer named it. A row is claimed before the mail leaves: claimed and
    silent, nobody knows whether it left, and it is never sent again.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    telling = models.ForeignKey(Telling, models.CASCADE, related_name="told")
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["telling", "customer"], name="customer_told_once"),
            models.UniqueConstraint(fields=["telling", "user"], name="employee_told_once"),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="told_waiting",
                condition=models.Q(claimed_at=None, failed_at=None, sent_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.telling_id}: {self.customer_id or self.user_id}"
