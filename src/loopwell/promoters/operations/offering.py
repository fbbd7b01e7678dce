"""What is offered to this promoter on the page of thanks, and what do they do with it?

The signed token of the invitation is the permission, as for the answer itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from loopwell.access.models import Unit
from loopwell.access.rules import Actor, ActorKind
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.promoters.enums import Step
from loopwell.promoters.models import Happening, Promoter, ReviewPlace
from loopwell.promoters.operations.following import follow_answers, of_our_customers
from loopwell.promoters.queries import offers_made
from loopwell.promoters.rules import PROMOTER_FROM, link_token, words_for
from loopwell.responses.models import Response

CUSTOMER = Actor(kind=ActorKind.CUSTOMER, name="customer")
ONCE_IN = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    ref: str
    name: str


@dataclass(frozen=True)
class Offered:
    """What the page shows; `link` is the path of their own link, "" without."""

    words: dict[str, str]
    places: Sequence[Place] = ()
    link: str = ""
    asks_reference: bool = False
    reference: bool | None = None
    community: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.places or self.link or self.asks_reference or self.community)


def make_offers(*, invitation_ref: str, language: str, now: datetime) -> Offered | None:
    """None for whoever is no promoter of ours, or when nothing is offered."""
    answer = _answer(invitation_ref)
    if answer is None:
        return None
    given = offers_made()
    places = places_for(answer) if given.reviews else []
    if not (places or given.referral or given.reference or given.community):
        return None
    promoter = _promoter(answer)
    _note(promoter, Step.OFFERED, now)
    return Offered(
        words=words_for(given.words, language),
        places=[Place(row.ref, row.name) for row in places],
        link=f"/p/{link_token(promoter.ref)}/" if given.referral else "",
        asks_reference=given.reference,
        reference=promoter.reference,
        community=given.community and bool(given.community_url),
    )


def go_to_review(*, invitation_ref: str, place_ref: str, now: datetime, counts: bool) -> str | None:
    """Where to send them; None when there is no such offer. Machines are not counted."""
    answer = _answer(invitation_ref)
    if answer is None or not offers_made().reviews:
        return None
    place = next((row for row in places_for(answer) if row.ref == place_ref), None)
    if place is None:
        return None
    if counts:
        _note(_promoter(answer), Step.REVIEW, now, place)
    return place.url


def go_to_community(*, invitation_ref: str, now: datetime, counts: bool) -> str | None:
    answer, given = _answer(invitation_ref), offers_made()
    if answer is None or not (given.community and given.community_url):
        return None
    if counts:
        _note(_promoter(answer), Step.COMMUNITY, now)
    return given.community_url


@transaction.atomic
def say_reference(*, invitation_ref: str, agrees: bool, now: datetime) -> bool:
    """They may be named as a reference, or no more. False when nobody asked them."""
    answer = _answer(invitation_ref)
    if answer is None or not offers_made().reference:
        return False
    promoter = _promoter(answer)
    if promoter.reference is not agrees:
        promoter.reference, promoter.reference_at = agrees, now
        promoter.save(update_fields=["reference", "reference_at"])
        what = "given" if agrees else "withdrawn"
        event = Event(
            f"reference.{what}", "customer", promoter.customer_id, {"promoter": promoter.pk}
        )
        append(actor=CUSTOMER, now=now, events=[event])
    return True


def places_for(answer: Response) -> list[ReviewPlace]:
    """Those of this survey and of this unit or one above it, and those for all."""
    path = Unit.objects.filter(pk=answer.unit_id or 0).values_list("path", flat=True).first() or ""
    above = [int(part) for part in path.strip("/").split("/") if part]
    return list(
        ReviewPlace.objects.filter(
            Q(survey=None) | Q(survey_id=answer.survey_id),
            Q(unit=None) | Q(unit_id__in=above),
            retired_at=None,
        )[:5]
    )


def _answer(invitation_ref: str) -> Response | None:
    return (
        of_our_customers().filter(invitation__ref=invitation_ref, score__gte=PROMOTER_FROM).first()
    )


def _promoter(answer: Response) -> Promoter:
    """The journal's reader makes it too; whoever comes first."""
    found = Promoter.objects.filter(customer=answer.customer).first()
    if found is None:
        with transaction.atomic():
            follow_answers([answer.pk])
        found = Promoter.objects.get(customer=answer.customer)
    return found


def _note(promoter: Promoter, step: Step, now: datetime, place: ReviewPlace | None = None) -> None:
    again = Happening.objects.filter(
        promoter=promoter, step=step, place=place, at__gt=now - ONCE_IN
    )
    if not again.exists():
        Happening.objects.create(
            promoter=promoter, step=step, place=place, unit_id=promoter.unit_id, at=now
        )
