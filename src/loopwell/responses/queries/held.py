"""Which answers are held in doubt, and what was decided about them?"""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import NotFound
from loopwell.responses.models import HeldAnswer


def held_answers(actor: Actor, *, decided: bool = False) -> QuerySet[HeldAnswer]:
    """Those of the actor's units, the newest first (of decided ones, the last decision)."""
    require(actor, Right.WRITE_ANSWERS)
    rows = HeldAnswer.objects.filter(
        actor.within(Right.WRITE_ANSWERS).rows(), decided_at__isnull=not decided
    )
    related = (
        "invitation__customer", "invitation__version__survey", "link__programme__survey", "unit",
        "decided_by", "response",
    )  # fmt: skip
    order = ("-decided_at", "-id") if decided else ("-at", "-id")
    return rows.select_related(*related).order_by(*order)


def held_by_ref(actor: Actor, ref: str) -> HeldAnswer:
    """Raises NotFound for outsiders too."""
    require(actor, Right.WRITE_ANSWERS)
    rows = HeldAnswer.objects.filter(actor.within(Right.WRITE_ANSWERS).rows(), ref=ref)
    found = rows.select_related("invitation__customer", "link", "unit", "response").first()
    if found is None:
        raise NotFound(_("There is no such answer."))
    return found


def held_by_refs(actor: Actor, refs: Sequence[str]) -> Sequence[HeldAnswer]:
    """Those of these that wait for a decision."""
    return list(held_answers(actor).filter(ref__in=refs))


def held_count(actor: Actor) -> int:
    """How many wait for a decision; 0 for who may not decide."""
    if not actor.may(Right.WRITE_ANSWERS):
        return 0
    return HeldAnswer.objects.filter(
        actor.within(Right.WRITE_ANSWERS).rows(), decided_at=None
    ).count()
