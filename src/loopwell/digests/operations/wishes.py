"""How does somebody choose digests, count as having used something, or mark what they read?"""

from collections.abc import Iterable
from datetime import date, time

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from loopwell.access.models import User
from loopwell.access.rules import Actor
from loopwell.digests.enums import Edition, Used
from loopwell.digests.models import Heard, Use, Wish
from loopwell.digests.rules import monday
from loopwell.kit.errors import Forbidden


def choose_digests(*, actor: Actor, editions: Iterable[Edition], at: time) -> None:
    """One's own alone."""
    user = _person(actor)
    wanted = set(editions)
    values = {each.value: each in wanted for each in Edition}
    Wish.objects.update_or_create(user_id=user, defaults={**values, "at": at})


@transaction.atomic
def count_use(*, actor: Actor, what: Used, day: date) -> None:
    """One more person of the actor's unit; the caller sees to it that it is once a day."""
    if actor.user_id is None:
        return
    unit = User.objects.filter(pk=actor.user_id).values_list("unit_id", flat=True).first()
    if unit is None:
        return
    row, _created = Use.objects.get_or_create(unit_id=unit, day=day, what=what)
    Use.objects.filter(pk=row.pk).update(people=F("people") + 1)


def mark_heard(*, actor: Actor, today: date, ref: str) -> None:
    Heard.objects.get_or_create(user_id=_person(actor), week=monday(today), ref=ref[:14])


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise Forbidden(_("Only people have a home page and digests."))
    return actor.user_id
