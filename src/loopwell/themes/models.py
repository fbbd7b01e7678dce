"""Which root causes do we know, and which answers are about them?"""

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from loopwell.access.models import User
from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource, ThemeKind


class Theme(models.Model):
    """A problem or praise of the taxonomy; `names` maps a language to its name.

    One proposed in a call (`proposed_at`) can be used at once; it is part of the taxonomy when
    accepted.
    """

    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(default=dict)
    kind = models.CharField(max_length=12, choices=ThemeKind.choices)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return str(self.names.get(get_language() or "en") or self.names.get("en") or self.slug)


class Mention(models.Model):
    """One theme in one answer, from one source; weights of one source sum to 100."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="mentions")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="mentions")
    source = models.CharField(max_length=12, choices=MentionSource.choices)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "theme", "source"], name="mentioned_once")
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.theme_id}"
