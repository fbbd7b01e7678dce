"""What was true of a customer when they were chosen?"""

from datetime import datetime

from loopwell.people.models import Customer, Interaction
from loopwell.sampling.enums import Channel
from loopwell.sampling.models import Invitation, Programme, Wave
from loopwell.surveys.models import Version
from loopwell.surveys.rules import language_for


def invitation_for(
    customer: Customer,
    version: Version,
    *,
    now: datetime,
    expires_at: datetime,
    wave: Wave | None = None,
    programme: Programme | None = None,
    interaction: Interaction | None = None,
    channel: str = Channel.EMAIL,
    is_test: bool = False,
) -> Invitation:
    """An unsaved invitation that keeps unit, account and its owner, language and properties as
    they are now, and of an interaction its unit, employee, touchpoint, product and properties.

    The customer's account should come with it (select_related): its owner is kept too.
    """
    met = interaction
    return Invitation(
        wave=wave,
        programme=programme,
        interaction=met,
        version=version,
        customer=customer,
        language=language_for(version, customer.language),
        unit_id=(met.unit_id if met else None) or customer.unit_id,
        employee_id=met.employee_id if met else None,
        account_id=customer.account_id,
        owner_id=customer.account.owner_id if customer.account else None,
        channel=channel,
        touchpoint=met.touchpoint if met else version.survey.touchpoint,
        product=met.product if met else "",
        properties={**customer.properties, **(met.properties if met else {})},
        is_test=is_test,
        planned_at=now,
        expires_at=expires_at,
    )
