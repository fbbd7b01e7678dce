"""What does somebody want to save about a customer or an account, before it is resolved?

In every field None means “leave as it is” and an empty text means “clear”.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

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
    unit: str | None = None
    account: AccountDraft | None = None
    decision_role: str | None = None
    title: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    phone_region: str = ""
