"""What does somebody want to save about a customer, an account or an interaction?

In every field None means “leave as it is” and an empty text means “clear”.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class AccountDraft:
    """`reference` is an external id or a name; `unit` and `owner` are found by what they say."""

    external_id: str | None = None
    name: str | None = None
    reference: str | None = None
    unit: str | None = None
    owner: str | None = None
    revenue: Decimal | None = None
    currency: str | None = None
    renewal_on: date | None = None
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The same for two drafts that mean the same account."""
        if self.external_id:
            return f"id:{self.external_id}"
        return f"name:{self.name or self.reference}"


@dataclass(frozen=True)
class CustomerDraft:
    external_id: str | None = None
    email: str | None = None
    phone: str | None = None
    name: str | None = None
    language: str | None = None
    time_zone: str | None = None
    unit: str | None = None
    account: AccountDraft | None = None
    decision_role: str | None = None
    title: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    phone_region: str = ""


@dataclass(frozen=True)
class InteractionDraft:
    """What happened, and everything told about whose it was.

    `customer_ref` is our own reference; the other four come from the company's systems.
    """

    touchpoint: str = ""
    at: datetime | None = None
    external_id: str | None = None
    customer_ref: str | None = None
    customer_id: str | None = None
    customer_email: str | None = None
    customer_phone: str | None = None
    customer_name: str | None = None
    language: str | None = None
    unit: str | None = None
    employee: str | None = None
    channel: str | None = None
    product: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def whose(self) -> str:
        """The strongest thing told about the customer; "" when nothing is."""
        for name in ("customer_ref", "customer_id", "customer_email", "customer_phone"):
            if value := getattr(self, name):
                return f"{name}:{value}"
        return ""

    @property
    def key(self) -> str:
        """The same for two drafts that mean the same interaction."""
        if self.external_id:
            return f"id:{self.external_id}"
        told = f"{self.whose}\0{self.touchpoint}\0{self.at.isoformat() if self.at else ''}"
        return f"told:{hashlib.sha256(told.encode()).hexdigest()}"

    def as_json(self) -> dict[str, Any]:
        told = {name: value for name, value in asdict(self).items() if value not in (None, "", {})}
        return told | ({"at": self.at.isoformat()} if self.at else {})

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "InteractionDraft":
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in told.items() if name in known}
        if "at" in values:
            values["at"] = datetime.fromisoformat(values["at"])
        return cls(**values)
