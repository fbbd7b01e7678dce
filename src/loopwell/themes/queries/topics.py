"""Which new topics do comments show that no theme covers?"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from loopwell.access.rules import Actor
from loopwell.responses.queries import visible_to
from loopwell.themes.enums import MentionSource
from loopwell.themes.learning.topics import Topic, new_topics
from loopwell.themes.models import HiddenTopic, Mention

SINCE, LATELY = timedelta(days=180), timedelta(days=45)
MOST = 6_000
"""Newest comments of either kind that are compared."""


def topics(actor: Actor, now: datetime) -> tuple[list[Topic], int, int]:
    """Topics that nobody hid, and how many comments without and with a theme were compared."""
    named = Mention.objects.filter(response=OuterRef("pk")).exclude(
        source=MentionSource.INTERVIEWER
    )
    rows = (
        visible_to(actor)
        .exclude(comment="")
        .filter(answered_at__gte=now - SINCE)
        .annotate(is_named=Exists(named))
        .order_by("-answered_at", "-pk")
        .values_list("comment", "answered_at")
    )
    open_rows = list(rows.filter(is_named=False)[:MOST])
    named_rows = list(rows.filter(is_named=True)[:MOST])
    found = new_topics(
        [comment for comment, _at in open_rows],
        [comment for comment, _at in named_rows],
        [at >= now - LATELY for _comment, at in open_rows],
    )
    hidden = set(HiddenTopic.objects.values_list("term", flat=True))
    kept = [_without(topic, hidden) for topic in found]
    return [topic for topic in kept if topic.terms], len(open_rows), len(named_rows)


def _without(topic: Topic, hidden: set[str]) -> Topic:
    """Hiding a topic hides its first word; without it nothing of it is shown."""
    return replace(topic, terms=()) if topic.terms[0] in hidden else topic
