"""Which queries bring interactions, how far did each come, and what went wrong last?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import User
from loopwell.kit.ids import new_ref


class Source(models.Model):
    """One query against one database of the company.

    The database's address, with its password, stays in the environment variable
    LOOPWELL_SOURCE_<variable>: it is neither stored nor shown here. `mapping` maps a field of an
    interaction (or "property.<name>") to a column. `watermark` is the largest value of
    `watermark_column` seen, as text; the query gets it as :since.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=100, unique=True)
    variable = models.CharField(max_length=60)
    query = models.TextField()
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    time_zone = models.CharField(max_length=64, blank=True)
    every_minutes = models.PositiveIntegerField(default=15)
    watermark_column = models.CharField(max_length=100, blank=True)
    watermark = models.CharField(max_length=100, blank=True)
    is_on = models.BooleanField(default=False)
    next_run_at = models.DateTimeField(null=True)
    job_ref = models.CharField(max_length=14, blank=True)
    last_run_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)
    last_counts = models.JSONField(default=dict)
    last_problems = models.JSONField(default=list)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
