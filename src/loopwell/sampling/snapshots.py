"""What was true of a customer when they were chosen?"""

from datetime import datetime

from loopwell.people.models import Customer
from loopwell.sampling.models import Invitation, Wave
from loopwell.surveys.models import Version
from loopwell.surveys.rules import language_for


def invitation_for(
    customer: Customer,
    version: Version,
    *,
    now: datetime,
    expires_at: datetime,
    wave: Wave | None = None,
    is_test: bool = False,
) -> Invitation:
    """An unsaved invitation that keeps unit, account, language and properties as they are now."""
    return Invitation(
        wave=wave,
        version=version,
        customer=customer,
        language=language_for(version, customer.language),
        unit_id=customer.unit_id,
        account_id=customer.account_id,
        properties=customer.properties,
        is_test=is_test,
        planned_at=now,
        expires_at=expires_at,
    )
