"""What may be kept of an answer to an anonymous survey, and how is it found again?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.crypto import salted_hmac

from loopwell.responses.rules import Answer
from loopwell.surveys.enums import ANONYMOUS, QuestionType
from loopwell.surveys.models import Version
from loopwell.surveys.questions import questions_of

SALT = "loopwell.responses.anonymity"
KEPT_APART = (QuestionType.NPS, QuestionType.COMMENT, QuestionType.CONSENT, QuestionType.HIDDEN)
"""Fields of their own, or values that say where somebody came from."""


def is_anonymous(kind: str) -> bool:
    return kind in ANONYMOUS


def key_of(invitation_ref: str) -> str:
    """Under this `Response.import_key` stands what was said through the invitation.

    Whoever has the link finds the answer, and there is only one; without the secret key the rows
    alone do not tell which invitation an answer belongs to.
    """
    return f"anon:{salted_hmac(SALT, invitation_ref, algorithm='sha256').hexdigest()}"


def to_the_hour(moment: datetime) -> datetime:
    """So much is kept of when it was said."""
    return moment.replace(minute=0, second=0, microsecond=0)


def stripped(answer: Answer, version: Version | None) -> Answer:
    """Without consent, hidden fields and how to reach whoever said it."""
    said = _asked(answer.answers or {}, version)
    return replace(answer, contact_consent=None, answers=said or None)


def _asked(answers: Mapping[str, Any], version: Version | None) -> dict[str, Any]:
    asked = questions_of(version) if version else ()
    keys = {each.key for each in asked if each.type not in KEPT_APART}
    return {key: value for key, value in answers.items() if key in keys}
