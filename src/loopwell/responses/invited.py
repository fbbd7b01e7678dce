"""What does a customer's link lead to: which words, and what have they answered so far?"""

from dataclasses import dataclass, field
from datetime import datetime

from loopwell.access.queries import root_unit
from loopwell.responses.models import Response
from loopwell.responses.rules import Standing
from loopwell.sampling.models import Invitation
from loopwell.surveys.rules import filled, language_for, texts_for


@dataclass(frozen=True)
class Invited:
    """One invitation as its respondent's page shows it; `texts` are in `language`."""

    standing: Standing
    language: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    company: str = ""
    score: int | None = None
    comment: str = ""
    contact_consent: bool | None = None
    expires_at: datetime | None = None


def invited(ref: str, *, now: datetime) -> Invited:
    """Everything the page needs, in two look-ups."""
    invitation = Invitation.objects.select_related("version", "response").filter(ref=ref).first()
    if invitation is None:
        return Invited(Standing.UNKNOWN)
    version = invitation.version
    language = language_for(version, invitation.language)
    company = root_unit()
    texts = filled(
        texts_for(version, language),
        company=company.name if company else "",
        name=invitation.customer.name,
    )
    given: Response | None = getattr(invitation, "response", None)
    return Invited(
        standing=_standing(invitation, given, now),
        language=language,
        texts=texts,
        company=company.name if company else "",
        score=given.score if given else None,
        comment=given.comment if given else "",
        contact_consent=given.contact_consent if given else None,
        expires_at=invitation.expires_at,
    )


def _standing(invitation: Invitation, given: Response | None, now: datetime) -> Standing:
    if invitation.declined_at is not None:
        return Standing.DECLINED
    if invitation.expires_at <= now:
        return Standing.EXPIRED
    return Standing.ANSWERED if given else Standing.OPEN
