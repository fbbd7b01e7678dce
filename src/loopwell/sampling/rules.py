"""Which customers does a sending want, and who of them must not be asked?

A customer left out is counted under the first exclusion that holds. Apps above add theirs
(delivery: suppressed addresses) with `exclusion`, so this one need not know them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loopwell.sampling.enums import After, Channel, ProgrammeKind, QuotaPeriod
from loopwell.sampling.models import Invitation, OptOut

LONGEST_DAYS = 365


@dataclass(frozen=True)
class CustomerFilter:
    """Empty fields ask for nothing; `properties` are (name, value) pairs that must all hold.

    `unit` is a ref and covers everything below it; `kind` is "", "consumers" or "contacts".
    """

    unit: str = ""
    language: str = ""
    kind: str = ""
    role: str = ""
    search: str = ""
    properties: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        values = {
            "unit": self.unit,
            "language": self.language,
            "kind": self.kind,
            "role": self.role,
            "search": self.search,
            "properties": [list(pair) for pair in self.properties],
        }
        return {key: value for key, value in values.items() if value}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "CustomerFilter":
        """Unknown keys are an error: a filter half understood would ask the wrong people."""
        pairs = tuple((str(name), str(value)) for name, value in values.get("properties", []))
        return cls(**{**values, "properties": pairs})


@dataclass(frozen=True)
class InteractionFilter:
    """What an interaction must be like; empty fields ask for nothing. `unit` is a ref and covers
    everything below it, `employee` is a ref."""

    unit: str = ""
    employee: str = ""
    product: str = ""
    channel: str = ""
    properties: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        values = {
            "unit": self.unit,
            "employee": self.employee,
            "product": self.product,
            "channel": self.channel,
            "properties": [list(pair) for pair in self.properties],
        }
        return {key: value for key, value in values.items() if value}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "InteractionFilter":
        """Unknown keys are an error, as for customers."""
        pairs = tuple((str(name), str(value)) for name, value in values.get("properties", []))
        return cls(**{**values, "properties": pairs})


@dataclass(frozen=True)
class QuotaDraft:
    """At most `most` invitations in a period, in all or for each unit or value of a property:
    `each` is "", "unit" or a property's name."""

    period: QuotaPeriod
    most: int
    each: str = ""


@dataclass(frozen=True)
class ProgrammeDraft:
    """Everything somebody chooses for a programme; also what a simulation looks at.

    `exceptions` give the reason for each contact rule the programme may break. The fields of
    the other kinds are ignored.
    """

    kind: ProgrammeKind
    name: str = ""
    wanted: CustomerFilter = CustomerFilter()
    about: InteractionFilter = InteractionFilter()
    channel: str = Channel.EMAIL
    other_languages: bool = False
    reminders: tuple[int, ...] = (7,)
    open_for_days: int = 35
    strata: str = ""
    cycle_days: int = 91
    touchpoints: tuple[str, ...] = ()
    delay_minutes: int = 120
    expires_hours: int = 168
    share: int = 100
    quotas: tuple[QuotaDraft, ...] = ()
    exceptions: tuple[tuple[After, str], ...] = ()


@dataclass(frozen=True)
class Rule:
    """Left alone for `days` after something."""

    after: After
    days: int


@dataclass(frozen=True)
class Asking:
    """What an exclusion may look at besides the customer.

    `languages` the survey speaks (empty: it also asks others); `rules` are the contact rules that
    hold for this kind of survey and channel, exceptions taken out. `most_per_day` invitations
    may be planned for one customer since `day_began`, the company's last midnight. `imagined_id`
    is a programme that is only imagined to begin now: what it did so far does not count.
    """

    now: datetime
    languages: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    wave_id: int | None = None
    programme_id: int | None = None
    channel: str = Channel.EMAIL
    most_per_day: int | None = None
    day_began: datetime | None = None
    imagined_id: int | None = None

    def since(self, after: After) -> datetime | None:
        """What happened later than this keeps a customer from being asked; None: nothing does."""
        days = max((rule.days for rule in self.rules if rule.after == after), default=0)
        return self.now - timedelta(days=days) if days else None


Condition = Callable[[Asking], Q | Exists]


@dataclass(frozen=True)
class Exclusion:
    """`label` follows a number: "301 without an e-mail address". `position` is the order in which
    reasons are looked at; one that `stops_reminders` also keeps reminders back while it holds."""

    reason: str
    label: str | Promise
    condition: Condition
    position: int
    stops_reminders: bool = False


EXCLUSIONS: dict[str, Exclusion] = {}
"""By reason, in order of position."""


def exclusion(
    reason: str, label: str | Promise, *, position: int, stops_reminders: bool = False
) -> Callable[[Condition], Condition]:
    """Registers a reason to leave customers out; its condition is about Customer rows."""

    def register(condition: Condition) -> Condition:
        found = [*EXCLUSIONS.values()]
        found.append(Exclusion(reason, label, condition, position, stops_reminders))
        EXCLUSIONS.clear()
        EXCLUSIONS.update((each.reason, each) for each in sorted(found, key=_position))
        return condition

    return register


ASKED, QUOTA, NOT_DRAWN, EXPIRED, DUPLICATE = "asked", "quota", "sample", "expired", "duplicate"
"""Outcomes of a decision besides the reasons of exclusions."""


def _position(each: Exclusion) -> int:
    return each.position


ADDRESSES: dict[str, str] = {Channel.EMAIL: "email", Channel.SMS: "phone", Channel.PHONE: "phone"}
"""By channel: the field of Customer it needs. Channels of integrations add theirs."""


@exclusion("no_email", _("without an address for this channel"), position=30)
def _no_address(asking: Asking) -> Q:
    field = ADDRESSES[asking.channel]
    return Q(**{field: None}) | Q(**{field: ""})


@exclusion("opted_out", _("who asked to be left alone"), position=20)
def _opted_out(asking: Asking) -> Q | Exists:
    wanted = Q(programme=None) | Q(programme=asking.programme_id)
    return Exists(OptOut.objects.filter(wanted, customer=OuterRef("pk")))


@exclusion("asked_lately", _("asked recently"), position=70)
def _asked(asking: Asking) -> Q | Exists:
    return _lately(asking, After.INVITATION, "planned_at")


@exclusion("answered", _("who answered recently"), position=50)
def _answered(asking: Asking) -> Q | Exists:
    return _lately(asking, After.ANSWER, "answered_at")


@exclusion("declined", _("who declined recently"), position=60)
def _declined(asking: Asking) -> Q | Exists:
    return _lately(asking, After.DECLINE, "declined_at")


def _lately(asking: Asking, after: After, moment: str) -> Q | Exists:
    """Whether an invitation other than this wave's own has its `moment` within the rule."""
    since = asking.since(after)
    if since is None:
        return Q(pk__in=[])
    rows = Invitation.objects.filter(
        customer=OuterRef("pk"), is_test=False, **{f"{moment}__gt": since}
    )
    if asking.wave_id:
        rows = rows.exclude(wave=asking.wave_id)
    return Exists(rows.exclude(programme=asking.imagined_id) if asking.imagined_id else rows)


@exclusion("enough_today", _("who got as much today as one may"), position=75)
def _enough_today(asking: Asking) -> Q | Exists:
    if asking.most_per_day is None:
        return Q(pk__in=[])
    rows = Invitation.objects.filter(
        customer=OuterRef("pk"), is_test=False, planned_at__gte=asking.day_began or asking.now
    )
    if asking.wave_id:
        rows = rows.exclude(wave=asking.wave_id)
    counted = rows.order_by().values("customer").annotate(number=Count("pk"))
    return Exists(counted.filter(number__gte=asking.most_per_day))


@exclusion("language", _("whose language the survey does not speak"), position=40)
def _language(asking: Asking) -> Q:
    """Nobody when the sending also asks those (`languages` is empty then)."""
    if not asking.languages:
        return Q(pk__in=[])
    spoken = Q(language="") | Q(language__in=asking.languages)
    for code in asking.languages:
        spoken |= Q(language__istartswith=f"{code}-") | Q(language__istartswith=f"{code}_")
    return ~spoken
