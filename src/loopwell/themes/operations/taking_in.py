"""How does a taxonomy from a file become ours: new themes, other words, nothing lost?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.themes.enums import Act, ThemeKind
from loopwell.themes.models import TextRule, Theme
from loopwell.themes.operations.history import note
from loopwell.themes.operations.taxonomy import Words, create, describe
from loopwell.themes.rules.drafts import ThemeDraft
from loopwell.themes.rules.taxonomy import places


@dataclass(frozen=True)
class Intake:
    """What taking in would do, by slug."""

    new: tuple[ThemeDraft, ...]
    changed: tuple[ThemeDraft, ...]
    same: tuple[ThemeDraft, ...]


def plan(drafts: Sequence[ThemeDraft]) -> Intake:
    """Raises Invalid where the two taxonomies together would not be sound."""
    known = {each.slug: each for each in Theme.objects.select_related("parent")}
    parents = {each.slug: each.parent.slug if each.parent else None for each in known.values()}
    places({**parents, **{draft.slug: draft.parent for draft in drafts}})
    new = [draft for draft in drafts if draft.slug not in known]
    old = [draft for draft in drafts if draft.slug in known]
    changed = [draft for draft in old if _differs(draft, known[draft.slug])]
    same = [draft for draft in old if draft not in changed]
    return Intake(tuple(new), tuple(changed), tuple(same))


@transaction.atomic
def take_in(*, actor: Actor, now: datetime, drafts: Sequence[ThemeDraft]) -> Intake:
    """Adds what is new and changes what is told otherwise; what the file does not name stays as
    it is. Typical words become rules, switched off. One line of history for all."""
    require(actor, Right.RUN_SURVEYS)
    intake = plan(drafts)
    changed = {draft.slug for draft in intake.changed}
    made: dict[str, Theme] = {t.slug: t for t in Theme.objects.select_related("parent")}
    moved: list[Theme] = []
    for draft in _parents_first(drafts):
        parent = made[draft.parent] if draft.parent else None
        words = Words(draft.names, draft.definition, draft.examples, draft.counter_examples,
                      draft.owner_function)  # fmt: skip
        kind = ThemeKind(draft.kind)
        if draft.slug not in made:
            theme = made[draft.slug] = create(words, kind, parent, draft.slug)
            if lines := [word for each in draft.words.values() for word in each]:
                TextRule.objects.create(theme=theme, patterns="\n".join(lines), changed_at=now,
                                        made_by_id=actor.user_id)  # fmt: skip
        elif draft.slug in changed:
            theme = made[draft.slug]
            describe(theme, words)
            theme.kind, theme.parent, theme.retired_at, theme.merged_into = kind, parent, None, None
            theme.save()
            moved.append(theme)
    if intake.new or intake.changed:
        details = {"new": len(intake.new), "changed": len(intake.changed)}
        note(actor=actor, now=now, act=Act.TAKEN_IN, theme=None, details=details)
    append(actor=actor, now=now, events=[Event("theme.changed", "theme", t.pk) for t in moved])
    return intake


def _parents_first(drafts: Sequence[ThemeDraft]) -> list[ThemeDraft]:
    levels = places({draft.slug: draft.parent for draft in drafts})
    return sorted(drafts, key=lambda draft: levels[draft.slug].level)


def _differs(draft: ThemeDraft, theme: Theme) -> bool:
    texts: list[tuple[Mapping[str, object], Mapping[str, object]]] = [
        (draft.names, theme.names), (draft.definition, theme.definition),
        (draft.owner_function, theme.owner_function), (draft.examples, theme.examples),
        (draft.counter_examples, theme.counter_examples),
    ]  # fmt: skip
    above = theme.parent.slug if theme.parent else None
    stands = (draft.kind, draft.parent, False) == (theme.kind, above, theme.retired_at is not None)
    return not stands or any(dict(told) != dict(known) for told, known in texts)
