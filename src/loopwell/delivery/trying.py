"""How does one get a survey oneself before customers do?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor, require
from loopwell.delivery.enums import Purpose
from loopwell.delivery.models import Message
from loopwell.delivery.operations import TEST_LIFE
from loopwell.kit.errors import Invalid
from loopwell.people.models import Customer
from loopwell.sampling.snapshots import invitation_for
from loopwell.surveys.models import Version


@transaction.atomic
def send_survey_test(
    *, actor: Actor, version: Version, now: datetime, language: str = ""
) -> Message:
    """An invitation to this version, draft or live, to the actor's own address; what it is
    answered counts nowhere. It is about the actor where they are a customer too, else about the
    newest customer they see."""
    require(actor, Right.RUN_SURVEYS)
    me = User.objects.filter(pk=actor.user_id or 0).first()
    if me is None:
        raise Invalid(_("A test goes to a person: log in first."))
    rows = Customer.objects.filter(actor.within(Right.RUN_SURVEYS).rows(account="account"))
    rows = rows.select_related("account")
    customer = rows.filter(email__iexact=me.email).first() or rows.order_by("-pk").first()
    if customer is None:
        raise Invalid(
            _("A test is written about a customer, and there is none yet: add one first.")
        )
    invitation = invitation_for(
        customer, version, now=now, expires_at=now + TEST_LIFE, is_test=True
    )
    if language in version.texts:
        invitation.language = language
    invitation.save()
    return Message.objects.create(
        invitation=invitation, purpose=Purpose.INVITATION, to=me.email, created_at=now
    )
