"""How does one theme become part of another, or several?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Invalid
from loopwell.themes.enums import Act, ThemeKind
from loopwell.themes.models import Mention, Theme
from loopwell.themes.operations.history import note
from loopwell.themes.operations.reporting import move_reports
from loopwell.themes.operations.ruling import ask_for_history
from loopwell.themes.operations.taxonomy import Words, create
from loopwell.themes.queries.parting import Parted, parted

FEWEST_PARTS = 2


@dataclass(frozen=True)
class Part:
    """One of the themes that a theme is split into; `patterns` as in a rule, one a line."""

    words: Words
    patterns: str


@transaction.atomic
def merge_theme(*, actor: Actor, now: datetime, theme: Theme, into: Theme) -> int:
    """What was found under the one counts for the other; nothing is lost.

    Where one source named both in an answer, their weights add up. Rules go along and speak for
    the other theme. Returns how many mentions moved.
    """
    require(actor, Right.RUN_SURVEYS)
    if theme.retired_at is not None:
        raise Conflict(_("This theme is retired already."))
    if into.pk == theme.pk or into.retired_at is not None:
        message = _("Choose a theme that is in use.")
        raise Invalid(message, fields={"into": [message]})
    if theme.children.filter(retired_at=None).exists():
        message = _("Move or merge the themes under it first.")
        raise Conflict(message)
    moved = move_mentions(theme, into)
    move_reports(theme, into)
    theme.rules.update(theme=into)
    theme.retired_at, theme.merged_into = now, into
    theme.save(update_fields=["retired_at", "merged_into"])
    if into.rules.filter(is_on=True).exists():  # they weigh again where both were found
        ask_for_history(theme=into.pk, now=now)
    note(actor=actor, now=now, act=Act.MERGED, theme=theme, details={"into": into.slug})
    append(actor=actor, now=now, events=[Event("theme.merged", "theme", into.pk)])
    return moved


@transaction.atomic
def split_theme(
    *, actor: Actor, now: datetime, theme: Theme, parts: Sequence[Part]
) -> tuple[list[Theme], Parted]:
    """New themes under this one. A mention whose comment shows exactly one part's words moves
    there; the others stay, to be coded again by people."""
    require(actor, Right.RUN_SURVEYS)
    if len(parts) < FEWEST_PARTS:
        message = _("Name at least two parts.")
        raise Invalid(message, fields={"parts": [message]})
    found = parted(theme, [part.patterns for part in parts])
    made = [create(part.words, ThemeKind(theme.kind), theme) for part in parts]
    for place, target in enumerate(made):
        Mention.objects.filter(pk__in=found.mentions[place]).update(theme=target)
        target.rules.create(patterns=parts[place].patterns, made_by_id=actor.user_id,
                            changed_at=now)  # fmt: skip
    details = {"parts": [each.slug for each in made]}
    note(actor=actor, now=now, act=Act.SPLIT, theme=theme, details=details)
    events = [Event("theme.changed", "theme", each.pk) for each in (theme, *made)]
    append(actor=actor, now=now, events=events)
    return made, found


def move_mentions(theme: Theme, into: Theme) -> int:
    """Returns how many; where both stand in one answer from one source, their weights add up."""
    both = {
        (mention.response_id, mention.source): mention
        for mention in Mention.objects.filter(
            theme=into, response__in=theme.mentions.values("response")
        )
    }
    added, gone = [], []
    moved = theme.mentions.count()
    for mention in theme.mentions.filter(response__in={key[0] for key in both}):
        same = both.get((mention.response_id, mention.source))
        if same is not None:
            same.weight += mention.weight
            added.append(same)
            gone.append(mention.pk)
    Mention.objects.filter(pk__in=gone).delete()
    Mention.objects.bulk_update(added, ["weight"], batch_size=500)
    theme.mentions.update(theme=into)
    return moved
