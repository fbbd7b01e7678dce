"""What came of those who would recommend us?"""

from decimal import Decimal

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.kit.ids import new_ref
from loopwell.people.models import Account, Customer
from loopwell.promoters.enums import How, ReferralState, Step
from loopwell.responses.models import Response
from loopwell.surveys.models import Survey


class Offers(models.Model):
    """What the company offers after a 9 or 10; one row. `words` maps a language to its own words
    (see promoters.rules.WORDS); what is missing there is said in ours."""

    reviews = models.BooleanField(default=True)
    referral = models.BooleanField(default=False)
    reference = models.BooleanField(default=False)
    community = models.BooleanField(default=False)
    community_url = models.URLField(max_length=500, blank=True)
    words = models.JSONField(default=dict)

    def __str__(self) -> str:
        return "offers"


class ReviewPlace(models.Model):
    """A public page where promoters may say it again: for one survey or unit, or for all."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=60)
    url = models.URLField(max_length=500)
    survey = models.ForeignKey(Survey, models.CASCADE, null=True, related_name="review_places")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="review_places")
    position = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Promoter(models.Model):
    """A customer who gave us a 9 or 10, with their newest answer and what they said to our offers.

    `score` follows the newest answer: below 9 they are one no more. `reference`: may we name
    them to others; None: not asked or not said.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    customer = models.OneToOneField(Customer, models.CASCADE, related_name="promoter")
    response = models.ForeignKey(Response, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="promoters")
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="promoters")
    score = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField()
    reference = models.BooleanField(null=True)
    reference_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-answered_at", "-id"]
        indexes = [
            models.Index(fields=["unit", "-answered_at"], name="promoters_of_unit"),
            models.Index(
                fields=["-answered_at"],
                name="promoters_to_thank",
                condition=models.Q(thanked_at=None, score__gte=9),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.score}"


class Thanks(models.Model):
    """Somebody of us thanked a promoter; a call counts as a contact."""

    promoter = models.ForeignKey(Promoter, models.CASCADE, related_name="thanks")
    how = models.CharField(max_length=10, choices=How.choices)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.promoter_id}: {self.how}"


class Happening(models.Model):
    """One step, at most once a day for the same promoter and place; of friends' visits each."""

    promoter = models.ForeignKey(Promoter, models.CASCADE, related_name="happenings")
    step = models.CharField(max_length=10, choices=Step.choices)
    place = models.ForeignKey(ReviewPlace, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["at", "step"], name="happenings_of_promoters")]

    def __str__(self) -> str:
        return f"{self.promoter_id}: {self.step}"


class Referral(models.Model):
    """A friend who left their name and agreed to be contacted, and what came of it."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    promoter = models.ForeignKey(Promoter, models.CASCADE, related_name="referrals")
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="referrals")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, blank=True)
    consent_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=ReferralState.choices, default=ReferralState.NEW
    )
    note = models.CharField(max_length=500, blank=True)
    revenue = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="revenue_is_not_negative",
                condition=models.Q(revenue=None) | models.Q(revenue__gte=Decimal(0)),
            )
        ]

    def __str__(self) -> str:
        return self.name
