"""How does a root cause proposed in a call become part of the taxonomy?"""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Conflict, Invalid
from loopwell.kit.ids import new_ref
from loopwell.themes.enums import Act, ThemeKind
from loopwell.themes.models import Theme
from loopwell.themes.operations.history import note
from loopwell.themes.operations.taxonomy import checked_names

LONGEST = 80


@transaction.atomic
def propose_theme(*, actor: Actor, now: datetime, name: str) -> Theme:
    """A cause that is missing, named in the language of who proposes it; usable at once.

    One that is called so already is used instead of a second one.
    """
    require(actor, Right.WORK_CASES)
    said = " ".join(name.split())
    if not said or len(said) > LONGEST:
        message = _("Name the cause in at most 80 characters.")
        raise Invalid(message, fields={"new_cause": [message]})
    offered = Theme.objects.filter(retired_at=None).exclude(kind=ThemeKind.DELIGHT)
    for theme in offered:
        if said.casefold() in {text.casefold() for text in theme.names.values()}:
            return theme
    spoken = (get_language() or "en").partition("-")[0]
    language = spoken if spoken in dict(settings.LANGUAGES) else "en"
    last = Theme.objects.exclude(slug="other").order_by("-position").first()
    return Theme.objects.create(
        slug=_free_slug(said),
        names={language: said, "en": said},
        kind=ThemeKind.DEFECT,
        position=(last.position if last else 0) + 10,
        proposed_by_id=actor.user_id,
        proposed_at=now,
    )


@transaction.atomic
def accept_theme(
    *, actor: Actor, now: datetime, theme: Theme, names: Mapping[str, str], kind: ThemeKind
) -> Theme:
    """Part of the list from now on, under these names."""
    require(actor, Right.RUN_SURVEYS)
    _must_wait(theme)
    theme.names, theme.kind, theme.accepted_at = checked_names(names), kind, now
    theme.save(update_fields=["names", "kind", "accepted_at"])
    note(actor=actor, now=now, act=Act.ADDED, theme=theme)
    return theme


def _must_wait(theme: Theme) -> None:
    if theme.proposed_at is None or theme.accepted_at or theme.retired_at:
        raise Conflict(_("This was decided already."))


def _free_slug(name: str) -> str:
    slug = slugify(name)[:50]
    if not slug:
        return f"proposed-{new_ref()}"
    taken = Theme.objects.filter(slug=slug).exists()
    return f"{slug[:45]}-{new_ref()}" if taken else slug
