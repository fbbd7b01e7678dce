"""What becomes of a topic that no theme covers: a theme with a rule, or nothing?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.themes.enums import ThemeKind
from loopwell.themes.models import HiddenTopic, TextRule, Theme
from loopwell.themes.operations.taxonomy import Words, add_theme


@transaction.atomic
def make_theme_of_topic(
    *, actor: Actor, now: datetime, words: Words, kind: ThemeKind, parent: Theme | None,
    terms: Sequence[str],
) -> Theme:  # fmt: skip
    """A theme, and its words as a rule that is switched off, to be tried out first."""
    theme = add_theme(actor=actor, now=now, words=words, kind=kind, parent=parent)
    TextRule.objects.create(
        theme=theme, patterns="\n".join(terms), made_by_id=actor.user_id, changed_at=now
    )
    return theme


def hide_topic(*, actor: Actor, now: datetime, term: str) -> None:
    """It is not proposed again."""
    require(actor, Right.RUN_SURVEYS)
    HiddenTopic.objects.get_or_create(term=term[:120], defaults={"by_id": actor.user_id, "at": now})


def show_topic(*, actor: Actor, now: datetime, term: str) -> None:
    """It may be proposed again."""
    require(actor, Right.RUN_SURVEYS)
    HiddenTopic.objects.filter(term=term).delete()
