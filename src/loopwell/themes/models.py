"""Which themes do we know, which answers are about them, and who said so?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.kit.ids import new_ref
from loopwell.kit.translated import said_in
from loopwell.responses.models import Response
from loopwell.themes.enums import Act, MentionSource, ReportWay, Sentiment, ThemeKind, Trouble


class Theme(models.Model):
    """A problem or praise of the taxonomy; `names` maps a language to its name.

    One proposed in a call (`proposed_at`) can be used at once; it is part of the taxonomy when
    accepted. `parent` leads up to two steps to the top. Texts about it map a language to words,
    `examples` and `counter_examples` to lists of comments. One merged says into which.
    """

    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(default=dict)
    kind = models.CharField(max_length=12, choices=ThemeKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    definition = models.JSONField(default=dict)
    examples = models.JSONField(default=dict)
    counter_examples = models.JSONField(default=dict)
    owner_function = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="swallowed")
    is_demo = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return said_in(self.names) or self.slug

    @property
    def is_waiting(self) -> bool:
        """Proposed in a call and not decided yet."""
        return self.proposed_at is not None and self.accepted_at is None


class TaxonomyChange(models.Model):
    """One act on the taxonomy and what it was afterwards: `themes` as `rules.taxonomy` reads it."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    act = models.CharField(max_length=12, choices=Act.choices)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, related_name="changes")
    details = models.JSONField(default=dict)
    themes = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.act} {self.theme_id}"


class Mention(models.Model):
    """One theme in one answer, from one source; weights of one source sum to 100.

    `words` are the places in the comment that show it, [start, end] in characters; `confidence`
    is the model's probability.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="mentions")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="mentions")
    source = models.CharField(max_length=12, choices=MentionSource.choices)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    sentiment = models.SmallIntegerField(choices=Sentiment.choices, null=True)
    words = models.JSONField(default=list)
    confidence = models.FloatField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "theme", "source"], name="mentioned_once")
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.theme_id}"


class Coding(models.Model):
    """What one person read in one comment; the newest of a comment makes its mentions.

    `themes` holds {"theme": slug, "sentiment": -1..1, "words": [[start, end]]}; none of them is a
    judgement too. `is_random` says that the comment was drawn at random: only such ones measure
    the model. `is_second` that it was given to a second coder, to see whether they agree.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="codings")
    coder = models.ForeignKey(User, models.CASCADE, related_name="codings")
    themes = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    is_random = models.BooleanField(default=False)
    is_second = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "coder"], name="coded_once_by_each")
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.coder_id}"


class TextRule(models.Model):
    """Words, phrases or regular expressions, one a line, that show a theme in a comment.

    Without a `sentiment` its mentions have that of the theme's kind. `slow` counts comments in
    which an expression took too long since it was switched on; with too many, and when it cannot
    be read any more, the rule is switched off and `trouble` says why.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="rules")
    patterns = models.TextField()
    exceptions = models.TextField(blank=True)
    is_regular = models.BooleanField(default=False)
    is_on = models.BooleanField(default=False)
    sentiment = models.SmallIntegerField(choices=Sentiment.choices, null=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    slow = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=12, choices=Trouble.choices, blank=True, default="")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["theme__position", "id"]

    def __str__(self) -> str:
        return f"{self.theme_id}: {self.patterns[:40]}"


class CoderVersion(models.Model):
    """A trained model: `state` as `learning` saves it; `accuracy` measured on what it had not
    seen. At most one is in use."""

    trained_at = models.DateTimeField(default=timezone.now)
    trained_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    comments = models.PositiveIntegerField()
    state = models.BinaryField()
    accuracy = models.JSONField(default=dict)
    is_used = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_used"], condition=models.Q(is_used=True), name="one_coder_in_use"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Report(models.Model):
    """How often a theme was reported on a day by another way than answers: complaints, social
    media, employees. One row per theme, unit, day and way."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="reports")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    way = models.CharField(max_length=12, choices=ReportWay.choices)
    on = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "unit", "way", "on"], name="reported_once")
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.on} {self.count}"


class HiddenTopic(models.Model):
    """A word or phrase that was proposed as a new topic and is none."""

    term = models.CharField(max_length=120, unique=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.term
