"""How does a new person get their password? By a link that only their mailbox sees."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from loopwell.access.queries import root_unit

log = logging.getLogger("loopwell.console")


def invite(person: Any, by: str) -> bool:
    """Sends the link in the person's language; False when the mail could not be handed over."""
    link = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(person),
            "key": default_token_generator.make_token(person),
        },
    )
    company = root_unit()
    with translation.override(person.language or settings.LANGUAGE_CODE):
        context = {
            "person": person,
            "by": by,
            "company": company.name if company else "Loopwell",
            "link": f"{settings.BASE_URL}{link}",
            "login": f"{settings.BASE_URL}/",
            "days": settings.PASSWORD_RESET_TIMEOUT // 86400,
        }
        text = render_to_string("console/company/invitation.txt", context)
        subject = _("Your access to Loopwell at %(company)s") % context
    try:
        send_mail(subject, text, None, [person.email])
    except (OSError, SMTPException) as error:
        log.error("invitation of %s could not be sent: %s", person.ref, error)  # noqa: TRY400 mail servers fail without it being our bug
        return False
    return True
