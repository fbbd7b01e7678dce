"""How does a friend come to us through a promoter's link, and what became of it?"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.queries.holders import nearest_holders
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid, NotFound
from loopwell.people.rules.contact import normal_email
from loopwell.promoters.enums import ReferralState, Step
from loopwell.promoters.models import Happening, Promoter, Referral
from loopwell.promoters.operations.offering import CUSTOMER
from loopwell.promoters.queries import referrals
from loopwell.promoters.rules import MOST_REFERRALS

FEWEST_DIGITS = 6


@dataclass(frozen=True)
class Friend:
    """What a friend typed; `agrees` that we contact them."""

    name: str
    email: str = ""
    phone: str = ""
    agrees: bool = False
    language: str = ""


def note_visit(*, promoter: Promoter, now: datetime) -> None:
    """A person opened the link."""
    Happening.objects.create(promoter=promoter, step=Step.VISIT, unit_id=promoter.unit_id, at=now)


@transaction.atomic
def refer(*, promoter: Promoter, friend: Friend, now: datetime) -> Referral | None:
    """Raises Invalid with fields. None when too many came through this link; the same friend
    again changes nothing."""
    name, phone = " ".join(friend.name.split())[:200], " ".join(friend.phone.split())[:40]
    email = normal_email(friend.email) if friend.email.strip() else ""
    _check(friend, name, email, phone)
    rows = Referral.objects.filter(promoter=promoter)
    same = Q(pk__in=[])
    if email:
        same |= Q(email=email)
    if phone:
        same |= Q(phone=phone)
    if known := rows.filter(same).first():
        return known
    if rows.count() >= MOST_REFERRALS:
        return None
    row = Referral.objects.create(
        promoter=promoter,
        unit_id=promoter.unit_id,
        name=name,
        email=email or "",
        phone=phone,
        language=friend.language[:10],
        consent_at=now,
        at=now,
    )
    facts = {"promoter": promoter.pk, "tell": nearest_holders(Right.COACH, promoter.unit)}
    event = Event("referral.received", "referral", row.pk, facts)
    append(actor=CUSTOMER, now=now, events=[event])
    return row


@transaction.atomic
def change_referral(
    *,
    actor: Actor,
    now: datetime,
    referral: Referral,
    state: ReferralState,
    note: str = "",
    revenue: Decimal | None = None,
) -> Referral:
    """What came of it; revenue only of those who were won."""
    _may(actor, referral)
    if revenue is not None and (revenue < 0 or revenue >= Decimal("1e12")):
        message = _("Write what they bring in a year, as a positive number.")
        raise Invalid(message, fields={"revenue": [message]})
    referral.state, referral.note = state, note.strip()[:500]
    referral.revenue = revenue if state == ReferralState.WON else None
    referral.changed_at, referral.changed_by_id = now, actor.user_id
    referral.save()
    event = Event("referral.changed", "referral", referral.pk, {"state": state.value})
    append(actor=actor, now=now, events=[event])
    return referral


@transaction.atomic
def forget_referral(*, actor: Actor, now: datetime, referral: Referral) -> None:
    """The friend wants us to forget them."""
    _may(actor, referral)
    append(actor=actor, now=now, events=[Event("referral.forgotten", "referral", referral.pk)])
    referral.delete()


def _may(actor: Actor, referral: Referral) -> None:
    require(actor, Right.READ_CUSTOMERS)
    if not referrals(actor).filter(pk=referral.pk).exists():
        raise NotFound(_("There is no such referral."))
    if not referrals(actor, Right.WORK_CASES).filter(pk=referral.pk).exists():
        raise Forbidden(_("You may read this, but others work on it."))


def _check(friend: Friend, name: str, email: str | None, phone: str) -> None:
    fields = {}
    if not name:
        fields["name"] = [_("Write your name.")]
    if email is None:
        fields["email"] = [_("This is no e-mail address.")]
    elif not email and sum(c.isdigit() for c in phone) < FEWEST_DIGITS:
        fields["phone"] = [_("Write an e-mail address or a phone number.")]
    if not friend.agrees:
        fields["agrees"] = [_("We contact you only if you agree.")]
    if fields:
        raise Invalid(next(iter(fields.values()))[0], fields=fields)
