"""Which units, people, roles and API keys are there?"""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from loopwell.access.enums import Role, UnitKind
from loopwell.kit.ids import new_ref


class Unit(models.Model):
    """A node of the company's tree; the root is the company itself.

    `path` lists the ids from the root down to this unit ("/1/4/9/"), so that "everything
    below" is one indexed prefix. It is written by access.operations alone.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=255, db_index=True, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=UnitKind.choices, default=UnitKind.BRANCH)
    external_id = models.CharField(max_length=100, null=True, unique=True)
    time_zone = models.CharField(max_length=64, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An employee; one without a usable password simply cannot log in.

    `languages` (codes) and `skills` (words of the company's own) are those they serve customers
    with; routing looks at them.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=32, blank=True)
    external_id = models.CharField(max_length=100, null=True, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="employees")
    manager = models.ForeignKey("self", models.SET_NULL, null=True, related_name="reports")
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    languages = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or self.email


class Membership(models.Model):
    """A person's role at a unit; it holds for everything below that unit too."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "role"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id}"


class Absence(models.Model):
    """Somebody is away, both days included; the deputy, if any, gets what would be theirs."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()
    deputy = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts_on", "id"]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.starts_on} to {self.ends_on}"


class ApiKey(models.Model):
    """A key for programs: only its digest is kept, its first characters help to find it."""

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    rights = models.JSONField(default=list)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="api_keys")
    created_by = models.ForeignKey(User, models.CASCADE, related_name="api_keys")
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    def is_usable(self, now: datetime) -> bool:
        return self.revoked_at is None or self.revoked_at > now
