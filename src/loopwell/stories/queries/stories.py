"""Which stories can somebody read, decide on, and what did colleagues say to them?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.kit.errors import NotFound
from loopwell.stories.enums import ReactionKind, StoryState
from loopwell.stories.models import Reaction, Story


def published(actor: Actor) -> QuerySet[Story]:
    """For everybody who reads answers: stories travel through the whole company."""
    rows = Story.objects.filter(state=StoryState.PUBLISHED)
    rows = rows if actor.may(Right.READ_ANSWERS) else rows.none()
    return rows.select_related("unit", "employee", "by", "case", "response")


def proposed(actor: Actor) -> QuerySet[Story]:
    """Those the actor can decide on, and their own."""
    rows = Story.objects.filter(state=StoryState.PROPOSED).filter(_decidable(actor) | _own(actor))
    return rows.select_related("unit", "employee", "by", "case", "response")


def _decidable(actor: Actor) -> Q:
    scope = actor.within(Right.PUBLISH)
    return Q(pk__isnull=False) if scope.everything else scope.rows()  # an empty Q would drop out


def _own(actor: Actor) -> Q:
    return Q(by_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])


def may_publish(actor: Actor, story: Story) -> bool:
    path = story.unit.path if story.unit else None
    return actor.within(Right.PUBLISH).covers(path)


def story_by_ref(actor: Actor, ref: str) -> Story:
    """Published, or one the actor proposed or can decide on."""
    rows = Story.objects.filter(ref=ref).select_related("unit", "employee", "by", "case__customer")
    seen = Q(state=StoryState.PUBLISHED) if actor.may(Right.READ_ANSWERS) else Q(pk__in=[])
    found = rows.filter(seen | _decidable(actor) | _own(actor)).first()
    if found is None:
        raise NotFound(_("There is no such story."))
    return found


def story_of(*, case_id: int | None = None, response_id: int | None = None) -> Story | None:
    """The story made of a case or an answer, unless it was declined."""
    about = Q(case_id=case_id) if case_id else Q(response_id=response_id)
    return Story.objects.filter(about).exclude(state=StoryState.DECLINED).first()


def newest_stories(actor: Actor, *, since: datetime, limit: int) -> Sequence[Story]:
    return list(published(actor).filter(decided_at__gte=since)[:limit])


def reactions_to(
    actor: Actor, story_ids: Iterable[int]
) -> Mapping[int, Sequence[tuple[ReactionKind, int, bool]]]:
    """For each story each kind with its count and whether the actor reacted so."""
    ids = list(story_ids)
    rows = Reaction.objects.filter(story_id__in=ids).order_by()
    counts = {(s, k): n for s, k, n in rows.values_list("story_id", "kind").annotate(Count("pk"))}
    mine = set(rows.filter(user_id=actor.user_id or 0).values_list("story_id", "kind"))
    found: dict[int, list[tuple[ReactionKind, int, bool]]] = defaultdict(list)
    for story in ids:
        for kind in ReactionKind:
            key = (story, kind.value)
            found[story].append((kind, counts.get(key, 0), key in mine))
    return found
