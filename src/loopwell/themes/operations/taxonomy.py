"""How do themes come, get other words, move, go and come back?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Invalid
from loopwell.themes.enums import Act, ThemeKind
from loopwell.themes.models import Theme
from loopwell.themes.operations.history import note
from loopwell.themes.queries.taxonomy import with_below
from loopwell.themes.rules.taxonomy import places

LONGEST = 80
RESERVED = frozenset({"new", "history", "take-in", "export", "proposed"})
"""Addresses of pages that stand where a theme's would."""


@dataclass(frozen=True)
class Words:
    """What is told of a theme, each by language; English names are needed."""

    names: Mapping[str, str]
    definition: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)
    counter_examples: Mapping[str, Sequence[str]] = field(default_factory=dict)
    owner_function: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def add_theme(
    *, actor: Actor, now: datetime, words: Words, kind: ThemeKind, parent: Theme | None = None
) -> Theme:
    """A new theme, last among its neighbours."""
    require(actor, Right.RUN_SURVEYS)
    theme = create(words, kind, parent)
    note(actor=actor, now=now, act=Act.ADDED, theme=theme)
    return theme


def create(words: Words, kind: ThemeKind, parent: Theme | None, slug: str = "") -> Theme:
    """In the caller's transaction, without a line of history."""
    names = checked_names(words.names)
    slug = slug or _slug(names["en"])
    if not slug:
        raise Invalid(_("The English name needs letters."), fields={"en": [_("Write letters.")]})
    if Theme.objects.filter(slug=slug).exists():
        message = _("There is a theme with this English name already.")
        raise Conflict(message)
    theme = Theme(slug=slug, kind=kind, parent=parent, position=_after_all(parent))
    describe(theme, words)
    _check_levels({slug: parent.slug if parent else None})
    theme.save()
    return theme


@transaction.atomic
def describe_theme(
    *, actor: Actor, now: datetime, theme: Theme, words: Words, kind: ThemeKind
) -> Theme:
    """Other words or another kind for the same theme: what was found stays with it."""
    require(actor, Right.RUN_SURVEYS)
    before, was = dict(theme.names), theme.kind
    describe(theme, words)
    theme.kind = kind
    theme.save()
    renamed = before != theme.names
    details = {"before": before} if renamed else {}
    act = Act.RENAMED if renamed else Act.DESCRIBED
    note(actor=actor, now=now, act=act, theme=theme, details=details)
    if was != kind:
        append(actor=actor, now=now, events=[Event("theme.changed", "theme", theme.pk)])
    return theme


@transaction.atomic
def move_theme(*, actor: Actor, now: datetime, theme: Theme, under: Theme | None) -> Theme:
    """With all under it; in the numbers of the past it stands there too."""
    require(actor, Right.RUN_SURVEYS)
    if theme.parent == under:
        raise Conflict(_("It stands there already."))
    _check_levels({theme.slug: under.slug if under else None})
    before = theme.parent.slug if theme.parent else None
    theme.parent, theme.position = under, _after_all(under)
    theme.save(update_fields=["parent", "position"])
    note(actor=actor, now=now, act=Act.MOVED, theme=theme, details={"before": before})
    moved = Theme.objects.filter(slug__in=with_below(theme.slug)).values_list("pk", flat=True)
    append(actor=actor, now=now, events=[Event("theme.changed", "theme", pk) for pk in moved])
    return theme


@transaction.atomic
def retire_theme(*, actor: Actor, now: datetime, theme: Theme) -> Theme:
    """No longer offered nor looked for; what was found stays in the numbers. Those under it go
    with it."""
    require(actor, Right.RUN_SURVEYS)
    if theme.retired_at is None:
        for child in theme.children.filter(retired_at=None):
            retire_theme(actor=actor, now=now, theme=child)
        theme.retired_at = now
        theme.save(update_fields=["retired_at"])
        theme.rules.update(is_on=False)
        note(actor=actor, now=now, act=Act.RETIRED, theme=theme)
    return theme


@transaction.atomic
def restore_theme(*, actor: Actor, now: datetime, theme: Theme) -> Theme:
    """Offered again; its rules stay off until somebody tries them."""
    require(actor, Right.RUN_SURVEYS)
    if theme.merged_into_id is not None:
        raise Conflict(_("It was merged: what was found under it counts for the other theme."))
    if theme.parent and theme.parent.retired_at:
        raise Conflict(_("“%(theme)s” above it is retired: offer that again first.")
                       % {"theme": theme.parent})  # fmt: skip
    if theme.retired_at is not None:
        theme.retired_at = None
        theme.save(update_fields=["retired_at"])
        note(actor=actor, now=now, act=Act.RESTORED, theme=theme)
    return theme


def _slug(name: str) -> str:
    made = slugify(name)[:50]
    return f"{made}-theme" if made in RESERVED else made


def checked_names(names: Mapping[str, str]) -> dict[str, str]:
    """Raises Invalid without English, with unknown languages and with names too long."""
    kept = _said(names)
    if set(kept) - set(dict(settings.LANGUAGES)) or "en" not in kept:
        message = _("Write the name in English at least.")
        raise Invalid(message, fields={"en": [message]})
    long = [code for code, text in kept.items() if len(text) > LONGEST]
    if long:
        message = _("Name it in at most %(most)d characters.") % {"most": LONGEST}
        raise Invalid(message, fields={code: [message] for code in long})
    return kept


def describe(theme: Theme, words: Words) -> None:
    """Puts the words on the theme, unsaved."""
    theme.names = checked_names(words.names)
    theme.definition = _said(words.definition)
    theme.owner_function = _said(words.owner_function)
    for name in ("examples", "counter_examples"):
        told: Mapping[str, Sequence[str]] = getattr(words, name)
        lines = {code: [e.strip() for e in each if e.strip()] for code, each in told.items()}
        setattr(theme, name, {code: each for code, each in lines.items() if each})


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: text.strip() for code, text in texts.items() if text and text.strip()}


def _check_levels(moved: Mapping[str, str | None]) -> None:
    """Raises Invalid where a theme would stand under itself or below the third level."""
    parents = dict(Theme.objects.values_list("slug", "parent__slug"))
    places({**parents, **moved})


def _after_all(parent: Theme | None) -> int:
    neighbours = Theme.objects.filter(parent=parent).exclude(slug="other")
    last = neighbours.order_by("-position").first()
    return (last.position if last else 0) + 10
