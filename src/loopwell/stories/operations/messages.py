"""How does what everybody says alike at a touchpoint change?"""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Invalid
from loopwell.stories.models import KeyMessage
from loopwell.surveys.models import Survey

PARTS = ("message", "scenario", "offers")


@transaction.atomic
def save_key_message(
    *,
    actor: Actor,
    now: datetime,
    touchpoint: str,
    texts: Mapping[str, Mapping[str, str]],
    survey: Survey | None = None,
    message: KeyMessage | None = None,
) -> KeyMessage:
    """One language with a message is needed; the same holds in every channel of the touchpoint."""
    require(actor, Right.RUN_SURVEYS)
    known = dict(settings.LANGUAGES)
    kept = {
        code: {part: words.get(part, "").strip() for part in PARTS if words.get(part, "").strip()}
        for code, words in texts.items()
        if code in known
    }
    kept = {code: words for code, words in kept.items() if words}
    fields = {}
    if not touchpoint.strip():
        fields["touchpoint"] = [_("Say at which touchpoint.")]
    if not any("message" in words for words in kept.values()):
        fields["message"] = [_("Write the message in one language at least.")]
    if fields:
        raise Invalid(" ".join(text for found in fields.values() for text in found), fields=fields)
    saved = message or KeyMessage(position=KeyMessage.objects.count() + 1)
    saved.touchpoint, saved.texts, saved.survey = touchpoint.strip()[:60], kept, survey
    saved.updated_by_id, saved.updated_at = actor.user_id, now
    saved.save()
    _told(actor, now, saved, "changed" if message else "added")
    return saved


@transaction.atomic
def retire_key_message(*, actor: Actor, now: datetime, message: KeyMessage) -> None:
    require(actor, Right.RUN_SURVEYS)
    message.retired_at = now
    message.save(update_fields=["retired_at"])
    _told(actor, now, message, "retired")


def _told(actor: Actor, now: datetime, message: KeyMessage, what: str) -> None:
    append(actor=actor, now=now, events=[Event(f"key_message.{what}", "key_message", message.pk)])
