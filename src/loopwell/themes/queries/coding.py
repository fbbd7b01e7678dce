"""Which comment should this person code next, and how far are they?"""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from loopwell.access.rules import Actor
from loopwell.responses.models import Response
from loopwell.responses.queries import visible_to
from loopwell.themes.enums import Why
from loopwell.themes.learning import Coder, Guess
from loopwell.themes.learning.choosing import most_useful
from loopwell.themes.models import Coding
from loopwell.themes.queries.model import coder_in_use, embed_for

LIST = 20
"""Comments chosen at a time."""
RANDOM_SHARE, SECOND_SHARE = 0.25, 0.1
"""Drawn at random, to measure the model; given to a second person, to see whether two agree."""
LOOKED_AT, LOOKED_AT_BY_SENTENCE = 2_000, 150
"""Newest comments from which the most useful ones are chosen."""
SECOND_WITHIN = timedelta(days=60)
LIKELY = 0.12
MOST_LIKELY = 5


class Wish(NamedTuple):
    """A comment to code by the reference of its answer; `theme` is the one in doubt, if one is."""

    ref: str
    why: Why
    theme: str | None = None


@dataclass(frozen=True)
class Progress:
    today: int
    last_hour: int
    coded: int
    comments: int


def worklist(actor: Actor, now: datetime, left_out: Collection[str] = ()) -> list[Wish]:
    """Up to `LIST` comments nobody coded (some of them coded by another), in mixed order."""
    draw = random.Random(f"{actor.user_id} {now.isoformat()}")  # noqa: S311 no secret
    coder = coder_in_use()
    second = _second(actor, now, left_out, int(LIST * SECOND_SHARE))
    open_rows = uncoded(actor).exclude(ref__in=left_out)
    rest = LIST - len(second)
    chosen = [] if coder is None else _useful(coder, open_rows, int(rest * (1 - RANDOM_SHARE)))
    taken = {wish.ref for wish in chosen}
    wishes = [*second, *chosen, *_drawn(open_rows, taken, rest - len(chosen), draw)]
    draw.shuffle(wishes)
    return wishes


def uncoded(actor: Actor) -> QuerySet[Response]:
    """Answers with a comment that nobody coded."""
    coded = Coding.objects.filter(response=OuterRef("pk"))
    return visible_to(actor).exclude(comment="").filter(~Exists(coded))


def _second(actor: Actor, now: datetime, left_out: Collection[str], many: int) -> list[Wish]:
    mine = Coding.objects.filter(response=OuterRef("pk"), coder_id=actor.user_id)
    others = Coding.objects.filter(is_random=True, at__gte=now - SECOND_WITHIN)
    rows = (
        visible_to(actor)
        .exclude(comment="")
        .exclude(ref__in=left_out)
        .filter(~Exists(mine), pk__in=others.values("response"))
        .annotate(readers=Count("codings"))
        .filter(readers=1)
        .order_by("-pk")
        .values_list("ref", flat=True)
    )
    return [Wish(ref, Why.SECOND) for ref in rows[:many]]


def _useful(coder: Coder, rows: QuerySet[Response], many: int) -> list[Wish]:
    by_sentence = coder.sentence_lines is not None
    size = LOOKED_AT_BY_SENTENCE if by_sentence else LOOKED_AT
    newest = list(rows.order_by("-answered_at", "-pk").values_list("ref", "comment")[:size])
    texts = [comment for _ref, comment in newest]
    found = most_useful(coder, texts, many, embed_for(coder))
    return [
        Wish(newest[each.place][0], Why.UNSURE if each.theme is None else Why.DOUBT, each.theme)
        for each in found
    ]


def _drawn(
    rows: QuerySet[Response], taken: Collection[str], many: int, draw: random.Random
) -> list[Wish]:
    """At random among all without reading all: the next one after a random place."""
    ends = rows.order_by("pk").values_list("pk", flat=True)
    first, last = ends.first(), ends.last()
    if first is None or last is None:
        return []
    found: dict[str, None] = {}
    for _attempt in range(4 * many):
        if len(found) == many:
            break
        ref = rows.filter(pk__gte=draw.randint(first, last)).order_by("pk").values_list(
            "ref", flat=True
        ).first()  # fmt: skip
        if ref is not None and ref not in taken:
            found[ref] = None
    return [Wish(ref, Why.RANDOM) for ref in found]


def progress(actor: Actor, now: datetime) -> Progress:
    mine = Coding.objects.filter(coder_id=actor.user_id)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Progress(
        today=mine.filter(at__gte=midnight).count(),
        last_hour=mine.filter(at__gt=now - timedelta(hours=1)).count(),
        coded=Coding.objects.filter(is_second=False).count(),
        comments=uncoded(actor).count(),
    )


def likely(comment: str) -> Sequence[Guess]:
    """What the model would say, unlikely things too: offered first, the likeliest first."""
    coder = coder_in_use()
    if coder is None:
        return []
    row = coder.probabilities([comment], embed_for(coder))[0]
    order = row.argsort()[::-1][:MOST_LIKELY]
    return [Guess(coder.themes[at], float(row[at])) for at in order if row[at] >= LIKELY]


def coding_of(actor: Actor, response: Response) -> Coding | None:
    return Coding.objects.filter(response=response, coder_id=actor.user_id).first()
