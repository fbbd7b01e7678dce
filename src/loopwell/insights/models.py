"""Which selections of answers did people keep under a name?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.kit.ids import new_ref


class SavedView(models.Model):
    """The filters of the answers' page under a name: whoever opens it sees what they may see.

    `filters` are the words of the page's address. Shared with the people of `unit` and below
    it, or with everybody; else its owner's alone.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    filters = models.CharField(max_length=1000, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    for_all = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="view_named_once")]

    def __str__(self) -> str:
        return self.name
