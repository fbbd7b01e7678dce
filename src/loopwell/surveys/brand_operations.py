"""How does our look change?"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.surveys.brand import Look, forget, look_of, stored
from loopwell.surveys.brand_logo import logo_from
from loopwell.surveys.brand_rules import COLOUR
from loopwell.surveys.models import Brand

ONLY_ROW = 1


def may_change(actor: Actor) -> bool:
    """The look is the whole company's."""
    return actor.within(Right.RUN_SURVEYS).everything


@transaction.atomic
def change_brand(
    *,
    actor: Actor,
    now: datetime,
    colour: str,
    sender_name: str = "",
    reply_to: str = "",
    postal_address: str = "",
    logo: bytes | None = None,
    without_logo: bool = False,
) -> Look:
    """Stores the look; None for `logo` keeps the one there is. Messages and pages follow within
    five seconds."""
    require(actor, Right.RUN_SURVEYS)
    if not may_change(actor):
        raise Forbidden(_("The look belongs to the whole company."))
    row = wished(
        colour=colour,
        sender_name=sender_name,
        reply_to=reply_to,
        postal_address=postal_address,
    )
    before = Brand.objects.select_for_update().order_by("pk").first()
    row.pk = before.pk if before else ONLY_ROW
    row.logo = logo_from(logo) if logo else None if without_logo or not before else before.logo
    row.changed_at = now
    row.save()
    transaction.on_commit(forget)
    return look_of(row)


def wished(*, colour: str, sender_name: str, reply_to: str, postal_address: str) -> Brand:
    """These values with the stored logo, checked but not stored; Invalid names every field."""
    row = stored()
    row.colour = colour.strip().lower()
    row.sender_name = " ".join(sender_name.split())
    row.reply_to = reply_to.strip()
    row.postal_address = ", ".join(
        filter(None, (" ".join(x.split()) for x in postal_address.splitlines()))
    )
    wrong = _faults(row)
    if wrong:
        raise Invalid(next(iter(wrong.values()))[0], fields=wrong)
    return row


def _faults(row: Brand) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if not COLOUR.fullmatch(row.colour):
        wrong["colour"] = [_("Write the colour as # and six digits or letters a–f: #0b5cad.")]
    for name, most in (("sender_name", 100), ("postal_address", 300)):
        if len(getattr(row, name)) > most:
            wrong[name] = [_("At most %(limit)d characters.") % {"limit": most}]
    if row.reply_to:
        try:
            validate_email(row.reply_to)
        except ValidationError:
            wrong["reply_to"] = [_("This is no e-mail address. Write it like care@example.com.")]
    return wrong
