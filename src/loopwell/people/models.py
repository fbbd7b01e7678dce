"""Whom do we serve: customers, the accounts they belong to, and what happened with them?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.kit.ids import new_ref
from loopwell.people.enums import DecisionRole, PropertyKind, UnknownCustomers, UploadKind


class Property(models.Model):
    """A property that customers and interactions may carry (segment, tariff, …): a column of its
    kind in every fact table that carries properties."""

    name = models.SlugField(max_length=40, unique=True, allow_unicode=False)
    label = models.CharField(max_length=100)
    kind = models.CharField(
        max_length=6, choices=PropertyKind.choices, default=PropertyKind.TEXT, db_default="text"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Account(models.Model):
    """A client company, with our owner, what it brings in a year, and when it renews."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    external_id = models.CharField(max_length=100, null=True, unique=True)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="accounts")
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="accounts")
    revenue = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    renewal_on = models.DateField(null=True)
    properties = models.JSONField(default=dict)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Customer(models.Model):
    """A person we serve; `email` is lower case, `properties` maps Property.name to text."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    external_id = models.CharField(max_length=100, null=True, unique=True)
    email = models.EmailField(null=True, unique=True)
    phone = models.CharField(max_length=32, blank=True, db_index=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=64, blank=True, default="", db_default="")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="customers")
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="contacts")
    decision_role = models.CharField(max_length=12, choices=DecisionRole.choices, blank=True)
    title = models.CharField(max_length=120, blank=True)
    properties = models.JSONField(default=dict)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="customer_is_somebody",
                condition=models.Q(external_id__isnull=False) | models.Q(email__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.external_id or self.ref


class Interaction(models.Model):
    """Something that happened between a customer and us, and who of us took part."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    external_id = models.CharField(max_length=100, null=True, unique=True)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="interactions")
    touchpoint = models.CharField(max_length=60)
    at = models.DateTimeField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="interactions")
    employee = models.ForeignKey(User, models.SET_NULL, null=True, related_name="interactions")
    channel = models.CharField(max_length=60, blank=True)
    product = models.CharField(max_length=100, blank=True)
    properties = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        indexes = [
            # Serves transactional programmes: what happened at this touchpoint lately?
            models.Index(fields=["touchpoint", "at"], name="interaction_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.touchpoint} {self.at:%Y-%m-%d}"


class HeldInteraction(models.Model):
    """An interaction whose customer we do not know: kept until somebody decides.

    `given` is the interaction as it came (InteractionDraft as JSON). What identifies the customer
    stands in columns too, so that the customer's arrival finds it. Resolved without an
    interaction means thrown away. `key` keeps the same interaction from being held twice.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    key = models.CharField(max_length=200, null=True, unique=True)
    customer_id_given = models.CharField(max_length=100, blank=True, db_index=True)
    email = models.CharField(max_length=254, blank=True, db_index=True)
    phone = models.CharField(max_length=32, blank=True, db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    given = models.JSONField(default=dict)
    why = models.CharField(max_length=300)
    origin = models.CharField(max_length=100, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)
    interaction = models.ForeignKey(Interaction, models.SET_NULL, null=True)

    class Meta:
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return self.why


class Intake(models.Model):
    """What happens to interactions of unknown customers; one row for the company."""

    unknown_customers = models.CharField(
        max_length=6, choices=UnknownCustomers.choices, default=UnknownCustomers.HOLD
    )

    def __str__(self) -> str:
        return self.unknown_customers


class KeptReply(models.Model):
    """What a program was told under its Idempotency-Key: the same again gets the same.

    `key` is a digest of the caller and its key, `digest` one of the body.
    """

    key = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.key


class Journey(models.Model):
    """The moments of a customer's way with us, from first contact through use and payment."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=200, unique=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Moment(models.Model):
    """One moment of a journey: the touchpoint its interactions and surveys name, who of us owns
    it, and who delivers it: we, or a partner (an account) that customers may leave us for."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="moments")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    touchpoint = models.CharField(max_length=60)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="moments")
    partner = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="moments")

    class Meta:
        ordering = ["journey_id", "position"]

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file somebody brought, on its way through mapping, trial and import.

    `path` is relative to the data folder's files; `mapping` maps target field (or
    "property.<name>") to column; `options` holds what the reader detected or was told.
    `progress` is how far the running import came, written with each chunk, so that a killed
    worker goes on; `trial` and `result` are their outcomes.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    kind = models.CharField(max_length=12, choices=UploadKind.choices)
    filename = models.CharField(max_length=255)
    path = models.CharField(max_length=255)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    job_ref = models.CharField(max_length=14, blank=True)
    progress = models.JSONField(default=dict)
    trial = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    imported_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="uploads")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.filename
