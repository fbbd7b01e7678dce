"""Which promoters, referrals and review pages does somebody see?"""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.kit.errors import NotFound
from loopwell.people.models import Account, Customer
from loopwell.promoters.models import Offers, Promoter, Referral, ReviewPlace
from loopwell.promoters.rules import PROMOTER_FROM, promoter_ref_of


def offers_made() -> Offers:
    """The one row; with every default while nobody has saved it."""
    return Offers.objects.first() or Offers()


def promoters(actor: Actor, right: Right = Right.READ_CUSTOMERS) -> QuerySet[Promoter]:
    if not actor.may(right):
        return Promoter.objects.none()
    rows = Promoter.objects.filter(actor.within(right).rows(account="account"))
    return rows.select_related("customer", "unit", "account", "response")


def promoter_by_ref(actor: Actor, ref: str) -> Promoter:
    found = promoters(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such promoter."))
    return found


def promoter_by_link(token: str) -> Promoter | None:
    """Whose public link it is; None when it was not made by us, or is offered no more."""
    ref = promoter_ref_of(token)
    if ref is None or not offers_made().referral:
        return None
    return Promoter.objects.filter(ref=ref).select_related("customer").first()


def promoter_of(actor: Actor, customer: Customer) -> Promoter | None:
    return promoters(actor).filter(customer=customer).first()


def references_of(actor: Actor, account: Account) -> Sequence[Promoter]:
    """Who at this client may be named as a reference."""
    rows = promoters(actor).filter(customer__account=account, reference=True)
    return list(rows.order_by("customer__name"))


def to_thank(actor: Actor) -> QuerySet[Promoter]:
    """Newest first; those who wrote something come with their words."""
    return promoters(actor).filter(thanked_at=None, score__gte=PROMOTER_FROM)


def referrals(actor: Actor, right: Right = Right.READ_CUSTOMERS) -> QuerySet[Referral]:
    if not actor.may(right):
        return Referral.objects.none()
    rows = Referral.objects.filter(promoter__in=promoters(actor, right))
    return rows.select_related("promoter__customer", "unit")


def referral_by_ref(actor: Actor, ref: str) -> Referral:
    found = referrals(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such referral."))
    return found


def places() -> QuerySet[ReviewPlace]:
    return ReviewPlace.objects.filter(retired_at=None).select_related("survey", "unit")


def place_by_ref(ref: str) -> ReviewPlace:
    found = places().filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such review page."))
    return found
