"""Which interactions wait for a customer we do not know, and what is the company's rule?"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.kit.errors import NotFound
from loopwell.people.enums import UnknownCustomers
from loopwell.people.models import HeldInteraction, Intake
from loopwell.people.rules.drafts import InteractionDraft
from loopwell.people.rules.happening import whose_words


@dataclass(frozen=True)
class HeldRow:
    """One held interaction as a list shows it."""

    held: HeldInteraction
    draft: InteractionDraft
    whose: str
    can_create: bool


def unknown_customers() -> UnknownCustomers:
    """What the company chose; holding loses nothing and makes up nobody."""
    chosen = Intake.objects.values_list("unknown_customers", flat=True).first()
    return UnknownCustomers(chosen) if chosen else UnknownCustomers.HOLD


def held_interactions(actor: Actor, search: str = "") -> QuerySet[HeldInteraction]:
    """Those that still wait, newest first, of the actor's part of the company."""
    rows = HeldInteraction.objects.filter(
        actor.within(Right.WRITE_CUSTOMERS).rows(), resolved_at=None
    ).select_related("unit")
    text = search.strip()
    if text:
        rows = rows.filter(
            Q(customer_id_given__icontains=text)
            | Q(email__icontains=text.lower())
            | Q(phone__icontains=text)
            | Q(origin__icontains=text)
        )
    return rows.order_by("-received_at", "-id")


def held_by_ref(actor: Actor, ref: str) -> HeldInteraction:
    found = held_interactions(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such held interaction."))
    return found


def held_row(held: HeldInteraction) -> HeldRow:
    draft = InteractionDraft.from_json(held.given)
    return HeldRow(held, draft, whose_words(draft), bool(draft.customer_id or draft.customer_email))
