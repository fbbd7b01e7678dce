"""Who was told what, and did it leave by each way?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import User
from loopwell.cases.models import Case
from loopwell.kit.ids import new_ref
from loopwell.notify.models.target import Target
from loopwell.responses.models import Response


class Alarm(models.Model):
    """One thing one person is told once: a line of their inbox.

    `kind` is a type of the journal (notify.kinds), `key` what makes it another than those before.
    `subject` and `subject_id` are the journal's; `facts` is the entry's payload with who did it.
    `is_listed`: the person wants it in the inbox; `in_digest`: and in the daily digest.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="alarms")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="alarms")
    response = models.ForeignKey(Response, models.CASCADE, null=True, related_name="alarms")
    subject = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    is_urgent = models.BooleanField(default=False)
    is_listed = models.BooleanField(default=True)
    in_digest = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="alarmed_once")]
        indexes = [
            # Serves the bell: what has this person not read?
            models.Index(
                fields=["user"],
                name="alarm_unread",
                condition=models.Q(read_at=None, is_listed=True),
            ),
            models.Index(fields=["user", "-id"], name="alarm_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.key}"


class Dispatch(models.Model):
    """An alarm on its way by one channel; claimed before it is handed over, like every message.

    `key` names alarm and receiver, so that none gets the same twice. `bundle` says that several
    may wait for each other. Claimed and neither sent nor failed after a while: the worker died in
    between, nobody knows whether it left, and it is never sent again.
    """

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="dispatches")
    channel = models.CharField(max_length=20)
    target = models.ForeignKey(Target, models.CASCADE, null=True, related_name="dispatches")
    key = models.CharField(max_length=160, unique=True)
    bundle = models.BooleanField(default=False)
    leaves_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "dispatches"
        indexes = [
            # Serves the sending: what nobody has claimed or given up.
            models.Index(
                fields=["leaves_at", "id"],
                name="dispatch_waiting",
                condition=models.Q(claimed_at=None, failed_at=None, dropped_at=None),
            ),
            # Serves the status page: what went wrong.
            models.Index(
                fields=["id"],
                name="dispatch_unsent",
                condition=models.Q(sent_at=None, dropped_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.key
