"""How does the list change by hand, and how is what an interviewer found kept?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Conflict, Invalid
from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource, ThemeKind
from loopwell.themes.models import Mention, Theme
from loopwell.themes.rules import Cause, shares


@transaction.atomic
def record_root_causes(
    *, actor: Actor, now: datetime, response: Response, causes: Sequence[Cause]
) -> list[Mention]:
    """Replaces what interviewers found in this answer; an empty list takes all back."""
    require(actor, Right.WORK_CASES)
    weights = shares(causes)
    known = {theme.slug: theme for theme in Theme.objects.filter(slug__in=weights)}
    missing = sorted(set(weights) - set(known))
    if missing:
        message = _("There is no root cause %(slug)s.") % {"slug": ", ".join(missing)}
        raise Invalid(message, fields={"causes": [message]})
    Mention.objects.filter(response=response, source=MentionSource.INTERVIEWER).delete()
    return Mention.objects.bulk_create(
        [
            Mention(
                response=response,
                theme=known[slug],
                source=MentionSource.INTERVIEWER,
                weight=weight,
                at=now,
            )
            for slug, weight in weights.items()
        ]
    )


@transaction.atomic
def add_theme(*, actor: Actor, names: Mapping[str, str], kind: ThemeKind) -> Theme:
    """A new root cause, last in the list; `names` maps language to name, English needed."""
    require(actor, Right.RUN_SURVEYS)
    kept = _names(names)
    slug = slugify(kept["en"])[:60]
    if not slug:
        raise Invalid(_("The English name needs letters."), fields={"en": [_("Write letters.")]})
    if Theme.objects.filter(slug=slug).exists():
        raise Conflict(_("A root cause with this English name exists already."))
    last = Theme.objects.exclude(slug="other").order_by("-position").first()
    return Theme.objects.create(
        slug=slug, names=kept, kind=kind, position=(last.position if last else 0) + 10
    )


@transaction.atomic
def rename_theme(*, actor: Actor, theme: Theme, names: Mapping[str, str]) -> Theme:
    """Other words for the same cause: what was found before stays with it."""
    require(actor, Right.RUN_SURVEYS)
    theme.names = _names(names)
    theme.save(update_fields=["names"])
    return theme


@transaction.atomic
def retire_theme(*, actor: Actor, now: datetime, theme: Theme) -> Theme:
    """No longer offered; what was found stays in the numbers."""
    require(actor, Right.RUN_SURVEYS)
    if theme.retired_at is None:
        theme.retired_at = now
        theme.save(update_fields=["retired_at"])
    return theme


def _names(names: Mapping[str, str]) -> dict[str, str]:
    languages = dict(settings.LANGUAGES)
    kept = {code: text.strip() for code, text in names.items() if text.strip()}
    if set(kept) - set(languages) or "en" not in kept:
        message = _("Write the name in English at least.")
        raise Invalid(message, fields={"en": [message]})
    return kept
