"""Which kept selections does somebody find, and how are they kept, renamed and thrown away?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor, require
from loopwell.insights.models import SavedView
from loopwell.kit.errors import Forbidden, Invalid, NotFound

SHARING = ("me", "unit", "all")
MOST = 100


def saved_views(actor: Actor) -> Sequence[SavedView]:
    """One's own and those shared with one; the filters still show only what one may see."""
    require(actor, Right.READ_ANSWERS)
    return list(_visible(actor).select_related("owner"))


def _visible(actor: Actor) -> QuerySet[SavedView]:
    if actor.user_id is None:
        return SavedView.objects.filter(for_all=True)
    path = User.objects.filter(pk=actor.user_id).values_list("unit__path", flat=True).first()
    above = [int(part) for part in (path or "").split("/") if part]
    return SavedView.objects.filter(
        Q(owner_id=actor.user_id) | Q(for_all=True) | Q(unit_id__in=above)
    )


@transaction.atomic
def save_view(*, actor: Actor, now: datetime, name: str, filters: str, share: str) -> SavedView:
    """Under a name of one's own; the same name again replaces the filters."""
    require(actor, Right.READ_ANSWERS)
    if actor.user_id is None:
        raise Forbidden(_("Only people keep views."))
    kept = _name(name)
    values = {"filters": filters[:1000], **_sharing(actor.user_id, share)}
    is_new = not SavedView.objects.filter(owner_id=actor.user_id, name=kept).exists()
    if is_new and SavedView.objects.filter(owner_id=actor.user_id).count() >= MOST:
        raise Invalid(_("You have a hundred views: delete some first."))
    found, _created = SavedView.objects.update_or_create(
        owner_id=actor.user_id,
        name=kept,
        defaults=values,
        create_defaults={**values, "created_at": now},
    )
    return found


@transaction.atomic
def rename_view(*, actor: Actor, ref: str, name: str) -> SavedView:
    found, kept = _own(actor, ref), _name(name)
    if SavedView.objects.filter(owner_id=actor.user_id, name=kept).exclude(pk=found.pk).exists():
        message = _("You have a view of this name.")
        raise Invalid(message, fields={"name": [message]})
    found.name = kept
    found.save(update_fields=["name"])
    return found


@transaction.atomic
def delete_view(*, actor: Actor, ref: str) -> None:
    _own(actor, ref).delete()


def _own(actor: Actor, ref: str) -> SavedView:
    """Somebody else's shared view is not theirs to change; a hidden one does not exist."""
    require(actor, Right.READ_ANSWERS)
    found = _visible(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such view."))
    if found.owner_id != actor.user_id:
        raise Forbidden(_("Only %(name)s can change this view.") % {"name": found.owner})
    return found


def _name(name: str) -> str:
    kept = " ".join(name.split())[:80]
    if not kept:
        message = _("Give the view a name.")
        raise Invalid(message, fields={"name": [message]})
    return kept


def _sharing(user_id: int, share: str) -> dict[str, object]:
    if share not in SHARING:
        raise Invalid(_("Choose who may use the view."))
    unit = None
    if share == "unit":
        unit = User.objects.filter(pk=user_id).values_list("unit_id", flat=True).first()
    return {"unit_id": unit, "for_all": share == "all"}
