"""What does one customer's SMS say?"""

from dataclasses import dataclass

from django.conf import settings

from loopwell.delivery.enums import Purpose
from loopwell.delivery.letters import PREVIEW_TOKEN
from loopwell.delivery.models import Message
from loopwell.sampling.links import token_of
from loopwell.surveys.brand import hides_us
from loopwell.surveys.models import Version
from loopwell.surveys.rules import filled, language_for, texts_for
from loopwell.surveys.wording.spoken import spoken


@dataclass(frozen=True)
class Text:
    """One SMS, ready to leave."""

    to: str
    text: str


def sms_words(
    *, version: Version, purpose: Purpose, language: str, name: str, token: str, company: str
) -> str:
    """The survey's own words or ours, with the customer's link behind them; where the survey
    does not tell who asks, its question stands in for ours."""
    shown = language_for(version, language)
    key = "sms_reminder" if purpose == Purpose.REMINDER else "sms"
    texts = texts_for(version, shown)
    hidden = hides_us(version.survey.kind)
    own = texts.get(key, "").strip() or (texts["question"] if hidden else spoken(key, shown))
    words = filled({key: own}, company="" if hidden else company, name=name)[key]
    return f"{words.strip()} {settings.BASE_URL}/r/{token}/"


def text_for(message: Message, company: str) -> Text:
    return Text(message.to, _words(message, company, token_of(message.invitation.ref)))


def preview_of(message: Message, company: str) -> str:
    """As it leaves, with a link that leads nowhere."""
    return _words(message, company, PREVIEW_TOKEN)


def _words(message: Message, company: str, token: str) -> str:
    invitation = message.invitation
    return sms_words(
        version=invitation.version,
        purpose=Purpose(message.purpose),
        language=invitation.language,
        name=" ".join(invitation.customer.name.split()),
        token=token,
        company=company,
    )
