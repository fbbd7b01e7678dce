"""How does the system know who has a case open and who writes in it?"""

from datetime import datetime

from django.db import transaction

from loopwell.access.rules import Actor
from loopwell.cases.models import Case, Presence
from loopwell.cases.operations.seeing import require_seen
from loopwell.cases.queries.talk import SEEN_FOR


@transaction.atomic
def look_at(*, actor: Actor, now: datetime, case: Case, typing: bool = False) -> None:
    """This person has the case's page open, and typed into it just now if `typing`.

    Where they looked before and no longer do is forgotten.
    """
    require_seen(actor, case)
    if actor.user_id is None:
        return
    values = {"seen_at": now, **({"typing_at": now} if typing else {})}
    mine = Presence.objects.filter(user_id=actor.user_id)
    if not mine.filter(case=case).update(**values):
        mine.filter(seen_at__lt=now - SEEN_FOR).delete()
        Presence.objects.get_or_create(case=case, user_id=actor.user_id, defaults=values)


def leave(*, actor: Actor, case: Case) -> None:
    """They closed the page."""
    if actor.user_id is not None:
        Presence.objects.filter(case=case, user_id=actor.user_id).delete()
