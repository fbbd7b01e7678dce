"""What did customers answer, and what did they answer before they changed it?"""

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.kit.ids import new_ref
from loopwell.people.models import Account, Customer, Interaction
from loopwell.responses.enums import Doubt, Source
from loopwell.sampling.models import Invitation, Link
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey, Version

_OFTEN_NONE = ("version", "interaction", "employee", "account", "link")


def _where_known(name: str) -> models.Index:
    """An answer that has none costs nothing: a million imported ones would fill such an index."""
    known = models.Q(**{f"{name}__isnull": False})
    return models.Index(fields=[name], name=f"response_of_{name}", condition=known)


class Response(models.Model):
    """One answered survey as it stands now; `Revision` keeps what it said before.

    Score is always 0-10; `answers` holds those to further questions (surveys.questions says how).
    Unit, employee, account and properties are those at the time of the invitation (or of the
    import). `import_key` makes a repeated import harmless.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    invitation = models.OneToOneField(
        Invitation, models.CASCADE, null=True, related_name="response"
    )
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="responses")
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, related_name="responses", db_index=False
    )
    kind = models.CharField(max_length=15, choices=SurveyKind.choices)
    touchpoint = models.CharField(max_length=60, blank=True)
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, related_name="responses")
    interaction = models.ForeignKey(Interaction, models.SET_NULL, null=True, db_index=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="responses", db_index=False
    )
    employee = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="responses", db_index=False
    )
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, related_name="responses", db_index=False
    )
    properties = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True, default="")
    contact_consent = models.BooleanField(null=True)
    answers = models.JSONField(default=dict, db_default={})
    product = models.CharField(max_length=100, blank=True, default="", db_default="")
    link = models.ForeignKey(
        Link, models.SET_NULL, null=True, related_name="responses", db_index=False
    )
    language = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    is_test = models.BooleanField(default=False, db_default=False)
    opens_case = models.BooleanField(default=True, db_default=True)
    import_key = models.CharField(max_length=80, null=True, unique=True)
    answered_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now, db_default=Now())

    class Meta:
        ordering = ["-answered_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="score_is_0_to_10", condition=models.Q(score__gte=0, score__lte=10)
            )
        ]
        indexes = [
            models.Index(fields=["-answered_at", "-id"], name="newest_responses"),
            models.Index(fields=["unit", "-answered_at"], name="newest_of_unit"),
            *(_where_known(name) for name in _OFTEN_NONE),
        ]

    def __str__(self) -> str:
        return f"{self.score} {self.ref}"


class Revision(models.Model):
    """What an answer said before the customer changed it."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="revisions")
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    contact_consent = models.BooleanField(null=True)
    answers = models.JSONField(default=dict)
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.score}"


class HeldAnswer(models.Model):
    """An answer that looks as if no customer gave it: kept, visible, and not counted.

    Accepting it records it as of `at`; refusing it keeps the row. `given` is score, comment,
    contact_consent and answers. Each came through an invitation or a link.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    invitation = models.ForeignKey(
        Invitation, models.CASCADE, null=True, related_name="held_answers"
    )
    link = models.ForeignKey(Link, models.CASCADE, null=True, related_name="held_answers")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="held_answers")
    given = models.JSONField(default=dict)
    doubt = models.CharField(max_length=20, choices=Doubt.choices)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True)
    response = models.ForeignKey(Response, models.SET_NULL, null=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.doubt} {self.ref}"


class Masking(models.Model):
    """Where personal data in comments is masked; one row for the company.

    Feeds are what reaches people or programs by itself: alarms, digests, webhooks, stories.
    Exports are files.
    """

    in_feeds = models.BooleanField(default=True)
    in_exports = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"feeds: {self.in_feeds}, exports: {self.in_exports}"


class Footprint(models.Model):
    """That a device has answered through a link today; kept for a day, only as a digest that
    changes its salt each day, so that nobody can be followed by it."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=43)
    on = models.DateField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "digest"], name="footprint_once")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.on}"
