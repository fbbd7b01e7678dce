"""What does the mail look like that tells a customer what became of what they said?"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from loopwell.access.models import Unit
from loopwell.cases.models import Case
from loopwell.cases.rules.letters import message_id_of, reply_address
from loopwell.delivery.letters import company_name, sender
from loopwell.initiatives.models import Telling
from loopwell.initiatives.queries.naming import Receiver
from loopwell.initiatives.rules.telling import SALT, language_read, said_to
from loopwell.sampling.links import token_of


def mail_to(telling: Telling, receiver: Receiver, ref: str) -> EmailMessage:
    """Plain words in their language, answered into their newest case, with the way out of it."""
    company = company_name()
    owner = telling.initiative.owner
    unit = Unit.objects.filter(pk=receiver.unit or 0).first()
    code = language_read(telling.words, receiver.language)
    fields = {
        "customer": receiver.name,
        "agent": str(owner) if owner else company,
        "company": company,
        "unit": unit.name if unit else company,
    }
    subject, text = said_to(telling.words, receiver.language, fields)
    leave = f"{settings.BASE_URL}/told/{token_of(ref, salt=SALT)}/"
    case = Case.objects.filter(customer=receiver.customer).order_by("-pk").first()
    answer_to = reply_address(case.ref) if case else settings.REPLY_ADDRESS
    with translation.override(code):
        ending = _("You get this because you told us about it. No more mail from us: %(address)s")
    return EmailMessage(
        subject,
        f"{text}\n\n-- \n{ending % {'address': leave}}\n",
        from_email=sender(company),
        to=[receiver.address],
        reply_to=[answer_to] if answer_to else None,
        headers={
            "Message-ID": message_id_of(ref),
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
            "Content-Language": code,
        },
    )
