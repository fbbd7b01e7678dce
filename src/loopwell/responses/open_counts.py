"""How many answers came through each link, how many are held, and when did the last one come?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Max

from loopwell.responses.models import HeldAnswer, Response


@dataclass(frozen=True)
class LinkCount:
    answers: int = 0
    last_at: datetime | None = None
    held: int = 0


def counts_of_links(link_ids: Iterable[int]) -> Mapping[int, LinkCount]:
    """By link id, in two queries; links without answers are left out."""
    ids = list(link_ids)
    found: dict[int, LinkCount] = {}
    rows = Response.objects.filter(link__in=ids, is_test=False).order_by().values_list("link_id")
    for link_id, answers, last_at in rows.annotate(Count("pk"), Max("answered_at")):
        if link_id is not None:
            found[link_id] = LinkCount(answers, last_at)
    held = HeldAnswer.objects.filter(link__in=ids, decided_at=None).order_by()
    for link_id, number in held.values_list("link_id").annotate(Count("pk")):
        if link_id is not None:
            found[link_id] = replace(found.get(link_id, LinkCount()), held=number)
    return found
