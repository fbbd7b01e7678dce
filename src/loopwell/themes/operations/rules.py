"""How are rules written, switched on and off, and removed?"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Conflict, Invalid
from loopwell.themes.models import TextRule, Theme
from loopwell.themes.operations.ruling import ask_for_history
from loopwell.themes.queries.rules import themes_of_rules
from loopwell.themes.rules.patterns import patterns_of

LONGEST = 10_000
"""Characters of all lines together."""


@dataclass(frozen=True)
class RuleDraft:
    """What somebody writes: a word, phrase or expression a line; `sentiment` None is that of the
    theme's kind."""

    theme: Theme
    patterns: str
    exceptions: str = ""
    is_regular: bool = False
    sentiment: int | None = None


@transaction.atomic
def write_rule(
    *, actor: Actor, now: datetime, draft: RuleDraft, rule: TextRule | None = None
) -> TextRule:
    """A new rule, switched off, or other words for one that is there. Where it is on, all
    comments are read anew for its theme, and for the theme it spoke for before.

    Raises Invalid naming the line that cannot be used.
    """
    require(actor, Right.RUN_SURVEYS)
    checked(draft)
    before = rule.theme if rule is not None else None
    rule = _with(rule or TextRule(made_by_id=actor.user_id), draft)
    rule.changed_at, rule.slow, rule.trouble = now, 0, ""
    rule.save()
    if rule.is_on:
        _read_anew(now, *([before] if before else []), draft.theme)
    return rule


@transaction.atomic
def switch_rule(*, actor: Actor, now: datetime, rule: TextRule, on: bool) -> TextRule:
    """On: comments that come are read by it, and those that are there in the background. Off:
    what it alone found is taken back in the background."""
    require(actor, Right.RUN_SURVEYS)
    if rule.is_on == on:
        return rule
    if on:
        checked(_as_written(rule))
    rule.is_on, rule.changed_at = on, now
    if on:
        rule.slow, rule.trouble = 0, ""
    rule.save(update_fields=["is_on", "changed_at", "slow", "trouble"])
    _read_anew(now, rule.theme)
    return rule


@transaction.atomic
def remove_rule(*, actor: Actor, now: datetime, rule: TextRule) -> None:
    """What it alone found is taken back in the background."""
    require(actor, Right.RUN_SURVEYS)
    theme, was_on = rule.theme, rule.is_on
    rule.delete()
    if was_on:
        _read_anew(now, theme)


def drafted(draft: RuleDraft, rule: TextRule | None = None) -> TextRule:
    """As it would be, unsaved: to be tried out. Raises as `checked` does."""
    checked(draft)
    return _with(TextRule(pk=rule.pk if rule is not None else None), draft)


def checked(draft: RuleDraft) -> None:
    """Raises Invalid where the rule could not speak, Conflict where its theme is retired."""
    if draft.theme.retired_at is not None:
        told = _("“%(theme)s” is retired: nothing looks for it. Offer it again first.")
        raise Conflict(told % {"theme": draft.theme})
    for field in ("patterns", "exceptions"):
        if len(getattr(draft, field)) > LONGEST:
            message = _("At most %(most)d characters: make a second rule.") % {"most": LONGEST}
            raise Invalid(message, fields={field: [message]})
    patterns_of(draft.patterns, draft.exceptions, regular=draft.is_regular)


def _with(rule: TextRule, draft: RuleDraft) -> TextRule:
    rule.theme, rule.patterns, rule.exceptions = draft.theme, draft.patterns, draft.exceptions
    rule.is_regular, rule.sentiment = draft.is_regular, draft.sentiment
    return rule


def _as_written(rule: TextRule) -> RuleDraft:
    return RuleDraft(rule.theme, rule.patterns, rule.exceptions, rule.is_regular, rule.sentiment)


def _read_anew(now: datetime, *themes: Theme) -> None:
    for theme in sorted(themes_of_rules(themes)):
        ask_for_history(theme=theme, now=now)
