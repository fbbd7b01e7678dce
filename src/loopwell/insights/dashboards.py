"""Which dashboards does somebody find, and how are they put together, shared and copied?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.insights.models import Card, Dashboard, SavedQuestion
from loopwell.insights.saved_questions import (
    LONGEST,
    clean_name,
    saved_questions,
    sharing,
    units_above,
)
from loopwell.kit.errors import Forbidden, Invalid, NotFound

MOST, MOST_CARDS = 50, 24
WIDTHS = (1, 2, 3)


@dataclass(frozen=True)
class CardDraft:
    """A card as somebody wants it: a kept question, or the words of an address."""

    title: str = ""
    question: SavedQuestion | None = None
    address: str = ""
    width: int = 1


def dashboards(actor: Actor) -> QuerySet[Dashboard]:
    """One's own and those shared with one, with their cards."""
    require(actor, Right.READ_ANSWERS)
    cards = Prefetch("cards", Card.objects.select_related("question"))
    rows = Dashboard.objects.select_related("owner", "unit").prefetch_related(cards)
    if actor.user_id is None:
        return rows.filter(for_all=True)
    return rows.filter(
        Q(owner_id=actor.user_id) | Q(for_all=True) | Q(unit_id__in=units_above(actor.user_id))
    )


def dashboard_by_ref(actor: Actor, ref: str) -> Dashboard:
    found = dashboards(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such dashboard."))
    return found


@transaction.atomic
def make_dashboard(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    about: str = "",
    share: str = "me",
    roles: Sequence[str] = (),
    cards: Sequence[CardDraft] = (),
) -> Dashboard:
    user_id = _person(actor)
    if Dashboard.objects.filter(owner_id=user_id).count() >= MOST:
        raise Invalid(_("You have fifty dashboards: delete some first."))
    found = Dashboard.objects.create(
        owner_id=user_id,
        name=clean_name(name),
        about=about.strip()[:300],
        roles=list(roles),
        created_at=now,
        **sharing(user_id, share),
    )
    for draft in cards:
        _append(actor, found, draft)
    return found


@transaction.atomic
def change_dashboard(
    *, actor: Actor, dashboard: Dashboard, name: str, about: str, share: str, roles: Sequence[str]
) -> Dashboard:
    user_id = _owned(actor, dashboard)
    values = {"name": clean_name(name), "about": about.strip()[:300], "roles": list(roles)}
    Dashboard.objects.filter(pk=dashboard.pk).update(**values, **sharing(user_id, share))
    dashboard.refresh_from_db()
    return dashboard


@transaction.atomic
def delete_dashboard(*, actor: Actor, dashboard: Dashboard) -> None:
    _owned(actor, dashboard)
    dashboard.delete()


@transaction.atomic
def add_card(*, actor: Actor, dashboard: Dashboard, draft: CardDraft) -> Card:
    """At the end."""
    _owned(actor, dashboard)
    return _append(actor, dashboard, draft)


@transaction.atomic
def change_card(*, actor: Actor, card: Card, title: str, width: int) -> Card:
    _owned(actor, card.dashboard)
    card.title, card.width = title.strip()[:80], _width(width)
    card.save(update_fields=["title", "width"])
    return card


@transaction.atomic
def move_card(*, actor: Actor, card: Card, steps: int) -> None:
    """So many places towards the end, or towards the beginning where it is negative."""
    _owned(actor, card.dashboard)
    cards = list(card.dashboard.cards.select_for_update().order_by("position", "pk"))
    here = next(place for place, each in enumerate(cards) if each.pk == card.pk)
    there = min(max(here + steps, 0), len(cards) - 1)
    cards.insert(there, cards.pop(here))
    for place, each in enumerate(cards):
        each.position = place
    Card.objects.bulk_update(cards, ["position"])


@transaction.atomic
def remove_card(*, actor: Actor, card: Card) -> None:
    _owned(actor, card.dashboard)
    card.delete()


def card_by_id(actor: Actor, dashboard: Dashboard, number: int) -> Card:
    """By its place in the page's own list, as integer keys never leave."""
    cards = list(dashboard.cards.select_related("question", "dashboard").all())
    if not 0 <= number < len(cards):
        raise NotFound(_("There is no such card."))
    return cards[number]


def _append(actor: Actor, dashboard: Dashboard, draft: CardDraft) -> Card:
    if dashboard.cards.count() >= MOST_CARDS:
        raise Invalid(_("A dashboard holds at most %(count)s cards.") % {"count": MOST_CARDS})
    question = draft.question
    if question is not None and not saved_questions(actor).filter(pk=question.pk).exists():
        raise NotFound(_("There is no such question."))
    if len(draft.address) > LONGEST:
        raise Invalid(_("This question is too long to keep: take a filter out."))
    last = dashboard.cards.aggregate(last=Max("position"))["last"]
    return Card.objects.create(
        dashboard=dashboard,
        question=question,
        title=draft.title.strip()[:80],
        address="" if question else draft.address,
        width=_width(draft.width),
        position=0 if last is None else last + 1,
    )


def _width(width: int) -> int:
    if width not in WIDTHS:
        raise Invalid(_("A card is one, two or three thirds of the page wide."))
    return width


def _person(actor: Actor) -> int:
    require(actor, Right.READ_ANSWERS)
    if actor.user_id is None:
        raise Forbidden(_("Only people keep dashboards."))
    return actor.user_id


def _owned(actor: Actor, dashboard: Dashboard) -> int:
    """Somebody else's shared dashboard is not theirs to change; a hidden one does not exist."""
    dashboard_by_ref(actor, dashboard.ref)
    if dashboard.owner_id != actor.user_id:
        raise Forbidden(
            _("Only %(name)s can change it: copy it to change it.")
            % {"name": dashboard.owner or "Loopwell"}
        )
    return _person(actor)
