"""Who is asked when, by which rules, why or why not, and what was true of them then?"""

from django.db import models
from django.utils import timezone

from loopwell.access.models import Unit, User
from loopwell.kit.ids import new_ref
from loopwell.people.models import Account, Customer, Interaction
from loopwell.sampling.enums import After, Channel, LinkKind, ProgrammeKind, QuotaPeriod
from loopwell.surveys.models import Survey, Version


class Plan(models.Model):
    """How customers are asked, the same for a single sending and a standing programme.

    `filter` is a sampling.rules.CustomerFilter as JSON; `unit` bounds it (none: the whole
    company). `reminders` are the days after the invitation on which those who have not answered
    are reminded. `strata` names the property within whose values the sample is drawn.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="%(class)ss")
    filter = models.JSONField(default=dict)
    other_languages = models.BooleanField(default=False)
    channel = models.CharField(max_length=20, default=Channel.EMAIL)
    reminders = models.JSONField(default=list)
    open_for_days = models.PositiveIntegerField(default=35)
    strata = models.CharField(max_length=40, blank=True)
    is_demo = models.BooleanField(default=False)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class Programme(Plan):
    """A standing definition of who is asked what, when, by which channel.

    Relationship: everybody once per `cycle_days`, spread over working days; each cycle is a Wave.
    Transactional: each interaction at one of `touchpoints`, `delay_minutes` after it, unless it
    is older than `expires_hours`; `share` percent of them, and only those that meet `about`, a
    sampling.rules.InteractionFilter as JSON. Link: always on, through its Links.
    It always sends the survey's newest published version.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="programmes")
    kind = models.CharField(max_length=15, choices=ProgrammeKind.choices)
    cycle_days = models.PositiveIntegerField(default=91)
    touchpoints = models.JSONField(default=list)
    delay_minutes = models.PositiveIntegerField(default=120)
    expires_hours = models.PositiveIntegerField(default=168)
    share = models.PositiveSmallIntegerField(default=100)
    about = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class Wave(Plan):
    """One sending of one survey version to the customers that met a filter, or one cycle of a
    relationship programme.

    `excluded` counts candidates by the reason they were left out and `chosen` those to ask, both
    kept from the moment of the launch.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="waves")
    version = models.ForeignKey(Version, models.PROTECT, related_name="waves")
    sample_size = models.PositiveIntegerField(null=True)
    seed = models.BigIntegerField()
    excluded = models.JSONField(default=dict)
    chosen = models.PositiveIntegerField(null=True)
    launched_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)


class Invitation(models.Model):
    """One customer asked once; unit, employee, account, its owner, touchpoint, product and
    properties as they were then.

    Times tell how far it came: `delivered_at` (the mail system says so), `opened_at` (the
    message), `started_at` (the survey's page, by a person), `scanned_at` (a machine opened its
    links), `nudged_at` (the account's owner reminded in person). `weight` comes from the wave's
    Weighting, none where answers were not weighted. Customers to be phoned are `claimed_by` one
    caller at a time, and not before `call_after`.
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, null=True, related_name="invitations")
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="invitations")
    version = models.ForeignKey(Version, models.PROTECT, related_name="invitations")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="invitations")
    interaction = models.ForeignKey(Interaction, models.SET_NULL, null=True)
    language = models.CharField(max_length=10)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="invitations")
    employee = models.ForeignKey(User, models.SET_NULL, null=True, related_name="invitations")
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="invitations")
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=20, default=Channel.EMAIL, db_default=Channel.EMAIL)
    touchpoint = models.CharField(max_length=60, blank=True, default="", db_default="")
    product = models.CharField(max_length=100, blank=True, default="", db_default="")
    properties = models.JSONField(default=dict)
    weight = models.FloatField(null=True)
    is_test = models.BooleanField(default=False)
    planned_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    scanned_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0, db_default=0)
    nudged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    complained_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    claimed_at = models.DateTimeField(null=True)
    call_after = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "customer"], name="asked_once_in_a_wave"),
            models.UniqueConstraint(
                fields=["programme", "interaction"], name="asked_once_about_an_interaction"
            ),
        ]
        indexes = [
            # Serve the reminder: sent and unanswered.
            models.Index(
                fields=["wave", "sent_at"],
                name="invitation_to_remind",
                condition=models.Q(answered_at=None),
            ),
            models.Index(
                fields=["programme", "sent_at"],
                name="programme_to_remind",
                condition=models.Q(answered_at=None),
            ),
            # Serves quarantine: when was this customer asked last?
            models.Index(fields=["customer", "planned_at"], name="invitation_of_customer"),
            # Serves callers: whom to call next?
            models.Index(
                fields=["expires_at"],
                name="invitation_to_call",
                condition=models.Q(channel="phone", answered_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class Run(models.Model):
    """One round of deciding: which candidates of a plan are asked now.

    `counts` has the number of candidates by outcome ("asked" or the reason they were not);
    `short` says in numbers where fewer could be asked than wanted. `draw` holds where the lots are
    cut (sampling.drawing.Stage as JSON), fixed before the first decision is written, so that a
    run continued after a crash chooses the same people. `day` is the local working day of a
    relationship programme's run.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="runs")
    wave = models.ForeignKey(Wave, models.CASCADE, null=True, related_name="runs")
    day = models.DateField(null=True)
    at = models.DateTimeField()
    seed = models.BigIntegerField()
    draw = models.JSONField(null=True)
    counts = models.JSONField(default=dict)
    short = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "day"], name="one_run_a_day"),
            models.UniqueConstraint(
                fields=["programme"],
                name="one_run_at_a_time",
                condition=models.Q(finished_at=None),
            ),
            models.UniqueConstraint(
                fields=["wave"], name="one_run_of_a_sending", condition=models.Q(day=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id or self.wave_id} {self.at:%Y-%m-%d %H:%M}"


class Decision(models.Model):
    """Why one candidate was asked in a run, or was not; the auditor's log.

    `outcome` is "asked", an exclusion's reason, "quota" or "sample" (not drawn); about an
    interaction also "expired" or "duplicate". `programme` is the run's. Written in bulk and kept
    for a configurable time.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="decisions")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="decisions")
    programme = models.ForeignKey(
        Programme, models.CASCADE, null=True, related_name="decisions", db_index=False
    )
    interaction = models.ForeignKey(Interaction, models.CASCADE, null=True, db_index=False)
    outcome = models.CharField(max_length=20)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "customer"],
                name="decided_once",
                condition=models.Q(interaction=None),
            ),
            # Also serves the deletion of an interaction, hence its order.
            models.UniqueConstraint(
                fields=["interaction", "programme"],
                name="decided_once_about_an_interaction",
                condition=models.Q(interaction__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.outcome}"


class ContactRule(models.Model):
    """How long a customer is left alone after something, over all programmes.

    Empty `channel` and `kind` (of survey) mean any; `kind` and `channel` are those of what would
    be asked now. Rules are looked at in order of `position`.
    """

    after = models.CharField(max_length=12, choices=After.choices)
    days = models.PositiveIntegerField()
    kind = models.CharField(max_length=15, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.days} days after {self.after}"


class ContactLimit(models.Model):
    """What holds for every message to a customer; one row for the company.

    Quiet from `quiet_from` to `quiet_to` (local hours of the customer), on Sundays where
    `quiet_sundays`, and on holidays of `holidays_of` (ISO country, none: no holidays).
    """

    most_per_day = models.PositiveIntegerField(null=True)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    quiet_sundays = models.BooleanField(default=False)
    holidays_of = models.CharField(max_length=6, blank=True)
    decisions_kept_days = models.PositiveIntegerField(default=730)

    def __str__(self) -> str:
        return f"{self.most_per_day or '∞'} a day"


class ContactException(models.Model):
    """A plan that may break one contact rule, and why; always somebody's decision."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, null=True, related_name="contact_exceptions"
    )
    wave = models.ForeignKey(Wave, models.CASCADE, null=True, related_name="contact_exceptions")
    after = models.CharField(max_length=12, choices=After.choices)
    reason = models.CharField(max_length=500)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.after}: {self.reason}"


class Quota(models.Model):
    """At most so many invitations of a programme in a period: in all, or for each unit or each
    value of a property (`each` is "", "unit" or a property's name)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="quotas")
    period = models.CharField(max_length=5, choices=QuotaPeriod.choices)
    each = models.CharField(max_length=40, blank=True)
    most = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "period", "each"], name="quota_once")
        ]

    def __str__(self) -> str:
        return f"{self.most} a {self.period}"


class Link(models.Model):
    """A way in without an invitation: always on until it is closed.

    Its answers carry the link's unit and employee. `settings` belongs to the kind (embed: where
    and when it is shown; kiosk: seconds until it begins anew).
    """

    ref = models.CharField(max_length=14, unique=True, default=new_ref, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=6, choices=LinkKind.choices)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="links")
    employee = models.ForeignKey(User, models.SET_NULL, null=True, related_name="links")
    language = models.CharField(max_length=10, blank=True)
    settings = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OptOut(models.Model):
    """A customer who wants no more of one programme (none: of nothing at all)."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="opt_outs")
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="opt_outs")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "programme"], name="opted_out_of_a_programme_once"
            ),
            models.UniqueConstraint(
                fields=["customer"],
                condition=models.Q(programme=None),
                name="opted_out_of_everything_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.programme_id}"


class Weighting(models.Model):
    """How the answers of a wave are weighted to mirror the customer base (raking).

    `properties` are the names raked over; `targets` maps property → value → share of the base;
    `report` has the largest and smallest weight, how many were trimmed, the design effect and
    the effective sample size. The weights themselves are Invitation.weight.
    """

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="weighting")
    properties = models.JSONField(default=list)
    targets = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.wave_id}: {', '.join(self.properties)}"
