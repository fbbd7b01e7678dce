"""Which words does a digest have, in the language and zone of whom it is for?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.access.models import User
from loopwell.digests.enums import Edition
from loopwell.digests.models import Digest
from loopwell.digests.queries import Brief
from loopwell.responses.masking import said_in_feeds

SALT, SUBSCRIBED = "loopwell.digests", "loopwell.digests.question"


@dataclass(frozen=True)
class Words:
    """A finished mail."""

    subject: str
    text: str
    html: str
    stop: str


@contextmanager
def as_they_read(user: User, zone: ZoneInfo) -> Iterator[None]:
    with translation.override(user.language or settings.LANGUAGE_CODE), timezone.override(zone):
        yield


def token_of(ref: str) -> str:
    return signing.dumps(ref, salt=SALT, compress=False)


def ref_in(token: str) -> str | None:
    """The digest a link is about; None for a link nobody of us made."""
    try:
        return str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None


def subscription_token(question_ref: str, user_id: int) -> str:
    """What a mail with the answer to a kept question carries, so that one click ends it."""
    return signing.dumps([question_ref, user_id], salt=SUBSCRIBED, compress=False)


def subscription_in(token: str) -> tuple[str, int] | None:
    """The question and the reader; None for a link nobody of us made."""
    try:
        question_ref, user_id = signing.loads(token, salt=SUBSCRIBED)
    except signing.BadSignature:
        return None
    return str(question_ref), int(user_id)


def words_for(digest: Digest, found: Brief, *, paused: int, zone: ZoneInfo) -> Words:
    user = digest.user
    with as_they_read(user, zone):
        said = said_in_feeds()
        base, token = settings.BASE_URL, token_of(digest.ref)
        place = str(user.unit) if user.unit else ""
        days = f"from={found.start}&to={found.end - timedelta(days=1)}"
        stop = base + reverse("digests:stop", args=[token])
        context = {
            "brief": found,
            "comments": [(answer, said(answer, answer.comment)) for answer in found.comments],
            "name": user.name,
            "place": place,
            "title": title(Edition(digest.edition), place),
            "days": days_in_words(found),
            "paused": paused,
            "base": base,
            "home": f"{base}{reverse('home:index')}?via=digest",
            "feed": f"{base}{reverse('answers:list')}?{days}&via=digest",
            "vote": base + reverse("digests:vote", args=[token]),
            "stop": stop,
            "language": translation.get_language(),
        }
        return Words(
            subject=" ".join(_subject(context["title"], found).split())[:200],
            text=render_to_string("digests/mail.txt", context),
            html=render_to_string("digests/mail.html", context),
            stop=stop,
        )


def title(edition: Edition, place: str) -> str:
    if place:
        names = {
            Edition.DAILY: _("%(place)s today"),
            Edition.WEEKLY: _("%(place)s this week"),
            Edition.MONTHLY: _("%(place)s: the month"),
        }
        return names[edition] % {"place": place}
    return {
        Edition.DAILY: _("Your day"),
        Edition.WEEKLY: _("Your week"),
        Edition.MONTHLY: _("Your month"),
    }[edition]


def days_in_words(found: Brief) -> str:
    last = found.end - timedelta(days=1)
    if last <= found.start:
        return date_format(found.start, "l j E")
    return f"{date_format(found.start, 'j E')} – {date_format(last, 'j E')}"


def _subject(heading: object, found: Brief) -> str:
    facts = {"title": heading, "what": found.waiting[0].words if found.waiting else ""}
    return _("%(title)s: %(what)s") % facts if found.waiting else str(heading)
