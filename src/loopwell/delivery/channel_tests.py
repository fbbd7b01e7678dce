"""Does a channel work? A test to oneself, and what went wrong lately."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor, require
from loopwell.delivery.channels import Channel
from loopwell.delivery.enums import Purpose
from loopwell.delivery.letters import company_name
from loopwell.delivery.models import Message
from loopwell.delivery.queries import visible_to
from loopwell.delivery.transports import Outcome, Unreachable
from loopwell.kit.errors import Invalid
from loopwell.people.models import Customer
from loopwell.people.rules.contact import normal_email, normal_phone
from loopwell.sampling.models import Invitation
from loopwell.surveys.models import Survey, Version

ERRORS_SHOWN = 5


@dataclass(frozen=True)
class Tested:
    arrived: bool
    detail: str = ""


def last_errors(actor: Actor, name: str) -> QuerySet[Message]:
    """Messages of the channel that did not leave, the newest first."""
    return visible_to(actor).filter(channel=name).exclude(error="").order_by("-id")[:ERRORS_SHOWN]


def own_address(actor: Actor, channel: Channel) -> str:
    """Where a test goes if nothing else is written."""
    if channel.address != "email":
        return ""
    found = User.objects.filter(pk=actor.user_id or 0).values_list("email", flat=True).first()
    return str(found or "")


def send_test(*, actor: Actor, channel: Channel, address: str, now: datetime) -> Tested:
    """A sample question to one's own address at once; nothing of it is stored or counted."""
    require(actor, Right.RUN_SURVEYS)
    to = _understood(channel, address or own_address(actor, channel))
    sample = _sample(channel, to, actor.name, now)
    transport = channel.transport()
    try:
        transport.open()
        try:
            result = transport.send(channel.write(sample, company_name()), sample.ref)
        finally:
            transport.close()
    except (Unreachable, ValueError) as error:
        return Tested(False, str(error))
    return Tested(result.outcome is Outcome.SENT, result.detail)


def _understood(channel: Channel, address: str) -> str:
    if channel.address == "email":
        wanted, right = normal_email(address) or "", bool(normal_email(address))
        message = _("This is not an e-mail address.")
    elif channel.address == "phone":
        wanted, right = normal_phone(address)
        message = _("Write the number with its country code: +48 123 456 789.")
    else:
        wanted, right = address.strip(), bool(address.strip())
        message = _("Write where the test goes.")
    if not right:
        raise Invalid(message, fields={"address": [message]})
    return wanted


def _sample(channel: Channel, to: str, name: str, now: datetime) -> Message:
    """As if this person were a customer; its link leads nowhere because nothing is stored."""
    version = Version(texts={}, default_language="en", survey=Survey(kind="relationship"))
    invitation = Invitation(
        version=version,
        customer=Customer(name=name),
        language="en",
        channel=channel.name,
        is_test=True,
        planned_at=now,
        expires_at=now,
    )
    return Message(
        invitation=invitation,
        purpose=Purpose.INVITATION,
        channel=channel.name,
        to=to,
        created_at=now,
    )
