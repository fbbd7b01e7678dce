"""Which customers does a sending want, and who of them must not be asked?

A customer left out is counted under the first exclusion that holds. Apps above add theirs
(delivery: suppressed addresses) with `exclusion`, so this one need not know them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loopwell.sampling.models import Invitation

QUARANTINE_DAYS = 30
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
class Asking:
    """What an exclusion may look at besides the customer."""

    now: datetime
    quarantine_days: int
    languages: tuple[str, ...]
    wave_id: int | None = None


Condition = Callable[[Asking], Q | Exists]


@dataclass(frozen=True)
class Exclusion:
    """`label` follows a number: "301 without an e-mail address"."""

    reason: str
    label: str | Promise
    condition: Condition


EXCLUSIONS: dict[str, Exclusion] = {}


def exclusion(reason: str, label: str | Promise) -> Callable[[Condition], Condition]:
    """Registers a reason to leave customers out; its condition is about Customer rows."""

    def register(condition: Condition) -> Condition:
        EXCLUSIONS[reason] = Exclusion(reason, label, condition)
        return condition

    return register


@exclusion("no_email", _("without an e-mail address"))
def _no_email(asking: Asking) -> Q:
    return Q(email=None) | Q(email="")


@exclusion("asked", _("asked recently"))
def _asked(asking: Asking) -> Q | Exists:
    since = asking.now - timedelta(days=asking.quarantine_days)
    earlier = Invitation.objects.filter(
        customer=OuterRef("pk"), is_test=False, planned_at__gt=since
    )
    return Exists(earlier.exclude(wave=asking.wave_id) if asking.wave_id else earlier)


@exclusion("language", _("whose language the survey does not speak"))
def _language(asking: Asking) -> Q:
    """Nobody when the sending also asks those (`languages` is empty then)."""
    if not asking.languages:
        return Q(pk__in=[])
    spoken = Q(language="") | Q(language__in=asking.languages)
    for code in asking.languages:
        spoken |= Q(language__istartswith=f"{code}-") | Q(language__istartswith=f"{code}_")
    return ~spoken
