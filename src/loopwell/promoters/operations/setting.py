"""What does the company offer its promoters, in which words, and where may they review it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.promoters.models import Offers, ReviewPlace
from loopwell.promoters.rules import WORDS
from loopwell.surveys.models import Survey


@dataclass(frozen=True)
class OffersChange:
    """`words` maps a language to its words by Word.key."""

    reviews: bool
    referral: bool
    reference: bool
    community: bool
    community_url: str = ""
    words: Mapping[str, Mapping[str, str]] | None = None


@dataclass(frozen=True)
class PlaceChange:
    name: str
    url: str
    survey: Survey | None = None
    unit: Unit | None = None


@transaction.atomic
def save_offers(*, actor: Actor, now: datetime, change: OffersChange) -> Offers:
    _may(actor)
    url = change.community_url.strip()
    if url and not _is_address(url):
        _refuse("community_url", _("Write a whole address: https://…"))
    if change.community and not url:
        _refuse("community_url", _("Write where the community is."))
    row = Offers.objects.first() or Offers()
    row.reviews, row.referral = change.reviews, change.referral
    row.reference, row.community, row.community_url = change.reference, change.community, url
    if change.words is not None:
        row.words = {
            code: kept for code, said in change.words.items() if (kept := _words(code, said))
        }
    row.save()
    append(actor=actor, now=now, events=[Event("offers.changed", "offers", row.pk)])
    return row


@transaction.atomic
def add_place(*, actor: Actor, now: datetime, change: PlaceChange) -> ReviewPlace:
    _may(actor)
    if not change.name.strip():
        _refuse("name", _("Write how the page is called: Google, Trustpilot …"))
    if not _is_address(change.url.strip()):
        _refuse("url", _("Write a whole address: https://…"))
    last = ReviewPlace.objects.aggregate(last=Max("position"))["last"] or 0
    row = ReviewPlace.objects.create(
        name=change.name.strip()[:60],
        url=change.url.strip(),
        survey=change.survey,
        unit=change.unit,
        position=last + 1,
    )
    append(actor=actor, now=now, events=[Event("offers.changed", "offers", row.pk)])
    return row


@transaction.atomic
def retire_place(*, actor: Actor, now: datetime, place: ReviewPlace) -> None:
    """What was counted stays."""
    _may(actor)
    place.retired_at = now
    place.save(update_fields=["retired_at"])
    append(actor=actor, now=now, events=[Event("offers.changed", "offers", place.pk)])


def _may(actor: Actor) -> None:
    require(actor, Right.RUN_SURVEYS)
    if not actor.within(Right.RUN_SURVEYS).everything:
        raise Forbidden(_("Only who runs surveys for the whole company changes these offers."))


def _words(code: str, said: Mapping[str, str]) -> dict[str, str]:
    kept = {}
    for each in WORDS:
        text = said.get(each.key, "").strip()
        if len(text) > each.limit:
            message = _("At most %(n)d characters.") % {"n": each.limit}
            _refuse(f"{each.key}_{code}", message)
        if text:
            kept[each.key] = text
    return kept


def _is_address(url: str) -> bool:
    try:
        URLValidator(schemes=["https", "http"])(url)
    except ValidationError:
        return False
    return len(url) <= 500


def _refuse(field: str, message: str) -> None:
    raise Invalid(message, fields={field: [message]})
